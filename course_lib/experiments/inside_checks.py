"""What is needed to doubt a picture of a network: other networks, other gradients, comparisons."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn

Array = NDArray[Any]


class GuidedReLU(nn.ReLU):
    """A ReLU whose way back lets through only what is positive there as well.

    What comes out is no gradient of anything. It makes sharper pictures, of the input above all.
    Source: Springenberg, Dosovitskiy, Brox and Riedmiller 2015, "Striving for simplicity".
    """

    def backward(self, grad: Array) -> Array:
        return super().backward(np.maximum(grad, 0))


def guided(layer: Any) -> Any:
    """The same network, with the same weights, whose ReLUs are guided."""
    if isinstance(layer, nn.ReLU):
        return GuidedReLU()
    return type(layer)(*map(guided, layer.layers)) if layer.layers else layer


def rank_correlation(a: Array, b: Array) -> float:
    """How far two maps order their places alike: from -1 to 1, and 0 if one says nothing about the
    other. Equal values get ranks in the order in which they come.
    """
    first, second = (np.argsort(np.argsort(m, axis=None, kind="stable")) for m in (a, b))
    return float(np.corrcoef(first, second)[0, 1])


def edges(x: Array) -> Array:
    """How strongly brightness changes, no network asked: (N, C, H, W) -> (N, H, W)."""
    down, right = np.gradient(x.mean(axis=1), axis=(1, 2))
    return np.hypot(down, right)
