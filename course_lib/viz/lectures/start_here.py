"""Figures of lecture 00: one step of learning with the lectures of its parts, the first slider."""

from collections.abc import Callable

import numpy as np
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.viz.charts import lines
from course_lib.viz.controls import Explorer, slider
from course_lib.viz.images import show
from course_lib.viz.picture import BLUE, GRAY, PALE_BLUE, Picture, styled

PARTS = {  # of one step: (column, row), the lectures about it
    "data": ((0, 1), "01"),
    "network": ((1, 1), "02, 03"),
    "probabilities": ((2, 1), "04"),
    "loss": ((3, 1), "04"),
    "gradient": ((3, 0), "05"),
    "new weights": ((1, 0), "05, 07"),
}
REPEATED = "06"  # the lecture with many steps
WIDTH, HEIGHT = 0.8, 0.46  # of a part
ARROW = {"arrowstyle": "-|>", "color": "0.4", "shrinkA": 1, "shrinkB": 1}


def neuron_by_hand(
    activation: Callable[[NDArray], NDArray], *, w: float = 1.0, b: float = 0.0
) -> Explorer:
    """One neuron, activation(w * x + b), with weight and bias on sliders, beside a step."""
    x = np.linspace(-6, 6, 1201)

    def draw(w: float, b: float) -> Picture:
        z = w * x + b
        return lines(
            {"a neuron": (x, activation(z)), "a step": (x, np.heaviside(z, 1))},
            xlabel="input x",
            ylabel="output",
            title=f"A neuron with weight {w:g} and bias {b:g}",
            ylim=(-0.05, 1.05),
        )

    return Explorer(draw, w=slider("weight w", w, -5, 5, 0.5), b=slider("bias b", b, -5, 5, 0.5))


@styled
def one_step(digit: NDArray, label: int, before: NDArray, after: NDArray) -> Picture:
    """One step of learning: its parts with their lectures, and what it changes in one answer.

    digit: a picture (1, H, W) in [0, 1]; before, after: its probabilities (10,).
    """
    figure = Picture(figsize=(9.2, 3.3))
    cycle, sample, answer = figure.subplots(1, 3, width_ratios=[4.2, 1, 2.2])
    for tail, head in zip(PARTS, [*list(PARTS)[1:], "network"], strict=True):
        (x, y), (to_x, to_y) = PARTS[tail][0], PARTS[head][0]
        across, up = np.sign(to_x - x) * WIDTH / 2, np.sign(to_y - y) * HEIGHT / 2
        cycle.annotate("", (to_x - across, to_y - up), (x + across, y + up), arrowprops=ARROW)
    truth = ARROW | {"connectionstyle": "arc3,rad=-0.2"}
    cycle.annotate("", (3, 1 + HEIGHT / 2), (0, 1 + HEIGHT / 2), arrowprops=truth)
    cycle.text(1.5, 1.62, "the right answer", ha="center", size="small")
    cycle.text(2, 0.59, "repeated", ha="center", va="center", weight="bold", size="small")
    cycle.text(2, 0.4, REPEATED, ha="center", va="center", size="small", color=BLUE)
    for name, ((x, y), lectures) in PARTS.items():
        corner = x - WIDTH / 2, y - HEIGHT / 2
        cycle.add_patch(Rectangle(corner, WIDTH, HEIGHT, facecolor=PALE_BLUE, edgecolor="black"))
        cycle.text(x, y + 0.09, name, ha="center", va="center", weight="bold", size="small")
        cycle.text(x, y - 0.1, lectures, ha="center", va="center", size="small", color=BLUE)
    cycle.set(
        title="One step of learning: its parts, and their lectures",
        xlim=(-0.5, 3.5),
        ylim=(-0.35, 1.8),
    )
    cycle.axis("off")
    show(sample, digit)
    sample.set_title(f"A {label}")
    places = np.arange(len(before))
    answer.barh(places - 0.2, before, 0.4, color=GRAY, label="before the step")
    answer.barh(places + 0.2, after, 0.4, color=BLUE, hatch="///", label="after it")
    title = f"The {label}: {before[label]:.0%} before, {after[label]:.0%} after"
    answer.set(title=title, xlabel="probability", ylabel="digit", yticks=places, xlim=(0, 1))
    answer.invert_yaxis()
    answer.legend()
    circle = ", ".join(f"{name} (lecture {lectures})" for name, (_, lectures) in PARTS.items())
    figure.alt = (
        f"One step of learning. {circle}, and back to the network, repeated in lecture {REPEATED}. "
        f"The right answer goes from the data to the loss. Right, a picture of a {label}: "
        f"the network gives it the probability {before[label]:.2f} before the step and "
        f"{after[label]:.2f} after it."
    )
    return figure
