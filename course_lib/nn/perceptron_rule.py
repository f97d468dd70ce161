"""Rosenblatt's perceptron: a weighted sum against a threshold, and a rule that learns it.

Source: F. Rosenblatt, "The perceptron", Psychological Review 65 (1958).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    check_count,
    check_finite,
    check_positive,
    check_values,
    checked,
)
from course_lib.nn.layer import Layer


@checked(x="N D", w="D")
def perceptron(x: NDArray, w: NDArray, b: NDArray | float) -> NDArray:
    """Decide for each row of x: 1 where ``x @ w + b > 0``, else 0.

    x: (N, D)  w: (D,)  b: a number, minus the threshold  ->  decisions: (N,) int
    """
    return (x @ w + b > 0).astype(int)


@checked(x="D", w="D", eta=check_positive)
def perceptron_update(
    x: NDArray, y: int, w: NDArray, b: NDArray | float, eta: float = 1.0
) -> tuple[NDArray, Any]:
    """Rosenblatt's rule for one sample x (D,) with label y (0 or 1): the new ``w, b``.

    Nothing changes after a right decision. After a wrong one, w moves by ``eta`` along x, towards
    the side that was wanted.
    """
    error = y - perceptron(x[np.newaxis], w, b)[0]  # -1, 0 or 1
    return w + eta * error * x, b + eta * error


class Perceptron(Layer):
    """One perceptron with ``params`` w (in_features,) and b (1,), all zero at first."""

    @checked(in_features=check_count)
    def __init__(self, in_features: int) -> None:
        super().__init__()
        self.in_features = in_features
        self.params = {"w": np.zeros(in_features), "b": np.zeros(1)}

    @checked(x="N in_features")
    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return perceptron(x, self.params["w"], self.params["b"])

    def backward(self, grad: NDArray) -> NDArray:
        """All zeros: a step is flat, so its slope can't say which way to go."""
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        return np.zeros_like(self.recall())

    @checked(x="N in_features")
    @checked(x=check_finite)
    def predict(self, x: NDArray) -> NDArray:
        """Decisions (N,), 0 or 1, for the rows of x (N, D); NaN would be a no, so it is refused."""
        return perceptron(x, self.params["w"], self.params["b"])

    @checked(x="N in_features", y="N", epochs=check_count, eta=check_positive)
    @checked(x=check_finite)
    def fit(
        self,
        x: NDArray,
        y: NDArray,
        *,
        epochs: int = 100,
        eta: float = 1.0,
        rng: RandomSource = None,
    ) -> list[int]:
        """Apply the rule to sample after sample until an epoch has no mistake.

        x: (N, D); y: (N,) of 0 and 1; ``rng``, a Generator or a seed, shuffles the samples anew in
        each epoch, None keeps their order. Returns the number of mistakes in each epoch; the last
        one is 0 only if the perceptron found a separating line.
        """
        check_values("Perceptron.fit: y", y, (0, 1))
        w, b = self.params["w"].copy(), self.params["b"].copy()
        order = np.arange(len(x))
        shuffle = None if rng is None else as_generator(rng).shuffle
        mistakes: list[int] = []
        for _ in range(epochs):
            if shuffle is not None:
                shuffle(order)
            mistakes.append(0)
            for i in order:
                mistakes[-1] += int(perceptron(x[i : i + 1], w, b)[0] != y[i])
                w, b = perceptron_update(x[i], y[i], w, b, eta)
            if mistakes[-1] == 0:
                break
        self.params = {"w": w, "b": b}
        return mistakes
