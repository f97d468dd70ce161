"""How a small window walks over a picture: counting its places, padding, views of what it sees.

Shared by convolution and pooling. Sizes along one axis are numbers; a window is (height, width).
"""

from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import check_count, check_padding, checked

Padding = int | Literal["same"]


@checked(size=check_count, window=check_count, stride=check_count, padding=check_padding)
def output_size(size: int, window: int, stride: int = 1, padding: Padding = 0) -> int:
    """Number of places of a window along one axis: ``(size - window + 2 * padding) / stride + 1``.

    Rounded down; with padding "same", ``size / stride`` rounded up. ``ValueError`` for sizes below
    1 and for a window larger than the padded picture.
    """
    before, after = padding_amounts(size, window, stride, padding)
    if window > size + before + after:
        raise ValueError(
            f"the window of size {window} is larger than the picture of size {size}"
            f" with padding {padding!r}"
        )
    return (size + before + after - window) // stride + 1


def padding_amounts(size: int, window: int, stride: int, padding: Padding) -> tuple[int, int]:
    """Zeros to add before and after one axis; "same" puts an odd one after."""
    if padding != "same":
        return padding, padding
    places = -(-size // stride)  # rounded up
    total = max(0, (places - 1) * stride + window - size)
    return total // 2, total - total // 2


def windows(
    x: NDArray, window: tuple[int, ...], stride: int, padding: Padding = 0, border: float = 0
) -> NDArray:
    """What a window sees of x (N, C, H, W), with its border: (kH, kW, N, C, H_out, W_out).

    ``windows(x, ...)[u, v]`` holds, for each place of the window, the pixel in its row u, column v.
    border: the value of the pixels that padding adds.
    """
    padded, inside = blank_canvas(x.shape, window, stride, padding, x.dtype)
    if border:
        padded[...] = border
    inside[...] = x
    return view_windows(padded, window, stride)


def add_windows(
    parts: NDArray, shape: tuple[int, ...], stride: int, padding: Padding = 0
) -> NDArray:
    """A picture of ``shape`` (N, C, H, W) with ``parts``, shaped like its windows, added up on it.

    What ``windows`` takes apart this puts together: it is the backward pass of it.
    """
    window = parts.shape[:2]
    padded, inside = blank_canvas(shape, window, stride, padding, parts.dtype)
    places = view_windows(padded, window, stride)
    for u, v in np.ndindex(window):  # for one (u, v) no two places share a pixel
        places[u, v] += parts[u, v]
    return inside


def blank_canvas(
    shape: tuple[int, ...],
    window: tuple[int, ...],
    stride: int,
    padding: Padding,
    dtype: DTypeLike,
) -> tuple[NDArray, NDArray]:
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


def view_windows(x: NDArray, window: tuple[int, ...], stride: int) -> NDArray:
    """What a window sees of x, which has its border already; nothing is copied."""
    view = sliding_window_view(x, window, axis=(2, 3), writeable=True)
    return np.moveaxis(view[:, :, ::stride, ::stride], (4, 5), (0, 1))
