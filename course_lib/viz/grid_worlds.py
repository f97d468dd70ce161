"""Worlds of squares: the value of every square, and the moves that are best there."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.viz.picture import BLUE_ORANGE, Picture, bare, headline, picture, styled

ARROWS = "↑→↓←"


@styled
def grids(rows: Sequence[str], values: Mapping[str, NDArray], *, title: str) -> Picture:
    """Grid worlds side by side: {name: values of the moves (S, 4), or of the states (S,)}.

    With values of the moves, the arrow of the best one stands below the value of its state.
    """
    width, height = len(rows[0]), len(rows)
    columns = min(len(values), 3)
    lines = -(-len(values) // columns)
    size = (3.3 * columns, lines * (3.3 / width * height * 0.85 + 0.35) + 0.35)
    figure, panels = picture(lines, columns, size=size, squeeze=False)
    for axes in panels.flat[len(values) :]:
        axes.axis("off")
    story = []
    for axes, (name, numbers) in zip(panels.flat, values.items(), strict=False):
        _grid(axes, rows, np.asarray(numbers), name)
        best = np.asarray(numbers).reshape(len("".join(rows)), -1).max(axis=1)
        table = "; ".join(
            " ".join(
                {"#": "wall", "G": "goal", "P": "pit"}.get(kind, f"{best[r * width + c]:.2f}")
                for c, kind in enumerate(row)
            )
            for r, row in enumerate(rows)
        )
        story.append(f"{name}: {table}.")
    figure.alt = f"{title}. Values row by row. {' '.join(story)}"
    return headline(figure, title)


def _grid(axes: Axes, rows: Sequence[str], numbers: NDArray, name: str) -> None:
    width, kinds = len(rows[0]), "".join(rows)
    best = numbers.reshape(len(kinds), -1).max(axis=1)
    ends = {"G": 1.0, "P": -1.0}
    shades = np.array([ends.get(kind, best[s]) for s, kind in enumerate(kinds)])
    axes.imshow(shades.reshape(len(rows), width), cmap=BLUE_ORANGE, vmin=-1.8, vmax=1.8)
    for state, kind in enumerate(kinds):
        x, y = state % width, state // width
        if kind == "#":
            axes.fill([x - 0.5, x + 0.5, x + 0.5, x - 0.5], [y - 0.5, y - 0.5, y + 0.5, y + 0.5],
                      color="#707070")  # fmt: skip
        elif kind in "GP":
            axes.text(x, y, "+1" if kind == "G" else "−1", ha="center", va="center", weight="bold")
        else:
            moves = numbers[state] if numbers.ndim == 2 else np.zeros(1)
            arrow = (
                "".join(ARROWS[m] for m in np.flatnonzero(np.isclose(moves, moves.max())))
                if moves.any()
                else ""
            )
            text = f"{best[state]:.2f}\n{arrow}" if arrow else f"{best[state]:.2f}"
            axes.text(x, y, text, ha="center", va="center", fontsize="small")
    for edge in np.arange(-0.5, width):
        axes.axvline(edge, color="#cccccc", lw=0.8)
    for edge in np.arange(-0.5, len(rows)):
        axes.axhline(edge, color="#cccccc", lw=0.8)
    axes.set_title(name, loc="center", weight="normal", size="small")
    bare(axes)
