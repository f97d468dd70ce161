"""Pooling: a smaller picture from each window's largest value, or its mean. Nothing is learnt.

Source: LeCun et al. 1998 (means); Riesenhuber and Poggio 1999 (maxima).
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_border, check_count, check_shape, checked
from course_lib.nn.layer import Layer
from course_lib.nn.windows import add_windows, windows


@checked(x="N C H W", size=check_count, stride=check_count, padding=check_border)
def max_pool2d(x: NDArray, size: int, stride: int | None = None, padding: int = 0) -> NDArray:
    """Largest value in each window of ``size`` x ``size``, ``stride`` apart (``size`` if None).

    x: (N, C, H, W)  ->  (N, C, (H - size + 2 * padding) / stride + 1, ...), rounded down: a rest at
    the bottom or right is left out. ``ValueError`` if the window is larger than the picture.
    padding: rows and columns on each side that are never the largest; at most half of ``size``, so
    that every window sees a pixel.
    """
    check_half("max_pool2d", size, padding)
    return windows(x, (size, size), step(size, stride), padding, lowest(x)).max(axis=(0, 1))


@checked(grad="N C H_out W_out", x="N C H W")
@checked(size=check_count, stride=check_count, padding=check_border)
def max_pool2d_backward(
    grad: NDArray, x: NDArray, size: int, stride: int | None = None, padding: int = 0
) -> NDArray:
    """dL/dx, given ``grad`` = dL/dy (N, C, H_out, W_out) and the x of the forward pass.

    Each window's gradient goes to its largest value, to the first of equal ones.
    """
    check_half("max_pool2d_backward", size, padding)
    seen = windows(x, (size, size), step(size, stride), padding, lowest(x))
    largest = seen.max(axis=(0, 1))
    check_shape("max_pool2d_backward: grad", grad, largest.shape)
    parts, open_places = np.zeros(seen.shape, grad.dtype), np.ones(largest.shape, bool)
    for u, v in np.ndindex(size, size):
        chosen = (seen[u, v] == largest) & open_places
        parts[u, v] = grad * chosen
        open_places ^= chosen
    return add_windows(parts, x.shape, step(size, stride), padding)


def lowest(x: NDArray) -> float:
    """The number of x's dtype that is below all others, for a border that no maximum sees."""
    return -np.inf if x.dtype.kind == "f" else 0 if x.dtype.kind == "b" else np.iinfo(x.dtype).min


@checked(x="N C H W", size=check_count, stride=check_count)
def avg_pool2d(x: NDArray, size: int, stride: int | None = None) -> NDArray:
    """Mean of each window of ``size`` x ``size``, ``stride`` apart (``size`` if None).

    x: (N, C, H, W)  ->  (N, C, (H - size) / stride + 1, ...), rounded down, as in ``max_pool2d``.
    """
    return windows(x, (size, size), step(size, stride)).mean(axis=(0, 1))


@checked(grad="N C H_out W_out", x="N C H W", size=check_count, stride=check_count)
def avg_pool2d_backward(grad: NDArray, x: NDArray, size: int, stride: int | None = None) -> NDArray:
    """dL/dx, given ``grad`` = dL/dy (N, C, H_out, W_out) and the x of the forward pass.

    Every pixel of a window takes the same share of its gradient.
    """
    seen = windows(x, (size, size), step(size, stride))
    check_shape("avg_pool2d_backward: grad", grad, seen.shape[2:])
    return add_windows(np.broadcast_to(grad / size**2, seen.shape), x.shape, step(size, stride))


class MaxPool2d(Layer):
    """Layer that applies ``max_pool2d``."""

    @checked(size=check_count, stride=check_count, padding=check_border)
    def __init__(self, size: int, stride: int | None = None, padding: int = 0) -> None:
        super().__init__()
        check_half("MaxPool2d", size, padding)
        self.size, self.stride, self.padding = size, step(size, stride), padding

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return max_pool2d(x, self.size, self.stride, self.padding)

    def backward(self, grad: NDArray) -> NDArray:
        return max_pool2d_backward(grad, self.recall(), self.size, self.stride, self.padding)


class AvgPool2d(Layer):
    """Layer that applies ``avg_pool2d``."""

    @checked(size=check_count, stride=check_count)
    def __init__(self, size: int, stride: int | None = None) -> None:
        super().__init__()
        self.size, self.stride = size, step(size, stride)

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return avg_pool2d(x, self.size, self.stride)

    def backward(self, grad: NDArray) -> NDArray:
        return avg_pool2d_backward(grad, self.recall(), self.size, self.stride)


def check_half(name: str, size: int, padding: int) -> None:
    """``ValueError`` if a window could lie in the border alone."""
    if padding > size // 2:
        raise ValueError(
            f"{name}: padding is {padding}, wanted at most {size // 2}, half the window's size"
        )


def step(size: int, stride: int | None) -> int:
    """How far apart the windows are: side by side unless a stride is given."""
    return size if stride is None else stride
