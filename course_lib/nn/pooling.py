"""Pooling: a smaller picture from each window's largest value, or its mean. Nothing is learnt."""

import numpy as np

from course_lib.nn.layer import Layer
from course_lib.nn.shapes import check_shape, shapes
from course_lib.nn.windows import add_windows, check_count, windows


@shapes(x="N C H W")
def max_pool2d(x, size, stride=None):
    """Largest value in each window of ``size`` x ``size``, ``stride`` apart (``size`` if None).

    x: (N, C, H, W)  ->  (N, C, (H - size) / stride + 1, ...), rounded down: a rest at the bottom
    or right is left out. ``ValueError`` if the window is larger than the picture.
    """
    return windows(x, (size, size), _step(size, stride)).max(axis=(0, 1))


@shapes(grad="N C H_out W_out", x="N C H W")
def max_pool2d_backward(grad, x, size, stride=None):
    """dL/dx: each window's gradient goes to its largest value, to the first of equal ones."""
    seen = windows(x, (size, size), _step(size, stride))
    largest = seen.max(axis=(0, 1))
    check_shape("max_pool2d_backward", "grad", grad, largest.shape)
    parts, open_places = np.zeros(seen.shape, grad.dtype), np.ones(largest.shape, bool)
    for u, v in np.ndindex(size, size):
        chosen = (seen[u, v] == largest) & open_places
        parts[u, v] = grad * chosen
        open_places ^= chosen
    return add_windows(parts, x.shape, _step(size, stride))


@shapes(x="N C H W")
def avg_pool2d(x, size, stride=None):
    """Mean of each window; arguments and sizes as in ``max_pool2d``."""
    return windows(x, (size, size), _step(size, stride)).mean(axis=(0, 1))


@shapes(grad="N C H_out W_out", x="N C H W")
def avg_pool2d_backward(grad, x, size, stride=None):
    """dL/dx: every pixel of a window takes the same share of its gradient."""
    seen = windows(x, (size, size), _step(size, stride))
    check_shape("avg_pool2d_backward", "grad", grad, seen.shape[2:])
    return add_windows(np.broadcast_to(grad / size**2, seen.shape), x.shape, _step(size, stride))


class MaxPool2d(Layer):
    """Layer that applies ``max_pool2d``."""

    def __init__(self, size, stride=None):
        super().__init__()
        self.size, self.stride = checked_window(size, stride)

    def forward(self, x):
        self.remember(x)
        return max_pool2d(x, self.size, self.stride)

    def backward(self, grad):
        return max_pool2d_backward(grad, self.recall(), self.size, self.stride)


class AvgPool2d(Layer):
    """Layer that applies ``avg_pool2d``."""

    def __init__(self, size, stride=None):
        super().__init__()
        self.size, self.stride = checked_window(size, stride)

    def forward(self, x):
        self.remember(x)
        return avg_pool2d(x, self.size, self.stride)

    def backward(self, grad):
        return avg_pool2d_backward(grad, self.recall(), self.size, self.stride)


def checked_window(size, stride):
    """Size and stride of a pooling window, if they are whole numbers of at least 1."""
    check_count("size", size, 1)
    if stride is not None:
        check_count("stride", stride, 1)
    return size, _step(size, stride)


def _step(size, stride):
    return size if stride is None else stride
