"""Layer normalization: give every sample mean 0 and variance 1 over its own features.

Unlike batch normalization it looks at no other sample, so it does the same in training and at
evaluation, and with a batch of one.
Source: Ba, Kiros and Hinton 2016.
"""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import check_count, check_positive, check_shape, checked
from course_lib.nn.layer import Layer
from course_lib.nn.normalization import normalize


@checked(x="N ...", gamma="D", beta="D", eps=check_positive)
def layer_norm(x: NDArray, gamma: NDArray, beta: NDArray, eps: float = 1e-5) -> NDArray:
    """``gamma * (x - mean) / sqrt(var + eps) + beta``, with mean and variance of the last axis.

    x: (N, ..., D)  gamma, beta: (D,)  ->  shaped like x
    """
    check_shape("layer_norm: gamma", gamma, x.shape[-1:])
    x_hat, _ = normalize(x, *sample_statistics(x), eps)
    return gamma * x_hat + beta


@checked(grad="N ...", x="N ...", gamma="D", eps=check_positive)
def layer_norm_backward(
    grad: NDArray, x: NDArray, gamma: NDArray, eps: float = 1e-5
) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``layer_norm``, given ``grad`` shaped like x.

    Returns dL/dx, dL/dgamma (D,), dL/dbeta (D,). The two subtracted terms are what flows back
    through the mean and the variance, as in ``batch_norm_backward``.
    """
    check_shape("layer_norm_backward: gamma", gamma, x.shape[-1:])
    x_hat, scale = normalize(x, *sample_statistics(x), eps)
    dx_hat = grad * gamma
    through_mean = dx_hat.mean(axis=-1, keepdims=True)
    through_var = x_hat * (dx_hat * x_hat).mean(axis=-1, keepdims=True)
    samples = tuple(range(x.ndim - 1))
    dgamma, dbeta = (grad * x_hat).sum(axis=samples), grad.sum(axis=samples)
    return scale * (dx_hat - through_mean - through_var), dgamma, dbeta


def sample_statistics(x: NDArray) -> tuple[NDArray, NDArray]:
    """Mean and variance of the last axis of x, in shapes that stretch along it: (N, ..., 1)."""
    return x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)


class LayerNorm(Layer):
    """Layer normalization of (N, ..., features), with ``params`` gamma and beta (features,)."""

    @checked(features=check_count, eps=check_positive)
    def __init__(self, features: int, eps: float = 1e-5, *, dtype: DTypeLike = np.float32) -> None:
        super().__init__()
        self.params = {"gamma": np.ones(features, dtype), "beta": np.zeros(features, dtype)}
        self.features, self.eps = features, float(eps)

    @checked(x="N ...")
    def forward(self, x: NDArray) -> NDArray:
        if x.shape[-1] != self.features:
            raise ValueError(
                f"LayerNorm.forward: x has shape {x.shape}, wanted (N, ..., {self.features})"
            )
        self.remember(x)
        return layer_norm(x, self.params["gamma"], self.params["beta"], self.eps)

    def backward(self, grad: NDArray) -> NDArray:
        x = self.recall()
        check_shape("LayerNorm.backward: grad", grad, x.shape)
        dx, self.grads["gamma"], self.grads["beta"] = layer_norm_backward(
            grad, x, self.params["gamma"], self.eps
        )
        return dx
