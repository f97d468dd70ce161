"""Draws docs/architecture.svg: the packages of course_lib and what each may import.

    .venv/bin/python docs/architecture.py

``ARROWS`` is the rule, and tests/whole/test_architecture.py holds the code to it.
"""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

# What each part of course_lib may import of the others.
REFERENCE = {"checks", "nn", "optim", "data", "metrics"}
ARROWS: dict[str, set[str]] = {
    "checks": set(),
    "threads": set(),
    "nn": {"checks"},
    "optim": {"checks"},
    "data": {"checks"},
    "metrics": {"checks"},
    "zoo": {"checks", "nn", "data"},
    "pytorch": REFERENCE,
    "training": REFERENCE | {"pytorch"},
    "experiments": REFERENCE | {"training", "pytorch", "zoo"},
    "viz": set(),
    "ladder": REFERENCE | {"training", "pytorch", "viz", "experiments", "zoo", "threads"},
    "grading": {"threads"},
    "course": REFERENCE | {"training", "pytorch", "ladder", "viz", "grading"},
    "commands": {"course", "ladder", "training", "grading", "threads"},
}
# Packages that must do with little, and what that is; a trailing * means: only when called.
EXTERNAL = {
    "checks": {"numpy"},
    "threads": {"threadpoolctl*"},
    "nn": {"numpy"},
    "optim": {"numpy"},
    "data": {"numpy", "PIL*"},  # PIL for a script in data/packing
    "zoo": {"numpy"},
    "metrics": {"numpy"},
    "training": {"numpy", "tqdm*", "IPython*"},
    "experiments": {"numpy"},
    "commands": {"typer", "rich*"},
}

# Where each box stands: (left, bottom, width), and what it says below its name.
BOXES = {
    "commands": (0.0, 5, 10.0, "the course command, a file a command"),
    "course": (0.0, 4, 10.0, "the map, skeletons, the demo, this computer"),
    "ladder": (0.0, 3, 2.2, "MNIST, rung by rung"),
    "experiments": (2.5, 3, 2.2, "what lectures train"),
    "viz": (5.0, 3, 2.0, "figures, drawn only"),
    "zoo": (0.0, 2, 1.6, "trained elsewhere"),
    "training": (1.9, 2, 2.4, "one loop over an engine"),
    "pytorch": (4.6, 2, 2.4, "convert, the other engine"),
    "nn": (0.0, 1, 2.2, "formulas, layers"),
    "optim": (2.5, 1, 1.3, "optimizers"),
    "data": (4.1, 1, 1.3, "data sets"),
    "metrics": (5.7, 1, 1.3, "accuracy"),
    "checks": (0.0, 0, 7.0, "arguments, one wording"),
    "threads": (7.5, 0, 2.5, "how many compute"),
    "grading": (7.5, 1, 2.5, "from a student's\nnotebook to a grade:\nimports none of the rest"),
}
HEIGHT, ROW = 0.62, 1.0
GROUPS = {"grading": "#fbe3d0", "commands": "#e8e8e8", "course": "#e8e8e8", "viz": "#fbe3d0"}
# One arrow stands for all that a layer below offers, or the picture would be a web.
DRAWN = (
    ("commands", "course", 3.5),
    ("course", "ladder", 1.1),
    ("course", "viz", 6.0),
    ("course", "grading", 8.75),
    ("ladder", "training", 2.05),
    ("experiments", "training", 3.0),
    ("zoo", "nn", 0.8),
    ("training", "nn", 2.05),
    ("training", "optim", 3.1),
    ("pytorch", "data", 4.95),
    ("nn", "checks", 1.1),
    ("optim", "checks", 3.15),
    ("data", "checks", 4.75),
    ("metrics", "checks", 6.35),
    ("pytorch", "metrics", 6.35),
    ("grading", "threads", 8.75),
)


def draw() -> Figure:
    """The picture: a box a package, those above import those below."""
    figure = Figure(figsize=(9, 6))
    axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set(xlim=(-0.1, 10.1), ylim=(-0.1, 5 * ROW + HEIGHT + 0.1))
    axes.axis("off")
    for name, (left, row, width, about) in BOXES.items():
        height = 2 * ROW + HEIGHT if name == "grading" else HEIGHT
        bottom = row * ROW
        axes.add_patch(
            FancyBboxPatch(
                (left, bottom), width, height, boxstyle="round,pad=0,rounding_size=0.08",
                facecolor=GROUPS.get(name, "#dbe9f6"), edgecolor="#444444",
            )
        )  # fmt: skip
        middle = left + width / 2
        top = bottom + height / 2
        axes.text(middle, top + 0.12, name, ha="center", va="center", weight="bold", size=12)
        axes.text(middle, top - 0.07, about, ha="center", va="top", size=8.5, linespacing=1.3)
    for upper, lower, x in DRAWN:
        start = BOXES[upper][1] * ROW
        end = (3 if lower == "grading" else BOXES[lower][1]) * ROW + HEIGHT
        axes.annotate(
            "", xy=(x, end), xytext=(x, start), arrowprops={"arrowstyle": "-|>", "color": "#444444"}
        )
    axes.annotate(
        "", xy=(4.6, 2.3), xytext=(4.3, 2.3), arrowprops={"arrowstyle": "-|>", "color": "#444444"}
    )
    return figure


def save(path: Path) -> None:
    """Write the picture as SVG, its words as text, the same bytes each time."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "course"}):
        draw().savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    save(Path(__file__).with_suffix(".svg"))
