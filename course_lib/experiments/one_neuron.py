"""Gradient descent on one neuron, whose cost can be drawn because it has two parameters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib import nn


@dataclass(frozen=True)
class OneNeuron:
    """The neuron sigmoid(w * x + b) on samples x, y (N,), and its mean squared error."""

    x: NDArray
    y: NDArray

    def output(self, w: ArrayLike, b: ArrayLike, x: NDArray) -> NDArray:
        """What the neuron says of inputs x (M,), for numbers or arrays w, b (...): (..., M)."""
        return nn.sigmoid(np.asarray(w)[..., np.newaxis] * x + np.asarray(b)[..., np.newaxis])

    def cost(self, w: ArrayLike, b: ArrayLike) -> NDArray:
        """The mean squared error on the samples, for numbers or arrays w, b (...): (...)."""
        return np.mean((self.output(w, b, self.x) - self.y) ** 2, axis=-1)

    def descend(self, start: tuple[float, float], lr: float, steps: int) -> NDArray:
        """Weights and biases (steps + 1, 2) that gradient descent visits from ``start``."""
        path = [np.asarray(start, float)]
        for _ in range(steps):
            w, b = path[-1]
            z = w * self.x + b
            dz = nn.sigmoid_backward(nn.mse_backward(nn.sigmoid(z), self.y), z)
            path.append(path[-1] - lr * np.array([dz @ self.x, dz.sum()]))
        return np.array(path)
