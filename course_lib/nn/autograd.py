"""Automatic differentiation: a number that knows how it was computed, and so its own gradient.

Each operation puts the local rule beside its result; ``backward`` applies the chain rule to all of
them, from the last result back to the first numbers. The layers of this library are the same chain,
written down by hand for arrays.
Inspired by Andrej Karpathy's micrograd (2020).
"""

from __future__ import annotations

import math
from collections.abc import Callable

Rule = Callable[[float], tuple[float, ...]]  # dL/dresult -> dL/dinput of every input


class Value:
    """A number ``data`` and, after ``backward()``, ``grad``: how fast the result grows with it.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> y = a * b + b**2
    >>> y.backward()
    >>> (y.data, a.grad, b.grad)
    (3.0, -3.0, -4.0)

    Values and plain numbers mix in ``+ - * /``; in ``**`` the exponent is a plain number. Where
    there is no result, as for ``log`` of 0, Python's own error says so. A new operation returns
    ``Value(result, inputs, rule)``, where ``rule`` takes dL/dresult and returns dL/dinput of each
    of the inputs, see ``__mul__``.
    """

    def __init__(
        self, data: float, inputs: tuple[Value, ...] = (), rule: Rule = lambda grad: ()
    ) -> None:
        self.data, self.grad = float(data), 0.0
        self.inputs, self.rule = inputs, rule

    def __add__(self, other: Value | float) -> Value:
        other = as_value(other)
        return Value(self.data + other.data, (self, other), lambda grad: (grad, grad))

    def __mul__(self, other: Value | float) -> Value:
        other = as_value(other)
        a, b = self.data, other.data
        return Value(a * b, (self, other), lambda grad: (grad * b, grad * a))

    def __pow__(self, n: float) -> Value:
        x = self.data
        return Value(x**n, (self,), lambda grad: (grad * n * x ** (n - 1) if n else 0.0,))

    def exp(self) -> Value:
        """e to this power; the slope of ``exp`` is its own value."""
        y = math.exp(self.data)
        return Value(y, (self,), lambda grad: (grad * y,))

    def log(self) -> Value:
        """The natural logarithm; its slope is 1 / x. ``ValueError`` below or at 0."""
        x = self.data
        return Value(math.log(x), (self,), lambda grad: (grad / x,))

    def tanh(self) -> Value:
        """The hyperbolic tangent y; its slope is 1 - y**2."""
        y = math.tanh(self.data)
        return Value(y, (self,), lambda grad: (grad * (1 - y**2),))

    def relu(self) -> Value:
        """max(0, x); its slope is 1 above 0, else 0 (at 0 too, as in ``nn.relu``)."""
        x = self.data
        return Value(max(x, 0.0), (self,), lambda grad: (grad if x > 0 else 0.0,))

    def backward(self) -> None:
        """Set the ``grad`` of every value behind this one to d(this)/d(that).

        A value that was used several times adds up what comes back from each use.
        """
        order = self.in_order()
        for value in order:
            value.grad = float(value is self)
        for value in reversed(order):
            for source, grad in zip(value.inputs, value.rule(value.grad), strict=True):
                source.grad += grad

    def in_order(self) -> list[Value]:
        """All the values behind this one, each after its inputs (a topological order).

        Its own stack stands in for recursion, which Python ends after a thousand calls.
        """
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, inputs_done = stack.pop()
            if inputs_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack += [(value, True), *((source, False) for source in value.inputs)]
        return order

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        return self + -as_value(other)

    def __truediv__(self, other: Value | float) -> Value:
        return self * as_value(other) ** -1

    def __rsub__(self, other: float) -> Value:
        return -self + other

    def __rtruediv__(self, other: float) -> Value:
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def __repr__(self) -> str:
        return f"Value(data={self.data:.4g}, grad={self.grad:.4g})"


def as_value(number: Value | float) -> Value:
    """The number as a ``Value``, of its own if it is a plain one."""
    return number if isinstance(number, Value) else Value(number)
