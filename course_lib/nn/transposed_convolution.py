"""Transposed convolution: every pixel stamps the filter, times its value, onto a larger picture.

It is the adjoint of the convolution with the same filters: forward it does what the way back
through ``conv2d`` does to the gradient, and its own way back is a ``conv2d``.
Sources: Zeiler, Krishnan, Taylor and Fergus 2010; Dumoulin and Visin 2016.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    as_pair,
    check_border,
    check_count,
    check_shape,
    checked,
)
from course_lib.nn.convolution import (
    conv2d_backward_input,
    conv2d_backward_params,
    filter_patches,
    im2col,
)
from course_lib.nn.initialization import he_normal
from course_lib.nn.layer import Layer


@checked(x="N C H W", W="C K kH kW", b="K", stride=check_count, padding=check_border)
def conv_transpose2d(
    x: NDArray, W: NDArray, b: NDArray, stride: int = 1, padding: int = 0
) -> NDArray:
    """Transposed convolution of x: the stamps of its pixels, ``stride`` apart, added up.

    x: (N, C, H, W)  W: (C, K, kH, kW)  b: (K,)  ->  z: (N, K, H_out, W_out)
    with H_out = (H - 1) * stride + kH - 2 * padding, and W_out likewise.
    padding: rows and columns that are cut off on each side; ``ValueError`` if nothing is left.
    """
    shape = transposed_shape(x.shape, W.shape, stride, padding)
    return conv2d_backward_input(x, shape, W, stride, padding) + b[:, np.newaxis, np.newaxis]


@checked(
    grad="N K H_out W_out",
    x="N C H W",
    W="C K kH kW",
    stride=check_count,
    padding=check_border,
)
def conv_transpose2d_backward(
    grad: NDArray, x: NDArray, W: NDArray, stride: int = 1, padding: int = 0
) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``conv_transpose2d``, given ``grad`` (N, K, H_out, W_out).

    Returns dL/dx (N, C, H, W), dL/dW (C, K, kH, kW), dL/db (K,). A pixel collects from where it was
    stamped, weighted by the filter: a convolution of the gradient.
    """
    shape = transposed_shape(x.shape, W.shape, stride, padding)
    check_shape("conv_transpose2d_backward: grad", grad, shape)
    patches = im2col(grad, W.shape[2:], stride, padding)
    dx = filter_patches(patches, W, np.zeros(len(W), W.dtype))
    dW, _ = conv2d_backward_params(x, patches)
    return dx, dW, grad.sum(axis=(0, 2, 3))


def transposed_shape(
    x: tuple[int, ...], W: tuple[int, ...], stride: int, padding: int
) -> tuple[int, ...]:
    """Shape (N, K, H_out, W_out) of the transposed convolution of a shape x with a shape W.

    ``ValueError`` if the padding leaves nothing.
    """
    (N, _, *sizes), (_, K, *window) = x, W
    found = [(n - 1) * stride + k - 2 * padding for n, k in zip(sizes, window, strict=True)]
    if min(found) < 1:
        raise ValueError(
            f"conv_transpose2d: padding is {padding}, wanted less: a picture of {sizes[0]} x"
            f" {sizes[1]} would become {found[0]} x {found[1]}"
        )
    return (N, K, *found)


class ConvTranspose2d(Layer):
    """Transposed convolution; ``params``: W (in_channels, out_channels, kH, kW), b (out_channels,).

    kernel_size: a number, or (kH, kW); stride and padding as in ``conv_transpose2d``.
    rng: a ``numpy.random.Generator`` or a seed for the weights; None draws new ones each time.
    init: a function of (shape, rng) from ``nn.initialization``; the biases start at zero.
    """

    @checked(
        in_channels=check_count,
        out_channels=check_count,
        kernel_size=as_pair,
        stride=check_count,
        padding=check_border,
    )
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        stride: int = 1,
        padding: int = 0,
        *,
        rng: RandomSource = None,
        init: Callable[[tuple[int, ...], np.random.Generator], NDArray] = he_normal,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        window = as_pair("kernel_size", kernel_size)
        # init takes the shape of a convolution, (out, in, kH, kW), and so knows the fan-in
        W = init((out_channels, in_channels, *window), as_generator(rng)).swapaxes(0, 1)
        self.params = {"W": W.astype(dtype, order="C"), "b": np.zeros(out_channels, dtype)}
        self.in_channels, self.out_channels = in_channels, out_channels
        self.stride, self.padding = stride, padding

    @checked(x="N in_channels H W")
    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return conv_transpose2d(x, self.params["W"], self.params["b"], self.stride, self.padding)

    def backward(self, grad: NDArray) -> NDArray:
        x, W = self.recall(), self.params["W"]
        dx, self.grads["W"], self.grads["b"] = conv_transpose2d_backward(
            grad, x, W, self.stride, self.padding
        )
        return dx
