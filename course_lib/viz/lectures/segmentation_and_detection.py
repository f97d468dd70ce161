"""Figures of lecture 16: answers for every pixel, the shape of a U-Net, boxes on a scene."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from course_lib.viz.images import show
from course_lib.viz.picture import (
    BLUE,
    GRAY,
    ORANGE,
    PALE_BLUE,
    Picture,
    bare,
    frame,
    headline,
    picture,
    styled,
)

MISSED, INVENTED, HIT = ORANGE, "#000000", "#8fc3e3"
OUTCOMES = ListedColormap(["#ffffff", INVENTED, MISSED, HIT])  # of truth * 2 + answer


@styled
def mask_errors(
    x: NDArray, truth: NDArray, answers: Mapping[str, NDArray], *, title: str
) -> Picture:
    """Scenes x (N, 1, H, W) above how each answer's masks, like x, agree with the true ones."""
    count = len(x)
    figure, grid = picture(
        1 + len(answers), count, size=(1.5 * count + 1.2, 1.6 * len(answers) + 2.3), squeeze=False
    )
    story = []
    for axes, scene in zip(grid[0], x, strict=True):
        show(axes, scene)
    grid[0, 0].set_ylabel("scene", rotation=0, ha="right", va="center")
    for row, (name, masks) in zip(grid[1:], answers.items(), strict=True):
        outcome = 2 * (truth > 0) + (masks > 0)
        for axes, values in zip(row, outcome[:, 0], strict=True):
            axes.imshow(values, cmap=OUTCOMES, vmin=0, vmax=3, interpolation="nearest")
            frame(axes)
        row[0].set_ylabel(name, rotation=0, ha="right", va="center")
        share = 100 / max(int(np.sum(truth > 0)), 1)
        hit, invented = (share * np.sum(outcome == kind) for kind in (3, 1))
        story.append(f"{name}: of 100 digit pixels {hit:.1f} found; {invented:.1f} more invented")
    keys = [
        Patch(fc=color, ec="#555555", label=label)
        for color, label in ((HIT, "found"), (MISSED, "missed"), (INVENTED, "invented"))
    ]
    figure.legend(handles=keys, loc="outside lower center", ncols=3)
    figure.alt = f"{title}. {count} scenes, and for each answer its pixels. {'; '.join(story)}."
    return headline(figure, title)


def draw_boxes(
    axes: Axes,
    x: NDArray,
    boxes: NDArray,
    labels: Sequence[int] | NDArray,
    scores: NDArray | None = None,
    *,
    truth: NDArray | None = None,
    words: bool = True,
) -> None:
    """A scene x (1, H, W), blue boxes (K, 4) with label and score, dashed true ones."""
    show(axes, 0.6 * x)
    for box in () if truth is None else truth:
        _rectangle(axes, box, ec="black", ls="--", lw=1.2)
    for index, box in enumerate(boxes):
        _rectangle(axes, box, ec=BLUE, lw=2 if words else 1)
        if words:
            score = "" if scores is None else f": {scores[index]:.2f}"
            axes.text(
                max(box[0], 0), max(box[1] - 1.2, 0.5), f"{labels[index]}{score}", color=BLUE,
                size="small", weight="bold", va="bottom",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
            )  # fmt: skip


def _rectangle(axes: Axes, box: NDArray, **look: Any) -> None:
    left, top, right, bottom = box  # of pixels' edges, which matplotlib counts from -0.5
    axes.add_patch(
        Rectangle((left - 0.5, top - 0.5), right - left, bottom - top, fill=False, **look)
    )


