"""The fully connected layer: every output is a weighted sum of every input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import RandomSource, as_generator, check_count, check_shape, checked
from course_lib.nn.initialization import he_normal
from course_lib.nn.layer import Layer


@checked(x="N D", W="D K", b="K")
def linear(x: NDArray, W: NDArray, b: NDArray) -> NDArray:
    """Affine map of a batch: ``z = x @ W + b``.

    x: (N, D)  W: (D, K)  b: (K,)  ->  z: (N, K)
    """
    return x @ W + b


@checked(grad="N K", x="N D", W="D K")
def linear_backward(grad: NDArray, x: NDArray, W: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``linear``, given ``grad`` = dL/dz (N, K).

    Returns dL/dx (N, D), dL/dW (D, K), dL/db (K,).
    """
    dW, db = linear_backward_params(grad, x)
    return linear_backward_input(grad, W), dW, db


def linear_backward_params(grad: NDArray, x: NDArray) -> tuple[NDArray, NDArray]:
    """dL/dW (D, K) and dL/db (K,) of ``linear``: what learning needs.

    Every sample adds its own outer product of input and gradient.
    """
    return x.T @ grad, grad.sum(axis=0)


def linear_backward_input(grad: NDArray, W: NDArray) -> NDArray:
    """dL/dx (N, D) of ``linear``: what the layer before needs.

    Each input collects the gradients of all outputs, weighted as on the way forward.
    """
    return grad @ W.T


class Linear(Layer):
    """Fully connected layer with ``params`` W (in_features, out_features) and b (out_features,).

    rng: a ``numpy.random.Generator`` or a seed for the weights; None draws new ones each time.
    init: a function of (shape, rng) from ``nn.initialization``; the biases start at zero.
    """

    @checked(in_features=check_count, out_features=check_count)
    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: RandomSource = None,
        init: Callable[[tuple[int, ...], np.random.Generator], NDArray] = he_normal,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        W = init((in_features, out_features), as_generator(rng))
        self.params = {"W": W.astype(dtype), "b": np.zeros(out_features, dtype)}
        self.in_features, self.out_features = in_features, out_features

    @checked(x="N in_features")
    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return linear(x, self.params["W"], self.params["b"])

    def backward(self, grad: NDArray) -> NDArray:
        self.backward_params(grad)
        return linear_backward_input(grad, self.params["W"])

    def backward_params(self, grad: NDArray) -> None:
        x = self.recall()
        check_shape("Linear.backward: grad", grad, (len(x), self.out_features))
        self.grads["W"], self.grads["b"] = linear_backward_params(grad, x)
