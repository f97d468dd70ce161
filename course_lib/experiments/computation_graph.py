"""Backpropagation through an expression: values go forwards, gradients come back."""

from collections.abc import Callable, Mapping, Sequence

from course_lib.nn import sigmoid
from course_lib.nn.autograd import Value

# name -> the operation, and its local slopes: one per argument, from the same arguments
OPERATIONS: dict[str, tuple[Callable, Callable]] = {
    "+": (lambda *a: sum(a), lambda *a: [1.0] * len(a)),
    "−": (lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    "×": (lambda a, b: a * b, lambda a, b: (b, a)),
    "square": (lambda a: a**2, lambda a: (2 * a,)),
    "sigmoid": (lambda a: float(sigmoid(a)), lambda a: (float(sigmoid(a) * sigmoid(-a)),)),
}


def forward_and_backward(
    inputs: Mapping[str, float], steps: Sequence[Sequence[str]]
) -> tuple[dict[str, float], dict[str, float]]:
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


# the method of ``Value`` that made a result -> how it is written in a graph
SYMBOLS = {"__add__": "+", "__mul__": "×", "__pow__": "power"}

Graph = tuple[dict[str, float], list[tuple[str, ...]], dict[str, float], dict[str, float]]


def graph_of(result: Value, names: Mapping[str, Value]) -> Graph:
    """The computation behind a ``Value``: inputs, steps, values and gradients of all names.

    names: {name: value} of those that matter; the others are called v1, v2, ... The gradients are
    those of ``result.backward()``, which has to be called before.
    """
    called = {value: name for name, value in names.items()}
    order = result.in_order()
    for number, value in enumerate((v for v in order if v not in called), 1):
        called[value] = f"v{number}"
    ends = sorted((value for value in order if not value.inputs), key=list(called).index)
    inputs = {called[value]: value.data for value in ends}
    steps = [
        (called[value], _symbol(value), *(called[source] for source in value.inputs))
        for value in order
        if value.inputs
    ]
    values = {called[value]: value.data for value in order}
    return inputs, steps, values, {called[value]: value.grad for value in order}


def _symbol(value: Value) -> str:
    """The operation that made the value: its rule is a function inside of that method."""
    method = value.rule.__qualname__.split(".")[-3]
    return SYMBOLS.get(method, method)
