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
    check_count("size", size, 1)
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
    """What a window sees of x (N, C, H, W), with its border: (kH, kW, N, C, H_out, W_out).

    ``windows(x, ...)[u, v]`` holds, for each place of the window, the pixel in its row u, column v.
    """
    padded, inside = _canvas(x.shape, window, stride, padding, x.dtype)
    inside[...] = x
    return _view(padded, window, stride)


def add_windows(parts, shape, stride, padding=0):
    """A picture of ``shape`` (N, C, H, W) with ``parts``, shaped like its windows, added up on it.

    What ``windows`` takes apart this puts together: it is the backward pass of it.
    """
    window = parts.shape[:2]
    padded, inside = _canvas(shape, window, stride, padding, parts.dtype)
    places = _view(padded, window, stride)
    for u, v in np.ndindex(window):  # for one (u, v) no two places share a pixel
        places[u, v] += parts[u, v]
    return inside


def _canvas(shape, window, stride, padding, dtype):
    """Zeros for pictures of ``shape`` with their border, and the view of what lies inside it.

    In memory the batch comes last: whatever the window and the stride, neighbours in memory are the
    same pixel of all the pictures, and copying and adding run along them at full speed.
    ``ValueError`` if the window does not fit.
    """
    N, C, H, W = shape
    output_size(H, window[0], stride, padding), output_size(W, window[1], stride, padding)
    top, bottom = padding_amounts(H, window[0], stride, padding)
    left, right = padding_amounts(W, window[1], stride, padding)
    padded = np.zeros((C, top + H + bottom, left + W + right, N), dtype).transpose(3, 0, 1, 2)
    return padded, padded[:, :, top : top + H, left : left + W]


def _view(x, window, stride):
    view = sliding_window_view(x, window, axis=(2, 3), writeable=True)
    return np.moveaxis(view[:, :, ::stride, ::stride], (4, 5), (0, 1))


def check_count(name, value, low):
    """``TypeError`` or ``ValueError`` unless ``value`` is a whole number, at least ``low``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is {value!r}, wanted a whole number")
    if value < low:
        raise ValueError(f"{name} is {value}, wanted at least {low}")
