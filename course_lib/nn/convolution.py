"""Convolution: the same small filter at every place of a picture.

Told twice: ``conv2d_loops`` says what is computed, ``conv2d`` computes it as one matrix product of
the filters with all the patches that they meet (im2col). As everywhere in this field the filter is
not flipped, so mathematicians would call it a cross-correlation.
With ``groups`` the channels are dealt out to that many convolutions side by side; as many groups as
channels make it depthwise: each filter then sees one channel.
Sources: LeCun et al. 1998; Chellapilla, Puri and Simard 2006 (im2col); Krizhevsky, Sutskever and
Hinton 2012 (groups).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    as_pair,
    check_count,
    check_padding,
    check_shape,
    checked,
)
from course_lib.nn.initialization import he_normal
from course_lib.nn.layer import Layer
from course_lib.nn.windows import Padding, add_windows, windows


@checked(x="N C H W", W="K C kH kW", b="K", stride=check_count, padding=check_padding)
def conv2d_loops(
    x: NDArray, W: NDArray, b: NDArray, stride: int = 1, padding: Padding = 0
) -> NDArray:
    """Convolution as seven loops: slow, and just what the formula says.

    Arguments and result as in ``conv2d``.
    """
    patches = windows(x, W.shape[2:], stride, padding)
    kH, kW, N, C, H_out, W_out = patches.shape
    z = np.zeros((N, len(W), H_out, W_out), np.result_type(x, W))
    for n in range(N):
        for k in range(len(W)):
            for i in range(H_out):
                for j in range(W_out):
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                z[n, k, i, j] += patches[u, v, n, c, i, j] * W[k, c, u, v]
                    z[n, k, i, j] += b[k]
    return z


@checked(x="N C H W", W="K C_group kH kW", b="K", stride=check_count, padding=check_padding)
@checked(groups=check_count)
def conv2d(
    x: NDArray,
    W: NDArray,
    b: NDArray,
    stride: int = 1,
    padding: Padding = 0,
    groups: int = 1,
) -> NDArray:
    """Convolution of pictures x with the filters W.

    x: (N, C, H, W)  W: (K, C / groups, kH, kW)  b: (K,)  ->  z: (N, K, H_out, W_out)
    with H_out = (H - kH + 2 * padding) / stride + 1, rounded down, and W_out likewise.
    padding: rows and columns of zeros on each side, or "same": ceil(H / stride) rows come out, an
    odd zero going to the bottom and right. ``ValueError`` if the filter is larger than the picture.
    groups: the first K / groups filters see the first C / groups channels, and so on.
    """
    check_groups("conv2d", x.shape[1], W, groups)
    return filter_patches(im2col(x, W.shape[2:], stride, padding), W, b, groups)


@checked(
    grad="N K H_out W_out",
    x="N C H W",
    W="K C_group kH kW",
    stride=check_count,
    padding=check_padding,
    groups=check_count,
)
def conv2d_backward(
    grad: NDArray,
    x: NDArray,
    W: NDArray,
    stride: int = 1,
    padding: Padding = 0,
    groups: int = 1,
) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``conv2d``, given ``grad`` = dL/dz (N, K, H_out, W_out).

    Returns dL/dx (N, C, H, W), dL/dW (K, C / groups, kH, kW), dL/db (K,).
    """
    check_groups("conv2d_backward", x.shape[1], W, groups)
    patches = im2col(x, W.shape[2:], stride, padding)
    check_shape("conv2d_backward: grad", grad, (len(x), len(W), *patches.shape[3:5]))
    dW, db = conv2d_backward_params(grad, patches, groups)
    return conv2d_backward_input(grad, x.shape, W, stride, padding, groups), dW, db


@checked(x="N C H W", stride=check_count, padding=check_padding)
def im2col(x: NDArray, window: tuple[int, ...], stride: int, padding: Padding) -> NDArray:
    """All the patches of x that a window meets: (C, kH, kW, H_out, W_out, N), a copy."""
    patches = windows(x, window, stride, padding)
    return np.ascontiguousarray(patches.transpose(3, 0, 1, 4, 5, 2))


