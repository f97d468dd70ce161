"""Batch normalization: give every feature mean 0 and variance 1 over the batch, then let it learn.

Source: Ioffe and Szegedy 2015. A feature is a column of (N, D), or a channel of (N, C, H, W), whose
statistics are then taken over the pictures and all their pixels.
"""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import (
    check_count,
    check_fraction,
    check_not_negative,
    check_positive,
    check_shape,
    checked,
)
from course_lib.nn.layer import Layer


@checked(x="N D ...", gamma="D", beta="D", eps=check_not_negative)
def batch_norm(x: NDArray, gamma: NDArray, beta: NDArray, eps: float = 1e-5) -> NDArray:
    """``gamma * (x - mean) / sqrt(var + eps) + beta``, with the batch's own mean and variance.

    x: (N, D) or (N, D, H, W)  gamma, beta: (D,)  ->  shaped like x
    """
    x_hat, _ = normalize(x, *batch_statistics(x), eps)
    return scale_and_shift(x_hat, gamma, beta)


@checked(grad="N D ...", x="N D ...", gamma="D", eps=check_not_negative)
def batch_norm_backward(
    grad: NDArray, x: NDArray, gamma: NDArray, eps: float = 1e-5
) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``batch_norm``, given ``grad`` shaped like x.

    Returns dL/dx, dL/dgamma (D,), dL/dbeta (D,). The mean and the variance depend on x as well:
    the two subtracted terms are what flows back through them.
    """
    x_hat, scale = normalize(x, *batch_statistics(x), eps)
    dgamma, dbeta = scale_and_shift_backward_params(grad, x_hat)
    count = x.size // x.shape[1]
    through_mean, through_var = column(dbeta, x) / count, x_hat * column(dgamma, x) / count
    return column(gamma, x) * scale * (grad - through_mean - through_var), dgamma, dbeta


def batch_statistics(x: NDArray) -> tuple[NDArray, NDArray]:
    """Mean and variance of each feature of x, in shapes that stretch along it: (1, D, 1, ...)."""
    axes = all_but_features(x)
    return x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)


def normalize(x: NDArray, mean: NDArray, var: NDArray, eps: float) -> tuple[NDArray, NDArray]:
    """``(x - mean) * scale`` with ``scale = 1 / sqrt(var + eps)``; returns both."""
    scale = 1 / np.sqrt(var + eps)
    return (x - mean) * scale, scale


def scale_and_shift(x_hat: NDArray, gamma: NDArray, beta: NDArray) -> NDArray:
    """``gamma * x_hat + beta``, feature by feature: what the layer learns."""
    return column(gamma, x_hat) * x_hat + column(beta, x_hat)


def scale_and_shift_backward_params(grad: NDArray, x_hat: NDArray) -> tuple[NDArray, NDArray]:
    """dL/dgamma (D,) and dL/dbeta (D,) of ``scale_and_shift``."""
    axes = all_but_features(x_hat)
    return (grad * x_hat).sum(axis=axes), grad.sum(axis=axes)


def all_but_features(x: NDArray) -> tuple[int, ...]:
    """The axes over which a feature of x (N, D, ...) has its statistics."""
    return (0, *range(2, x.ndim))


def column(v: NDArray, x: NDArray) -> NDArray:
    """v (D,) in a shape that stretches along the features of x (N, D, ...)."""
    return v.reshape(-1, *[1] * (x.ndim - 2))


class BatchNorm(Layer):
    """What ``BatchNorm1d`` and ``BatchNorm2d`` share.

    In training the batch's statistics are used, and the ``buffers`` running_mean and running_var
    follow them: ``running = (1 - momentum) * running + momentum * batch``, with the unbiased
    variance. At evaluation the running ones are used, so that a picture's answer depends on itself
    alone.
    """

    pixels: tuple[str, ...] = ()

    @checked(features=check_count, eps=check_positive, momentum=check_fraction)
    def __init__(
        self,
        features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        *,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        self.params = {"gamma": np.ones(features, dtype), "beta": np.zeros(features, dtype)}
        self.buffers = {
            "running_mean": np.zeros(features, dtype),
            "running_var": np.ones(features, dtype),
        }
        self.features, self.eps, self.momentum = features, float(eps), float(momentum)

    @checked(x="N features ...")
    def forward(self, x: NDArray) -> NDArray:
        check_shape(f"{type(self).__name__}.forward: x", x, ("N", self.features, *self.pixels))
        self.remember((x, self.training))
        gamma, beta = self.params["gamma"], self.params["beta"]
        if self.training:
            self.update_running(x)
            return batch_norm(x, gamma, beta, self.eps)
        x_hat, _ = normalize(x, *self.running(x), self.eps)
        return scale_and_shift(x_hat, gamma, beta)

    def backward(self, grad: NDArray) -> NDArray:
        (x, in_training), gamma = self.recall(), self.params["gamma"]
        check_shape(f"{type(self).__name__}.backward: grad", grad, x.shape)
        if in_training:
            dx, dgamma, dbeta = batch_norm_backward(grad, x, gamma, self.eps)
        else:  # the running statistics are constants: nothing flows back through them
            x_hat, scale = normalize(x, *self.running(x), self.eps)
            dgamma, dbeta = scale_and_shift_backward_params(grad, x_hat)
            dx = grad * (column(gamma, x) * scale)
        self.grads["gamma"], self.grads["beta"] = dgamma, dbeta
        return dx

    def running(self, x: NDArray) -> tuple[NDArray, NDArray]:
        """The running mean and variance, in shapes that stretch along the features of x."""
        return column(self.buffers["running_mean"], x), column(self.buffers["running_var"], x)

    def update_running(self, x: NDArray) -> None:
        """Move the running statistics towards those of the batch x by the share ``momentum``.

        ``ValueError`` for a batch with one value per feature, which has no variance.
        """
        if x.size // x.shape[1] < 2:
            raise ValueError(
                f"{type(self).__name__}.forward: x has shape {x.shape}, wanted more than one value"
                " per feature in training"
            )
        axes = all_but_features(x)
        batch = {"running_mean": x.mean(axis=axes), "running_var": x.var(axis=axes, ddof=1)}
        for name, running in self.buffers.items():
            running += self.momentum * (batch[name] - running)


class BatchNorm1d(BatchNorm):
    """Batch normalization of (N, features)."""


class BatchNorm2d(BatchNorm):
    """Batch normalization of (N, features, H, W), one feature a channel."""

    pixels = ("H", "W")
