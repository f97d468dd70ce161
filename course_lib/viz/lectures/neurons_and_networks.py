"""Figures of lecture 03: activations, a layer as a matrix product, networks that bend a line."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.boundaries import Predict, around, regions
from course_lib.viz.controls import Explorer, integer_slider
from course_lib.viz.diagrams import column, connect
from course_lib.viz.picture import (
    COLORS,
    MARKERS,
    ORANGE,
    PALE_BLUE,
    Picture,
    headline,
    picture,
    styled,
)

MAX_CIRCLES = 8  # drawn for one layer; the number above says how many units it has


@styled
def activations(
    functions: Mapping[str, Any],
    differentiate: Callable[[Any, NDArray], tuple[NDArray, NDArray]],
    *,
    title: str = "Above what it says, below its slope",
) -> Picture:
    """Each activation from -5 to 5, and its derivative below it.

    functions: {name: what ``differentiate`` takes}; differentiate: function of one of them and of
    z (N,) that returns values and slopes there.
    """
    z = np.linspace(-5, 5, 401)
    size = 2.4 * len(functions), 4.2
    figure, grid = picture(2, len(functions), size=size, squeeze=False, sharex=True, sharey="row")
    story = []
    for (above, below), (name, function) in zip(grid.T, functions.items(), strict=True):
        values, slopes = differentiate(function, z)
        above.plot(z, values)
        below.plot(z, slopes, "--", color=ORANGE)
        above.set_title(name, loc="center")
        above.set_ylim(-1.3, 2.6)
        below.set(xlabel="z", ylim=(-0.1, 1.1))
        story.append(f"{name}: slope from {slopes.min():.2g} to {slopes.max():.2g}")
    grid[0, 0].set_ylabel("activation")
    grid[1, 0].set_ylabel("slope")
    figure.alt = f"{title}. Curves over z from -5 to 5. {'; '.join(story)}."
    return headline(figure, title)


@styled
def update_directions(inputs: Mapping[str, NDArray], *, title: str) -> Picture:
    """Where one step can move the two weights of a neuron: ``inputs`` is {name: x (N, 2)}.

    A sample x moves the weights along x or against it, as the error has one sign or the other.
    """
    figure, grid = picture(1, len(inputs), size=(3.9 * len(inputs), 4.7), squeeze=False)
    looks = ((-1, "-", "output too high"), (1, "--", "output too low"))
    story = []
    for axes, (name, x) in zip(grid.flat, inputs.items(), strict=True):
        for k, (sign, style, label) in enumerate(looks):
            for step in sign * x:
                axes.plot([0, step[0]], [0, step[1]], style, color=COLORS[k], lw=1)
            axes.plot(*(sign * x).T, MARKERS[k], color=COLORS[k], ms=5, label=label)
        axes.axhline(0, color="black", lw=0.8)
        axes.axvline(0, color="black", lw=0.8)
        limits = np.array([-1.15, 1.15]) * np.abs(x).max()
        axes.set(xlabel="change of w1", ylabel="change of w2", aspect="equal")
        axes.set(xlim=limits, ylim=limits)
        axes.set_title(name, loc="center")
        same = np.mean(x[:, 0] * x[:, 1] > 0)
        story.append(f"{name}: in {same:.0%} of the steps both weights move the same way")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def fully_connected(sizes: Sequence[int], *, title: str) -> Picture:
    """A fully connected network with ``sizes`` units per layer, the inputs first.

    A large layer is drawn with fewer circles; the number above it is the real one.
    """
    limit = MAX_CIRCLES
    figure, axes = picture(size=(1.9 * len(sizes) + 0.6, 4.2))
    columns = [column(min(n, limit)) for n in sizes]
    connect(axes, columns, color="#b8b8b8", width=0.5)
    for i, (n, k) in enumerate(pairwise(sizes)):
        words = f"{n:,} · {k:,}\n+ {k:,}"
        axes.text(i + 0.5, -limit / 2 - 0.5, words, ha="center", va="top", size="small")
    for i, (n, places) in enumerate(zip(sizes, columns, strict=True)):
        color = "white" if i == 0 else PALE_BLUE
        axes.plot(np.full(len(places), i), places, "o", ms=13, mfc=color, mec="black")
        name = "inputs" if i == 0 else f"layer {i}"
        axes.text(i, limit / 2 + 0.2, f"{name}\n{n:,}", ha="center", va="bottom", size="small")
    axes.text(-0.45, -limit / 2 - 0.5, "weights\n+ biases", ha="center", va="top", size="small")
    axes.set(title=title, xlim=(-0.8, len(sizes) - 0.6), ylim=(-limit / 2 - 1.7, limit / 2 + 1.3))
    axes.axis("off")
    total = sum((n + 1) * k for n, k in pairwise(sizes))
    figure.alt = (
        f"{title}. {sizes[0]:,} inputs, then {len(sizes) - 1} layers of "
        f"{', '.join(f'{n:,}' for n in sizes[1:])} units, each connected with all of the layer "
        f"before: {total:,} weights and biases."
    )
    return figure


@styled
def affine(X: ArrayLike, W: ArrayLike, b: ArrayLike, row: int, column: int) -> Picture:
    """``X @ W + b`` in numbers, with all that makes the one element at (row, column) framed."""
    X, W, b = np.asarray(X), np.asarray(W), np.asarray(b)
    Z = X @ W + b
    repeated = np.broadcast_to(b, Z.shape)
    parts = [("X", X, "@"), ("W", W, "+"), ("b, for each row", repeated, "="), ("Z", Z, "")]
    framed: list[Any] = [(row, slice(None)), (slice(None), column), (row, column), (row, column)]
    high, wide = max(len(X), len(W)), sum(part.shape[1] for _, part, _ in parts) + len(parts)
    figure, axes = picture(size=(0.52 * wide + 0.6, 0.42 * high + 1.3))
    left = 0
    for k, ((name, values, sign), where) in enumerate(zip(parts, framed, strict=True)):
        marked = np.zeros(values.shape, bool)
        marked[where] = True
        pale = k == 2  # b is one row; its repetitions are drawn paler
        _matrix(axes, values, marked, left, COLORS[k], pale=pale)
        shape = b.shape if pale else values.shape
        middle, top = left + (values.shape[1] - 1) / 2, (len(values) - 1) / 2 + 0.75
        axes.text(middle, top, f"{name}\n{shape}", ha="center", va="bottom", size="small")
        axes.text(left + values.shape[1], 0, sign, ha="center", va="center", size="x-large")
        left += values.shape[1] + 1
    pairs = zip(X[row], W[:, column], strict=True)
    products = " + ".join(f"{x:g}·{w:g}" if w >= 0 else f"{x:g}·({w:g})" for x, w in pairs)
    title = f"Z[{row}, {column}] = {products} + {b[column]:g} = {Z[row, column]:g}"
    axes.set(title=title, xlim=(-0.8, left - 1.2), ylim=(-high / 2 - 0.2, high / 2 + 1.6))
    axes.set_aspect("equal")
    axes.axis("off")
    figure.alt = (
        f"X {X.shape} @ W {W.shape} + b {b.shape} = Z {Z.shape} in numbers. "
        f"Framed: row {row} of X, column {column} of W and element {column} of b. {title}."
    )
    return figure


def _matrix(
    axes: Axes, values: NDArray, marked: NDArray, left: int, tint: str, *, pale: bool
) -> None:
    """The numbers of a matrix, its first column at ``left``; marked cells are framed."""
    for (i, j), value in np.ndenumerate(values):
        x, y = left + j, (len(values) - 1) / 2 - i
        if marked[i, j]:
            box: dict[str, Any] = {"facecolor": tint, "alpha": 0.25, "edgecolor": "black"}
            axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, **box))
        color = "#8a8a8a" if pale and i > 0 and not marked[i, j] else "black"
        weight = "bold" if marked[i, j] else "normal"
        axes.text(x, y, f"{value:g}", ha="center", va="center", color=color, weight=weight)


def affine_by_hand(X: NDArray, W: NDArray, b: NDArray) -> Explorer:
    """Choose an element of ``X @ W + b`` and see what makes it."""
    return Explorer(
        lambda row, column: affine(X, W, b, row, column),
        row=integer_slider("row: which sample", 0, 0, len(X) - 1),
        column=integer_slider("column: which neuron", 0, 0, W.shape[1] - 1),
    )


@styled
def spaces(
    panels: Mapping[str, tuple[NDArray, Predict, tuple[str, str]]], y: NDArray, *, title: str
) -> Picture:
    """The same samples of two classes in several planes, with the regions decided in each.

    panels: {name: (points (N, 2), predict, names of the two axes)}
    """
    figure, grid = picture(1, len(panels), size=(4.3 * len(panels), 4.2), squeeze=False)
    story = []
    for axes, (name, (points, predict, features)) in zip(grid.flat, panels.items(), strict=True):
        wrong = regions(axes, predict, points, y, ("0", "1"), around(points, 0.15))
        axes.set(title=name, xlabel=features[0], ylabel=features[1])
        story.append(f"{name}, by {features[0]} and {features[1]}: {wrong} of {len(y)} wrong")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)
