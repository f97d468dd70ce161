"""Batch normalisation: give every feature mean 0 and variance 1 over the batch, then let it learn.

Source: Ioffe and Szegedy 2015. A feature is a column of (N, D), or a channel of (N, C, H, W), whose
statistics are then taken over the pictures and all their pixels.
"""

import numpy as np

from course_lib.nn.layer import Layer
from course_lib.nn.shapes import check_shape, shapes
from course_lib.nn.windows import check_count


@shapes(x="N D ...", gamma="D", beta="D")
def batch_norm(x, gamma, beta, eps=1e-5):
    """``gamma * (x - mean) / sqrt(var + eps) + beta``, with the batch's own mean and variance.

    x: (N, D) or (N, D, H, W)  gamma, beta: (D,)  ->  shaped like x
    """
    x_hat, _ = _normalized(x, eps)
    return _column(gamma, x) * x_hat + _column(beta, x)


@shapes(grad="N D ...", x="N D ...", gamma="D")
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    """Gradients of a loss through ``batch_norm``, given ``grad`` shaped like x.

    Returns dL/dx, dL/dgamma (D,), dL/dbeta (D,). The mean and the variance depend on x as well:
    the two subtracted terms are what flows back through them.
    """
    axes = _all_but_features(x)
    x_hat, scale = _normalized(x, eps)
    dbeta, dgamma = grad.sum(axis=axes), (grad * x_hat).sum(axis=axes)
    count = x.size // x.shape[1]
    through_mean, through_var = _column(dbeta, x) / count, x_hat * _column(dgamma, x) / count
    return _column(gamma, x) * scale * (grad - through_mean - through_var), dgamma, dbeta


def _normalized(x, eps):
    """x with mean 0 and variance 1 over the batch, and the factor that gave it that variance."""
    axes = _all_but_features(x)
    scale = 1 / np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return (x - x.mean(axis=axes, keepdims=True)) * scale, scale


def _all_but_features(x):
    return (0, *range(2, x.ndim))


def _column(v, x):
    """v (D,) in a shape that stretches along the features of x."""
    return v.reshape(-1, *[1] * (x.ndim - 2))


class _BatchNorm(Layer):
    """What ``BatchNorm1d`` and ``BatchNorm2d`` share.

    In training the batch's statistics are used, and the ``buffers`` running_mean and running_var
    follow them: ``running = (1 - momentum) * running + momentum * batch``, with the unbiased
    variance. At evaluation the running ones are used, so that a picture's answer depends on itself
    alone.
    """

    axes = None

    def __init__(self, features, eps=1e-5, momentum=0.1, *, dtype=np.float32):
        super().__init__()
        check_count("features", features, 1)
        if not 0 <= momentum <= 1:
            raise ValueError(f"momentum is {momentum}, wanted 0 to 1")
        if not eps > 0:
            raise ValueError(f"eps is {eps}, wanted a number greater than 0")
        self.params = {"gamma": np.ones(features, dtype), "beta": np.zeros(features, dtype)}
        self.buffers = {
            "running_mean": np.zeros(features, dtype),
            "running_var": np.ones(features, dtype),
        }
        self.eps, self.momentum = float(eps), float(momentum)

    def forward(self, x):
        if x.ndim != self.axes:
            raise ValueError(
                f"{type(self).__name__}: x has shape {x.shape}, wanted {self.axes} axes"
            )
        gamma, beta = self.params["gamma"], self.params["beta"]
        check_shape(type(self).__name__, "x", x, (len(x), len(gamma), *x.shape[2:]))
        self.remember((x, self.training))
        if not self.training:
            return _column(gamma, x) * self._standardized(x) + _column(beta, x)
        self._follow(x)
        return batch_norm(x, gamma, beta, self.eps)

    def backward(self, grad):
        (x, in_training), gamma = self.recall(), self.params["gamma"]
        check_shape(f"{type(self).__name__}.backward", "grad", grad, x.shape)
        if in_training:
            dx, dgamma, dbeta = batch_norm_backward(grad, x, gamma, self.eps)
        else:  # the running statistics are constants: nothing flows back through them
            axes, x_hat = _all_but_features(x), self._standardized(x)
            dx = grad * _column(gamma * self._scale(), x)
            dgamma, dbeta = (grad * x_hat).sum(axis=axes), grad.sum(axis=axes)
        self.grads["gamma"], self.grads["beta"] = dgamma, dbeta
        return dx

    def _follow(self, x):
        count = x.size // x.shape[1]
        if count < 2:
            raise ValueError(
                f"{type(self).__name__}: x has shape {x.shape}, wanted more than one value per"
                " feature in training"
            )
        axes = _all_but_features(x)
        batch = {"running_mean": x.mean(axis=axes), "running_var": x.var(axis=axes, ddof=1)}
        for name, running in self.buffers.items():
            running += self.momentum * (batch[name] - running)

    def _scale(self):
        return 1 / np.sqrt(self.buffers["running_var"] + self.eps)

    def _standardized(self, x):
        return (x - _column(self.buffers["running_mean"], x)) * _column(self._scale(), x)


class BatchNorm1d(_BatchNorm):
    """Batch normalisation of (N, features)."""

    axes = 2


class BatchNorm2d(_BatchNorm):
    """Batch normalisation of (N, features, H, W), one feature a channel."""

    axes = 4
