"""A convolution of three channels with two filters, in small whole numbers."""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.experiments.live.run import LiveRun
from course_lib.nn import conv2d


def numbers(rng: int = 0) -> tuple[NDArray, NDArray, NDArray]:
    """A picture x (3, 5, 5), filters W (2, 3, 3, 3) and biases b (2,)."""
    generator = np.random.default_rng(rng)
    x = generator.integers(0, 3, (3, 5, 5))
    return x, generator.integers(-1, 2, (2, 3, 3, 3)), np.array([1, 0])


def convolution_by_hand(*, stride: int = 2, padding: int = 1) -> LiveRun:
    """The numbers to begin with, and what ``nn.conv2d`` makes of them.

    stride: 1 or 2  padding: 0, 1 or 2, zeros on each side. ``ValueError`` for others.
    """
    check_choice("stride", stride, (1, 2))
    check_choice("padding", padding, (0, 1, 2))
    x, W, b = numbers()
    start = {
        "x": x.tolist(), "W": W.tolist(), "b": b.tolist(), "stride": stride, "padding": padding,
        "channels": ["red", "green", "blue"],
    }  # fmt: skip
    z = conv2d(x[np.newaxis].astype(float), W.astype(float), b.astype(float), stride, padding)[0]
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    shown = {"padded": padded, "W": W, "b": b, "z": z.astype(int), "stride": stride}
    return LiveRun(start, shown | {"padding": padding})