@styled
def detections(
    x: NDArray, found: Sequence[Any], truth: Sequence[NDArray], *, title: str, words: bool = True
) -> Picture:
    """Scenes x (N, 1, H, W) with what was found in each (boxes, scores, labels), and its truth.

    words: whether digit and score stand at each box.
    """
    columns = min(5, len(x))
    rows = -(-len(x) // columns)
    figure, grid = picture(rows, columns, size=(2.0 * columns, 2.1 * rows + 0.6), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    story = []
    for axes, scene, answer, boxes in zip(grid.flat, x, found, truth, strict=False):
        axes.axis("on")
        draw_boxes(
            axes, scene, answer.boxes, answer.labels, answer.scores, truth=boxes, words=words
        )
        names = [f"{k} ({s:.3f})" for k, s in zip(answer.labels, answer.scores, strict=True)]
        story.append(f"{len(boxes)} digits, found {' and '.join(names) or 'none'}")
    keys = [
        Patch(fill=False, ec=BLUE, lw=2, label="answer"),
        Patch(fill=False, ec="black", ls="--", label="true box"),
    ]
    figure.legend(handles=keys, loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def overlapping(boxes: Mapping[str, Sequence[float]], *, title: str) -> Picture:
    """A few boxes (left, top, right, bottom) on a grid of unit squares, each with its name."""
    figure, axes = picture(size=(5.6, 3.2))
    sides = np.array(list(boxes.values()), float)
    for (name, (left, top, right, bottom)), color in zip(
        boxes.items(), (BLUE, ORANGE, GRAY, "black"), strict=False
    ):
        axes.add_patch(
            Rectangle((left, top), right - left, bottom - top, fc=color, alpha=0.25, ec="none")
        )
        axes.add_patch(
            Rectangle((left, top), right - left, bottom - top, fill=False, ec=color, lw=2)
        )
        axes.text(left + 0.08, top + 0.12, name, va="top", weight="bold")
    axes.set(xlim=(sides[:, 0].min() - 0.5, sides[:, 2].max() + 0.5), title=title, aspect="equal")
    axes.set_ylim(sides[:, 3].max() + 0.5, sides[:, 1].min() - 0.5)  # rows are counted downwards
    axes.set(xlabel="x", ylabel="y")
    story = [f"{name}: {', '.join(f'{v:g}' for v in box)}" for name, box in boxes.items()]
    figure.alt = f"{title}. Boxes as left, top, right, bottom: {'; '.join(story)}."
    return figure


@styled
def answer_map(x: NDArray, labels: NDArray, p: NDArray, *, stride: int, title: str) -> Picture:
    """A picture x (1, H, W), and what a reader says at each place: labels and p (h, w)."""
    figure, (left, right) = picture(1, 2, size=(8.6, 3.0))
    show(left, x)
    left.set_title(f"picture {x.shape[1]} × {x.shape[2]}", loc="center", weight="normal")
    image = right.imshow(p, cmap="Blues", vmin=0, vmax=1)
    for (row, column), label in np.ndenumerate(labels):
        dark = p[row, column] > 0.6
        right.text(column, row, label, ha="center", va="center", size="small",
                   color="white" if dark else "black")  # fmt: skip
    bare(right)
    size = f"{labels.shape[0]} × {labels.shape[1]}"
    right.set_title(f"{size} answers, {stride} pixels apart", loc="center", weight="normal")
    figure.colorbar(image, ax=right, shrink=0.9, label="probability")
    shown = "; ".join(" ".join(map(str, row)) for row in labels)
    figure.alt = f"{title}. A picture of digits, and the answers of a reader, row by row: {shown}."
    return headline(figure, title)


@styled
def u_shape(sides: Sequence[int], filters: Sequence[int], *, title: str) -> Picture:
    """The levels of a U-Net: side and channels of the maps, from the top level to the bottom."""
    figure, axes = picture(size=(8.2, 0.8 * len(sides) + 0.9))
    arrow = {"arrowstyle": "-|>", "color": "0.35", "lw": 1.4}
    bottom = len(sides) - 1
    for depth, (side, channels) in enumerate(zip(sides, filters, strict=True)):
        places = (depth, 2 * bottom + 1 - depth) if depth < bottom else (bottom + 0.5,)
        for x in places:
            axes.text(
                x, -depth, f"{channels} × {side} × {side}", ha="center", va="center",
                size="small", bbox={"facecolor": PALE_BLUE, "edgecolor": BLUE, "pad": 5},
            )  # fmt: skip
        if depth == bottom:
            break
        across = {**arrow, "color": ORANGE, "ls": "--"}
        right = 2 * bottom + 1 - depth
        axes.annotate("", (right - 0.52, -depth), (depth + 0.52, -depth), arrowprops=across)
        below = (depth + 1, right - 1) if depth + 1 < bottom else (bottom + 0.3, bottom + 0.7)
        axes.annotate("", (below[0], -depth - 0.72), (depth, -depth - 0.28), arrowprops=arrow)
        axes.annotate("", (right, -depth - 0.28), (below[1], -depth - 0.72), arrowprops=arrow)
    axes.text(bottom + 0.5, 0.16, "skip: the map goes straight across", color=ORANGE,
              ha="center", va="bottom", size="small")  # fmt: skip
    axes.text(-0.3, -bottom, "down: maximum of 2 × 2,\ntwice the channels", size="small",
              ha="left", va="center")  # fmt: skip
    axes.text(2 * bottom + 1.4, -bottom, "up: transposed convolution,\nhalf the channels",
              size="small", ha="right", va="center")  # fmt: skip
    axes.set(xlim=(-0.7, 2 * bottom + 1.7), ylim=(-bottom - 0.5, 0.5), title=title)
    axes.axis("off")
    levels = "; ".join(f"{c} × {s} × {s}" for s, c in zip(sides, filters, strict=True))
    figure.alt = (
        f"{title}. A U from left to right. Levels from the top down: {levels}. On each level but "
        "the lowest an arrow leads straight from the left side to the right."
    )
    return figure
