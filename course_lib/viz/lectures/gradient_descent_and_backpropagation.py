"""Computation graphs: an expression as boxes and arrows, with values and gradients."""

import numpy as np

from course_lib.nn import sigmoid
from course_lib.viz.charts import COLOURS, picture, styled
from course_lib.viz.controls import Explorer, slider

# name -> the operation, and its local slopes: one per argument, from the same arguments
OPERATIONS = {
    "+": (lambda *a: sum(a), lambda *a: [1.0] * len(a)),
    "−": (lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    "×": (lambda a, b: a * b, lambda a, b: (b, a)),
    "square": (lambda a: a**2, lambda a: (2 * a,)),
    "sigmoid": (lambda a: float(sigmoid(a)), lambda a: (float(sigmoid(a) * sigmoid(-a)),)),
}
FORWARD, BACKWARD = COLOURS[0], COLOURS[1]


def forward_and_backward(inputs, steps):
    """Values and gradients of every name in a graph, as two dicts.

    inputs: {name: number}; steps: lists of (name, operation, names of its arguments), each after
    what it needs. The gradient is that of the last step's value.
    """
    values = dict(inputs)
    for name, operation, *arguments in steps:
        compute, _ = OPERATIONS[operation]
        values[name] = compute(*(values[a] for a in arguments))

    gradients = dict.fromkeys(values, 0.0)
    gradients[name] = 1.0  # the end with respect to itself
    for name, operation, *arguments in reversed(steps):
        _, slopes = OPERATIONS[operation]
        local = slopes(*(values[a] for a in arguments))
        for argument, slope in zip(arguments, local, strict=True):
            gradients[argument] += slope * gradients[name]  # local times upstream, added up
    return values, gradients


@styled
def computation_graph(inputs, steps, *, title, backward=True):
    """The graph of ``forward_and_backward``, drawn from left to right.

    Above each node stands its value, below it (unless ``backward`` is False) its gradient.
    """
    values, gradients = forward_and_backward(inputs, steps)
    places = _places(inputs, steps)
    columns = 1 + max(column for column, _ in places.values())
    figure, axes = picture("", size=(min(9.6, 1.75 * columns + 0.6), 0.95 * len(inputs) + 0.9))
    for name, _, *arguments in steps:
        for argument in arguments:
            arrow = {"arrowstyle": "-|>", "color": "0.45", "shrinkA": 17, "shrinkB": 17}
            axes.annotate("", places[name], places[argument], arrowprops=arrow)
    operations = {name: operation for name, operation, *_ in steps}
    back = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    for name, (x, y) in places.items():
        look = dict(mfc="#cfe6f3") if name in operations else dict(mfc="white")
        axes.plot(x, y, "o", ms=32, mec="black", **look)
        inside = operations.get(name, name)
        small = "x-small" if len(inside) > 2 else "large"
        axes.text(x, y, inside, ha="center", va="center", size=small)
        label = f"{name} = {values[name]:.4g}" if name in operations else f"{values[name]:.4g}"
        texts = dict(ha="center", size="small", bbox=back)
        axes.text(x, y + 0.27, label, va="bottom", color=FORWARD, **texts)
        if backward:
            gradient = f"slope {gradients[name]:.4g}"
            axes.text(x, y - 0.27, gradient, va="top", color=BACKWARD, style="italic", **texts)
    rows = [y for _, y in places.values()]
    axes.set(title=title, xlim=(-0.5, columns - 0.4), ylim=(min(rows) - 0.62, max(rows) + 0.62))
    axes.axis("off")
    figure.alt = f"{title}. " + " ".join(_story(inputs, steps, values, gradients, backward))
    return figure


def graph_by_hand(inputs, steps, *, title, low=-5.0, high=5.0, step=0.5):
    """A computation graph whose inputs are on sliders: its values and gradients follow."""

    def draw(**moved):
        return computation_graph(moved, steps, title=title)

    return Explorer(
        draw, **{name: slider(name, value, low, high, step) for name, value in inputs.items()}
    )


def _places(inputs, steps):
    """(column, row) of every name: inputs at the left, each step right of what it needs."""
    places = {name: (0, float(-row)) for row, name in enumerate(inputs)}
    for name, _, *arguments in steps:
        columns, rows = zip(*(places[a] for a in arguments), strict=True)
        column = 1 + max(columns)
        below = [y - 1 for x, y in places.values() if x == column]  # room for who is there already
        places[name] = column, min([float(np.mean(rows)), *below])
    return places


def _story(inputs, steps, values, gradients, backward):
    for name, value in inputs.items():
        yield f"Input {name} is {value:.4g}."
    for name, operation, *arguments in steps:
        yield f"{name} is {operation} of {', '.join(arguments)}: {values[name]:.4g}."
    if backward:
        slopes = ", ".join(f"{name} {gradient:.4g}" for name, gradient in gradients.items())
        yield f"Slopes of the last value with respect to each: {slopes}."
