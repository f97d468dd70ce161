"""Backpropagation through an expression: values go forwards, gradients come back."""

from collections.abc import Callable, Mapping, Sequence

from course_lib.nn import sigmoid

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
