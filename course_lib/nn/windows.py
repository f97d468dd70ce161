"""How a small window walks over a picture: counting its places, padding, views of what it sees.

Shared by convolution and pooling. Sizes along one axis are numbers; a window is (height, width).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def output_size(size, window, stride=1, padding=0):
    """Number of places of a window along one axis: ``(size - window + 2 * padding) / stride + 1``.

    Rounded down; with padding "same", ``size / stride`` rounded up. ``ValueError`` for sizes below
    1 and for a window larger than the padded picture.
    """
    check_count("window", window, 1)
    check_count("stride", stride, 1)
    before, after = padding_amounts(size, window, stride, padding)
    if window > size + before + after:
        raise ValueError(
            f"the window of size {window} is larger than the picture of size {size}"
            f" with padding {padding!r}"
        )
    return (size + before + after - window) // stride + 1


def padding_amounts(size, window, stride, padding):
    """Zeros to add before and after one axis; "same" puts an odd one after."""
    if padding != "same":
        check_count("padding", padding, 0)
        return padding, padding
    places = -(-size // stride)  # rounded up
    total = max(0, (places - 1) * stride + window - size)
    return total // 2, total - total // 2


def windows(x, window, stride, padding=0):
    """What a window sees of x (N, C, H, W): a view of shape (kH, kW, N, C, H_out, W_out).

    ``windows(x, ...)[u, v]`` holds, for each place of the window, the pixel in its row u, column v.
    """
    borders = _borders(x.shape, window, stride, padding)
    if np.any(borders):
        x = np.pad(x, [(0, 0), (0, 0), *borders])
    return _view(x, window, stride)


def add_windows(parts, shape, stride, padding=0):
    """A picture of ``shape`` (N, C, H, W) with ``parts``, shaped like its windows, added up on it.

    What ``windows`` takes apart this puts together: it is the backward pass of it.
    """
    window = parts.shape[:2]
    (top, bottom), (left, right) = _borders(shape, window, stride, padding)
    N, C, H, W = shape
    x = np.zeros((N, C, top + H + bottom, left + W + right), parts.dtype)
    places = _view(x, window, stride)
    for u, v in np.ndindex(window):  # for one (u, v) no two places share a pixel
        places[u, v] += parts[u, v]
    return x[:, :, top : top + H, left : left + W]


def _borders(shape, window, stride, padding):
    """Zeros above and below, left and right; ``ValueError`` if the window does not fit."""
    for size, extent in zip(shape[2:], window, strict=True):
        output_size(size, extent, stride, padding)
    return [
        padding_amounts(size, extent, stride, padding)
        for size, extent in zip(shape[2:], window, strict=True)
    ]


def _view(x, window, stride):
    view = sliding_window_view(x, window, axis=(2, 3), writeable=True)
    return np.moveaxis(view[:, :, ::stride, ::stride], (4, 5), (0, 1))


def check_count(name, value, low):
    """``TypeError`` or ``ValueError`` unless ``value`` is a whole number, at least ``low``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is {value!r}, wanted a whole number")
    if value < low:
        raise ValueError(f"{name} is {value}, wanted at least {low}")
