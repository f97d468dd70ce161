"""Activation functions: what a neuron makes of its weighted sum.

All work on arrays of any shape, element by element; softmax and log-softmax work along an axis.
None overflows, however large the input.
"""

import math

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_number, checked
from course_lib.nn.layer import Layer


@checked(z="...")
def sigmoid(z: NDArray | float) -> NDArray:
    """Logistic function ``1 / (1 + exp(-z))``, with values in (0, 1)."""
    z = np.asarray(z)
    e = np.exp(-np.abs(z))  # the exponent is never positive, so exp can't overflow
    return np.where(z >= 0, 1, e) / (1 + e)


@checked(grad="...", z="...")
def sigmoid_backward(grad: NDArray | float, z: NDArray | float) -> NDArray:
    """``dL/dz = grad * s * (1 - s)`` with ``s = sigmoid(z)``."""
    s = sigmoid(z)
    return grad * s * sigmoid(-np.asarray(z))  # sigmoid(-z) is 1 - s, without cancellation


@checked(z="...")
def tanh(z: NDArray | float) -> NDArray:
    """Hyperbolic tangent, with values in (-1, 1); equals ``2 * sigmoid(2 * z) - 1``."""
    return np.tanh(z)


@checked(grad="...", z="...")
def tanh_backward(grad: NDArray | float, z: NDArray | float) -> NDArray:
    """``dL/dz = grad * (1 - tanh(z)**2)``."""
    return grad * (1 - np.tanh(z) ** 2)


@checked(z="...")
def relu(z: NDArray | float) -> NDArray:
    """Rectified linear unit ``max(0, z)``, with values in [0, inf)."""
    return np.maximum(z, 0)


@checked(grad="...", z="...")
def relu_backward(grad: NDArray | float, z: NDArray | float) -> NDArray:
    """``dL/dz = grad`` where z > 0, else 0 (at z = 0 too, as PyTorch has it)."""
    return grad * (np.asarray(z) > 0)


@checked(z="...", slope=check_number)
def leaky_relu(z: NDArray | float, slope: float = 0.01) -> NDArray:
    """``z`` where z > 0, else ``slope * z``: a ReLU that can't die."""
    z = np.asarray(z)
    return np.where(z > 0, z, slope * z)


@checked(grad="...", z="...", slope=check_number)
def leaky_relu_backward(grad: NDArray | float, z: NDArray | float, slope: float = 0.01) -> NDArray:
    """``dL/dz = grad`` where z > 0, else ``slope * grad``."""
    return np.where(np.asarray(z) > 0, grad, slope * np.asarray(grad))


@checked(z="...")
def gelu(z: NDArray | float) -> NDArray:
    """``z * Phi(z)``, Phi the share of a standard normal below z: a ReLU with a soft bend.

    Source: Hendrycks and Gimpel 2016, "Gaussian error linear units".
    """
    return np.asarray(z) * normal_share(z)


@checked(grad="...", z="...")
def gelu_backward(grad: NDArray | float, z: NDArray | float) -> NDArray:
    """``dL/dz = grad * (Phi(z) + z * phi(z))``, with phi the density of which Phi is the share."""
    z = np.asarray(z)
    near = np.minimum(np.abs(z), 40)  # beyond, phi is 0, and the square might overflow
    density = np.exp(-(near**2) / 2) / math.sqrt(2 * math.pi)
    return grad * (normal_share(z) + z * density)


def normal_share(z: NDArray | float) -> NDArray:
    """Phi(z), the share of a standard normal below z; of a float array, in its dtype."""
    z = np.asarray(z)
    share = np.vectorize(math.erfc, otypes=[float])(z / -math.sqrt(2)) / 2
    return share.astype(z.dtype) if z.dtype.kind == "f" else share


@checked(z="N ...")
def softmax(z: NDArray, axis: int = -1) -> NDArray:
    """Turn scores into probabilities: ``exp(z) / sum(exp(z))`` along ``axis``.

    Subtracting the maximum changes nothing in the quotient and keeps exp from overflowing.
    """
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@checked(grad="N ...", z="N ...")
def softmax_backward(grad: NDArray, z: NDArray, axis: int = -1) -> NDArray:
    """``dL/dz = s * (grad - sum(grad * s))`` with ``s = softmax(z)``."""
    s = softmax(z, axis)
    return s * (grad - (grad * s).sum(axis=axis, keepdims=True))


@checked(z="N ...")
def log_softmax(z: NDArray, axis: int = -1) -> NDArray:
    """``log(softmax(z))`` without taking the logarithm of a number that has become 0."""
    z = np.asarray(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@checked(grad="N ...", z="N ...")
def log_softmax_backward(grad: NDArray, z: NDArray, axis: int = -1) -> NDArray:
    """``dL/dz = grad - softmax(z) * sum(grad)``."""
    return grad - softmax(z, axis) * np.sum(grad, axis=axis, keepdims=True)


class Sigmoid(Layer):
    """Layer that applies ``sigmoid``."""

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return sigmoid(x)

    def backward(self, grad: NDArray) -> NDArray:
        return sigmoid_backward(grad, self.recall())


class Tanh(Layer):
    """Layer that applies ``tanh``."""

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return tanh(x)

    def backward(self, grad: NDArray) -> NDArray:
        return tanh_backward(grad, self.recall())


class ReLU(Layer):
    """Layer that applies ``relu``."""

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return relu(x)

    def backward(self, grad: NDArray) -> NDArray:
        return relu_backward(grad, self.recall())


class GELU(Layer):
    """Layer that applies ``gelu``."""

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return gelu(x)

    def backward(self, grad: NDArray) -> NDArray:
        return gelu_backward(grad, self.recall())


class LeakyReLU(Layer):
    """Layer that applies ``leaky_relu`` with a fixed ``slope``."""

    @checked(slope=check_number)
    def __init__(self, slope: float = 0.01) -> None:
        super().__init__()
        self.slope = float(slope)

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return leaky_relu(x, self.slope)

    def backward(self, grad: NDArray) -> NDArray:
        return leaky_relu_backward(grad, self.recall(), self.slope)
