"""Convolution: the same small filter at every place of a picture.

Told twice: ``conv2d_loops`` says what is computed, ``conv2d`` computes it as one matrix product of
the filters with all the patches that they meet (im2col). As everywhere in this field the filter is
not flipped, so mathematicians would call it a cross-correlation.
Sources: LeCun et al. 1998; Chellapilla, Puri and Simard 2006 (im2col).
"""

import numpy as np

from course_lib.nn.initialization import he_normal
from course_lib.nn.layer import Layer
from course_lib.nn.shapes import check_shape, shapes
from course_lib.nn.windows import add_windows, check_count, windows


@shapes(x="N C H W", W="K C kH kW", b="K")
def conv2d_loops(x, W, b, stride=1, padding=0):
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


@shapes(x="N C H W", W="K C kH kW", b="K")
def conv2d(x, W, b, stride=1, padding=0):
    """Convolution of pictures x with the filters W.

    x: (N, C, H, W)  W: (K, C, kH, kW)  b: (K,)  ->  z: (N, K, H_out, W_out)
    with H_out = (H - kH + 2 * padding) / stride + 1, rounded down, and W_out likewise.
    padding: rows and columns of zeros on each side, or "same": ceil(H / stride) rows come out, an
    odd zero going to the bottom and right. ``ValueError`` if the filter is larger than the picture.
    """
    return filter_patches(im2col(x, W.shape[2:], stride, padding), W, b)


@shapes(grad="N K H_out W_out", x="N C H W", W="K C kH kW")
def conv2d_backward(grad, x, W, stride=1, padding=0):
    """Gradients of a loss through ``conv2d``, given ``grad`` = dL/dz (N, K, H_out, W_out).

    Returns dL/dx (N, C, H, W), dL/dW (K, C, kH, kW), dL/db (K,).
    """
    patches = im2col(x, W.shape[2:], stride, padding)
    check_shape("conv2d_backward", "grad", grad, (len(x), len(W), *patches.shape[3:5]))
    dW, db = conv2d_backward_params(grad, patches)
    return conv2d_backward_input(grad, x.shape, W, stride, padding), dW, db


@shapes(x="N C H W")
def im2col(x, window, stride, padding):
    """All the patches of x that a window meets: (C, kH, kW, H_out, W_out, N), a copy."""
    patches = windows(x, window, stride, padding)
    return np.ascontiguousarray(patches.transpose(3, 0, 1, 4, 5, 2))


@shapes(patches="C kH kW H_out W_out N", W="K C kH kW", b="K")
def filter_patches(patches, W, b):
    """Every filter times every patch, as one product of two matrices: what ``conv2d`` returns."""
    K, size = len(W), W[0].size
    z = W.reshape(K, size) @ patches.reshape(size, -1) + b[:, np.newaxis]
    return z.reshape(K, *patches.shape[3:]).transpose(3, 0, 1, 2)


def conv2d_backward_params(grad, patches):
    """dL/dW and dL/db of ``conv2d``, given the patches of its forward pass."""
    grad = _filters_first(grad)
    dW = grad @ patches.reshape(-1, grad.shape[1]).T
    return dW.reshape(-1, *patches.shape[:3]), grad.sum(axis=1)


def conv2d_backward_input(grad, shape, W, stride, padding):
    """dL/dx of ``conv2d`` for x of ``shape``: each pixel collects from the patches that held it."""
    (K, C, kH, kW), (N, _, H_out, W_out) = W.shape, grad.shape
    dpatches = W.reshape(K, -1).T @ _filters_first(grad)
    dpatches = dpatches.reshape(C, kH, kW, H_out, W_out, N).transpose(1, 2, 5, 0, 3, 4)
    return add_windows(dpatches, shape, stride, padding)


def _filters_first(grad):
    """The gradient (N, K, H_out, W_out) as a matrix (K, H_out * W_out * N)."""
    return grad.transpose(1, 2, 3, 0).reshape(grad.shape[1], -1)


class Conv2d(Layer):
    """Convolution with ``params`` W (out_channels, in_channels, kH, kW) and b (out_channels,).

    kernel_size: a number, or (kH, kW); stride and padding as in ``conv2d``.
    rng: a ``numpy.random.Generator`` or a seed for the weights; None draws new ones each time.
    init: a function of (shape, rng) from ``nn.initialization``; the biases start at zero.
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        *,
        rng=None,
        init=he_normal,
        dtype=np.float32,
    ):
        super().__init__()
        check_count("stride", stride, 1)
        if padding != "same":
            check_count("padding", padding, 0)
        window = (kernel_size, kernel_size) if np.isscalar(kernel_size) else tuple(kernel_size)
        W = init((out_channels, in_channels, *window), np.random.default_rng(rng))
        self.params = {"W": W.astype(dtype), "b": np.zeros(out_channels, dtype)}
        self.stride, self.padding = stride, padding

    def forward(self, x):
        W, b = self.params["W"], self.params["b"]
        patches = im2col(x, W.shape[2:], self.stride, self.padding)
        self.remember((patches, x.shape))
        return filter_patches(patches, W, b)

    def backward(self, grad):
        self.backward_params(grad)
        _, shape = self.recall()
        return conv2d_backward_input(grad, shape, self.params["W"], self.stride, self.padding)

    def backward_params(self, grad):
        patches, (N, *_) = self.recall()
        check_shape(
            "Conv2d.backward", "grad", grad, (N, len(self.params["b"]), *patches.shape[3:5])
        )
        self.grads["W"], self.grads["b"] = conv2d_backward_params(grad, patches)
