"""Diagrams of what is connected with what: units in layers, operations in a computation graph."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.viz.picture import BLUE, ORANGE, PALE_BLUE, Picture, picture, styled

Steps = Sequence[Sequence[str]]  # name, operation, names of its arguments


@styled
def network(
    layers: Sequence[Sequence[str]],
    weights: Mapping[tuple[str, str], float],
    biases: Mapping[str, float],
    *,
    title: str,
) -> Picture:
    """A network as circles and arrows, from left to right.

    layers: lists of names, the inputs first; weights: {(from, to): value}, an arrow each;
    biases: {name: value}, written below the unit.
    """
    places = {
        name: (1.6 * i, y)
        for i, layer in enumerate(layers)
        for name, y in zip(layer, -column(len(layer)), strict=True)
    }
    tallest = max(len(layer) for layer in layers)
    figure, axes = picture(size=(2.3 * len(layers), 1.3 * tallest + 0.6))
    for (start, end), value in weights.items():
        tail, head = np.array(places[start]), np.array(places[end])
        _arrow(axes, tail, head, shrink=23)
        back = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        axes.text(*(0.72 * tail + 0.28 * head), f"{value:g}", ha="center", va="center", bbox=back)
    for name, (x, y) in places.items():
        color = "#ffffff" if name in layers[0] else PALE_BLUE
        axes.plot(x, y, "o", ms=44, mfc=color, mec="black")
        axes.text(x, y, name, ha="center", va="center", fontsize="small")
        if name in biases:
            words = f"b = {biases[name]:g}"
            axes.text(x, y - 0.42, words, ha="center", va="center", fontsize="small")
    axes.set(title=title, xlim=(-0.5, 1.6 * len(layers) - 1.1))
    axes.set_ylim(-(tallest - 1) / 2 - 0.6, (tallest - 1) / 2 + 0.5)
    axes.axis("off")
    story = [f"weight {value:g} from {start} to {end}" for (start, end), value in weights.items()]
    story += [f"bias {value:g} of {name}" for name, value in biases.items()]
    shown = "; ".join(", ".join(layer) for layer in layers)
    text = f"{title}. Layers from left to right: {shown}. {', '.join(story)}."
    figure.alt = text.replace("\n", " ")
    return figure


def column(count: int) -> NDArray:
    """Heights of ``count`` units, one apart, around zero."""
    return np.arange(count) - (count - 1) / 2


def connect(axes: Axes, columns: Iterable[NDArray], *, color: str, width: float) -> None:
    """A line from every unit to every unit of the next column; columns: heights, at 0, 1, ..."""
    for i, (left, right) in enumerate(pairwise(columns)):
        for start in left:
            for end in right:
                axes.plot([i, i + 1], [start, end], color=color, lw=width, zorder=1)


@styled
def computation_graph(
    inputs: Mapping[str, float],
    steps: Steps,
    values: Mapping[str, float],
    gradients: Mapping[str, float],
    *,
    title: str,
) -> Picture:
    """A computation as a graph, from left to right: value above each node, gradient below it.

    inputs: {name: number}; steps: lists of (name, operation, names of its arguments), each after
    what it needs; values, gradients: {name: number} of every input and step.
    """
    places = places_in_graph(inputs, steps)
    columns = 1 + max(x for x, _ in places.values())
    figure, axes = picture(size=(min(9.6, 1.75 * columns + 0.6), 0.95 * len(inputs) + 0.9))
    for name, _, *arguments in steps:
        for argument in arguments:
            _arrow(axes, places[argument], places[name], shrink=17)
    operations = {name: operation for name, operation, *_ in steps}
    for name, (x, y) in places.items():
        inside = operations.get(name, name)
        color = PALE_BLUE if name in operations else "white"
        axes.plot(x, y, "o", ms=32, mec="black", mfc=color)
        size = "x-small" if len(inside) > 2 else "large"
        axes.text(x, y, inside, ha="center", va="center", size=size)
        above = f"{name} = {values[name]:.4g}" if name in operations else f"{values[name]:.4g}"
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        look = {"ha": "center", "size": "small", "bbox": back}
        axes.text(x, y + 0.27, above, va="bottom", color=BLUE, **look)
        below = f"slope {gradients[name]:.4g}"
        axes.text(x, y - 0.27, below, va="top", color=ORANGE, style="italic", **look)
    rows = [y for _, y in places.values()]
    axes.set(title=title, xlim=(-0.5, columns - 0.4), ylim=(min(rows) - 0.62, max(rows) + 0.62))
    axes.axis("off")
    story = [f"Input {name} is {value:.4g}." for name, value in inputs.items()]
    for name, operation, *arguments in steps:
        story.append(f"{name} is {operation} of {', '.join(arguments)}: {values[name]:.4g}.")
    slopes = ", ".join(f"{name} {gradients[name]:.4g}" for name in places)
    story.append(f"Slopes of the last value with respect to each: {slopes}.")
    figure.alt = f"{title}. {' '.join(story)}"
    return figure


def places_in_graph(inputs: Iterable[str], steps: Steps) -> dict[str, tuple[int, float]]:
    """(column, row) of every name: inputs at the left, each step right of what it needs."""
    places: dict[str, tuple[int, float]] = {
        name: (0, float(-row)) for row, name in enumerate(inputs)
    }
    for name, _, *arguments in steps:
        columns, rows = zip(*(places[a] for a in arguments), strict=True)
        column = 1 + max(columns)
        below = [y - 1 for x, y in places.values() if x == column]  # room for who is there already
        places[name] = column, min([float(np.mean(rows)), *below])
    return places


def _arrow(axes: Axes, tail: Any, head: Any, *, shrink: int) -> None:
    look = {"arrowstyle": "-|>", "color": "0.4", "shrinkA": shrink, "shrinkB": shrink}
    axes.annotate("", head, tail, arrowprops=look)