@checked(patches="C kH kW H_out W_out N", W="K C_group kH kW", b="K", groups=check_count)
def filter_patches(patches: NDArray, W: NDArray, b: NDArray, groups: int = 1) -> NDArray:
    """Every filter times every patch, as one product of matrices a group: what ``conv2d`` returns.

    patches: from ``im2col``  W: (K, C / groups, kH, kW)  b: (K,)  ->  (N, K, H_out, W_out)
    """
    K, size = len(W), W[0].size
    z = W.reshape(groups, K // groups, size) @ patches.reshape(groups, size, -1)
    z = z.reshape(K, -1) + b[:, np.newaxis]
    return z.reshape(K, *patches.shape[3:]).transpose(3, 0, 1, 2)


def conv2d_backward_params(
    grad: NDArray, patches: NDArray, groups: int = 1
) -> tuple[NDArray, NDArray]:
    """dL/dW (K, C / groups, kH, kW) and dL/db (K,) of ``conv2d``: what learning needs.

    grad: (N, K, H_out, W_out); patches: those of the forward pass, from ``im2col``.
    """
    (C, kH, kW, *places), K = patches.shape, grad.shape[1]
    grad = filters_first(grad, groups)
    dW = grad @ patches.reshape(groups, -1, math.prod(places)).transpose(0, 2, 1)
    return dW.reshape(K, C // groups, kH, kW), grad.sum(axis=2).reshape(K)


def conv2d_backward_input(
    grad: NDArray,
    shape: tuple[int, ...],
    W: NDArray,
    stride: int,
    padding: Padding,
    groups: int = 1,
) -> NDArray:
    """dL/dx of ``conv2d`` for x of ``shape`` (N, C, H, W): what the layer before needs.

    Each pixel collects from the patches that held it.
    """
    (N, C, *_), (K, _, kH, kW), (H_out, W_out) = shape, W.shape, grad.shape[2:]
    filters = W.reshape(groups, K // groups, -1)
    dpatches = filters.transpose(0, 2, 1) @ filters_first(grad, groups)
    dpatches = dpatches.reshape(C, kH, kW, H_out, W_out, N).transpose(1, 2, 5, 0, 3, 4)
    return add_windows(dpatches, shape, stride, padding)


def filters_first(grad: NDArray, groups: int = 1) -> NDArray:
    """The gradient (N, K, H_out, W_out) as a matrix a group (groups, K / groups, the rest)."""
    return grad.transpose(1, 2, 3, 0).reshape(groups, grad.shape[1] // groups, -1)


def check_groups(name: str, channels: int, W: NDArray, groups: int) -> None:
    """``ValueError`` unless both channels and filters can be dealt out to the groups evenly."""
    if channels % groups or len(W) % groups:
        raise ValueError(
            f"{name}: groups is {groups}, wanted a divisor of the {channels} channels and of the"
            f" {len(W)} filters"
        )
    if W.shape[1] != channels // groups:
        inside = f", the channels of a group: {channels} in {groups} groups" if groups > 1 else ""
        raise ValueError(
            f"{name}: W has shape {W.shape}, wanted (K, C, kH, kW) with C ="
            f" {channels // groups}{inside}"
        )


class Conv2d(Layer):
    """Convolution; ``params``: W (out_channels, in_channels / groups, kH, kW), b (out_channels,).

    kernel_size: a number, or (kH, kW); stride, padding and groups as in ``conv2d``.
    bias: False leaves out b, which a batch normalization that follows would take away again.
    rng: a ``numpy.random.Generator`` or a seed for the weights; None draws new ones each time.
    init: a function of (shape, rng) from ``nn.initialization``; the biases start at zero.
    """

    @checked(
        in_channels=check_count,
        out_channels=check_count,
        kernel_size=as_pair,
        stride=check_count,
        padding=check_padding,
        groups=check_count,
    )
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        stride: int = 1,
        padding: Padding = 0,
        groups: int = 1,
        bias: bool = True,
        *,
        rng: RandomSource = None,
        init: Callable[[tuple[int, ...], np.random.Generator], NDArray] = he_normal,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        window = as_pair("kernel_size", kernel_size)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"Conv2d: groups is {groups}, wanted a divisor of in_channels ({in_channels}) and"
                f" of out_channels ({out_channels})"
            )
        W = init((out_channels, in_channels // groups, *window), as_generator(rng))
        self.params = {"W": W.astype(dtype)}
        if bias:
            self.params["b"] = np.zeros(out_channels, dtype)
        self.in_channels, self.out_channels = in_channels, out_channels
        self.stride, self.padding, self.groups, self.bias = stride, padding, groups, bias

    @checked(x="N in_channels H W")
    def forward(self, x: NDArray) -> NDArray:
        W = self.params["W"]
        b = self.params["b"] if self.bias else np.zeros(self.out_channels, W.dtype)
        patches = im2col(x, W.shape[2:], self.stride, self.padding)
        self.remember((patches, x.shape))
        return filter_patches(patches, W, b, self.groups)

    def backward(self, grad: NDArray) -> NDArray:
        self.backward_params(grad)
        _, shape = self.recall()
        W = self.params["W"]
        return conv2d_backward_input(grad, shape, W, self.stride, self.padding, self.groups)

    def backward_params(self, grad: NDArray) -> None:
        patches, (N, *_) = self.recall()
        check_shape("Conv2d.backward: grad", grad, (N, self.out_channels, *patches.shape[3:5]))
        self.grads["W"], db = conv2d_backward_params(grad, patches, self.groups)
        if self.bias:
            self.grads["b"] = db
