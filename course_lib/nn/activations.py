"""Activation functions: what a neuron makes of its weighted sum.

All work on arrays of any shape, element by element; softmax and log-softmax work along an axis.
None overflows, however large the input.
"""

import numpy as np

from course_lib.nn.layer import Layer
from course_lib.nn.shapes import shapes


@shapes(z="...")
def sigmoid(z):
    """Logistic function ``1 / (1 + exp(-z))``, with values in (0, 1)."""
    z = np.asarray(z)
    e = np.exp(-np.abs(z))  # the exponent is never positive, so exp can't overflow
    return np.where(z >= 0, 1, e) / (1 + e)


@shapes(grad="...", z="...")
def sigmoid_backward(grad, z):
    """``dL/dz = grad * s * (1 - s)`` with ``s = sigmoid(z)``."""
    s = sigmoid(z)
    return grad * s * sigmoid(-np.asarray(z))  # sigmoid(-z) is 1 - s, without cancellation


def tanh(z):
    """Hyperbolic tangent, with values in (-1, 1); equals ``2 * sigmoid(2 * z) - 1``."""
    return np.tanh(z)


@shapes(grad="...", z="...")
def tanh_backward(grad, z):
    """``dL/dz = grad * (1 - tanh(z)**2)``."""
    return grad * (1 - np.tanh(z) ** 2)


def relu(z):
    """Rectified linear unit ``max(0, z)``, with values in [0, inf)."""
    return np.maximum(z, 0)


@shapes(grad="...", z="...")
def relu_backward(grad, z):
    """``dL/dz = grad`` where z > 0, else 0 (at z = 0 too, as PyTorch has it)."""
    return grad * (np.asarray(z) > 0)


def leaky_relu(z, slope=0.01):
    """``z`` where z > 0, else ``slope * z``: a ReLU that can't die."""
    z = np.asarray(z)
    return np.where(z > 0, z, slope * z)


@shapes(grad="...", z="...")
def leaky_relu_backward(grad, z, slope=0.01):
    """``dL/dz = grad`` where z > 0, else ``slope * grad``."""
    return np.where(np.asarray(z) > 0, grad, slope * np.asarray(grad))


@shapes(z="...")
def softmax(z, axis=-1):
    """Turn scores into probabilities: ``exp(z) / sum(exp(z))`` along ``axis``.

    Subtracting the maximum changes nothing in the quotient and keeps exp from overflowing.
    """
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@shapes(grad="...", z="...")
def softmax_backward(grad, z, axis=-1):
    """``dL/dz = s * (grad - sum(grad * s))`` with ``s = softmax(z)``."""
    s = softmax(z, axis)
    return s * (grad - (grad * s).sum(axis=axis, keepdims=True))


@shapes(z="...")
def log_softmax(z, axis=-1):
    """``log(softmax(z))`` without taking the logarithm of a number that has become 0."""
    z = np.asarray(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@shapes(grad="...", z="...")
def log_softmax_backward(grad, z, axis=-1):
    """``dL/dz = grad - softmax(z) * sum(grad)``."""
    return grad - softmax(z, axis) * np.sum(grad, axis=axis, keepdims=True)


class Sigmoid(Layer):
    """Layer that applies ``sigmoid``."""

    def forward(self, x):
        self.remember(x)
        return sigmoid(x)

    def backward(self, grad):
        return sigmoid_backward(grad, self.recall())


class Tanh(Layer):
    """Layer that applies ``tanh``."""

    def forward(self, x):
        self.remember(x)
        return tanh(x)

    def backward(self, grad):
        return tanh_backward(grad, self.recall())


class ReLU(Layer):
    """Layer that applies ``relu``."""

    def forward(self, x):
        self.remember(x)
        return relu(x)

    def backward(self, grad):
        return relu_backward(grad, self.recall())


class LeakyReLU(Layer):
    """Layer that applies ``leaky_relu`` with a fixed ``slope``."""

    def __init__(self, slope=0.01):
        super().__init__()
        self.slope = float(slope)

    def forward(self, x):
        self.remember(x)
        return leaky_relu(x, self.slope)

    def backward(self, grad):
        return leaky_relu_backward(grad, self.recall(), self.slope)
