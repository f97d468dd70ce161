"""Diagrams of what is connected with what: units in layers, operations in a computation graph."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.viz.picture import BLUE, ORANGE, PALE_BLUE, Picture, picture, styled

Steps = Sequence[Sequence[str]]  # name, operation, names of its arguments
BOX_WIDTH, BOX_HEIGHT = 0.70, 0.72  # of a computation graph's columns and rows


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
    """A computation as boxes and arrows, from left to right; in each box its value and gradient.

    inputs: {name: number}; steps: lists of (name, operation, names of its arguments), each after
    what it needs; values, gradients: {name: number} of every input and step.
    """
    places = places_in_graph(inputs, steps)
    columns = 1 + max(x for x, _ in places.values())
    rows = [y for _, y in places.values()]
    height = 0.85 * (max(rows) - min(rows) + 1) + 0.45
    figure, axes = picture(size=(min(9.6, 1.7 * columns), height))
    for name, _, *arguments in steps:
        x, y = places[name]
        arguments = sorted(arguments, key=lambda one: places[one][1])
        for argument, apart in zip(arguments, 0.18 * column(len(arguments)), strict=True):
            tail = places[argument][0] + BOX_WIDTH / 2, places[argument][1]
            _arrow(axes, tail, (x - BOX_WIDTH / 2, y + apart), shrink=1)
    operations = {name: operation for name, operation, *_ in steps}
    for name, place in places.items():
        inside = operations.get(name, name)
        value = f"{name} = {values[name]:.4g}" if name in operations else f"{values[name]:.4g}"
        lines = inside, value, f"slope {gradients[name]:.4g}"
        _box(axes, place, lines, color=PALE_BLUE if name in operations else "white")
    axes.set(title=title, xlim=(-0.42, columns - 0.58), ylim=(min(rows) - 0.5, max(rows) + 0.5))
    axes.axis("off")
    story = [f"Input {name} is {value:.4g}." for name, value in inputs.items()]
    for name, operation, *arguments in steps:
        story.append(f"{name} is {operation} of {', '.join(arguments)}: {values[name]:.4g}.")
    slopes = ", ".join(f"{name} {gradients[name]:.4g}" for name in places)
    story.append(f"Slopes of the last value with respect to each: {slopes}.")
    figure.alt = f"{title}. {' '.join(story)}"
    return figure


def places_in_graph(inputs: Iterable[str], steps: Steps) -> dict[str, tuple[int, float]]:
    """(column, row) of every name: a step right of what it needs, an input left of who needs it.

    A chain stays on its row, because an input that joins it takes a place below.
    """
    columns = dict.fromkeys(inputs, 0)
    for name, _, *arguments in steps:
        columns[name] = 1 + max(columns[a] for a in arguments)
    for name in inputs:
        needing = (columns[step] for step, _, *arguments in steps if name in arguments)
        columns[name] = min(needing, default=1) - 1
    rows: dict[str, float] = {}

    def place(name: str, wanted: float) -> None:
        taken = [row for other, row in rows.items() if columns[other] == columns[name]]
        rows[name] = min([wanted, *(row - 1 for row in taken)])

    computed = {name for name, *_ in steps}
    for name, _, *arguments in steps:
        for argument in arguments:
            if argument not in rows:
                place(argument, 0.0)
        chain = [a for a in arguments if a in computed] or arguments
        place(name, float(np.mean([rows[a] for a in chain])))
    return {name: (columns[name], row) for name, row in rows.items()}


def _box(axes: Axes, place: tuple[float, float], lines: Sequence[str], *, color: str) -> None:
    """A box with three lines: operation or input, value, slope."""
    x, y = place
    corner = x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2
    axes.add_patch(
        Rectangle(corner, BOX_WIDTH, BOX_HEIGHT, facecolor=color, edgecolor="black", zorder=3)
    )
    looks: list[dict[str, Any]] = [
        {"weight": "bold"},
        {"size": "small", "color": BLUE},
        {"size": "small", "color": ORANGE, "style": "italic"},
    ]
    for line, look, up in zip(lines, looks, (0.22, 0, -0.22), strict=True):
        axes.text(x, y + up, line, ha="center", va="center", zorder=4, **look)


def _arrow(axes: Axes, tail: Any, head: Any, *, shrink: int) -> None:
    look = {"arrowstyle": "-|>", "color": "0.4", "shrinkA": shrink, "shrinkB": shrink}
    axes.annotate("", head, tail, arrowprops=look)
