"""Augmentation: more pictures from those that are there, changed in ways that keep their label.

What keeps the label depends on the data: a digit may be turned a little, but a 6 turned by half a
circle is a 9, and a mirrored digit is none. Source: Simard, Steinkraus and Platt 2003.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, as_generator, check_dtype, check_number, checked

SMOOTH = 4.0  # pixels over which an elastic field hardly changes; Simard's value for MNIST


@checked(x="N C H W", degrees="N", shift="N 2", zoom="N", field="N 2 H W")
def transform(
    x: NDArray,
    degrees: NDArray,
    shift: NDArray,
    zoom: NDArray,
    field: NDArray | None = None,
) -> NDArray:
    """Turn, move and scale each picture about its centre; what comes from outside is 0.

    x: (N, C, H, W)  degrees: (N,), counter-clockwise  shift: (N, 2), pixels down and right
    zoom: (N,), above 1 enlarges  field: (N, 2, H, W), pixels down and right by which each place is
    displaced as well  ->  pictures like x. Values between pixels are interpolated linearly in both
    directions. Raises ``TypeError`` for whole numbers, which can't be interpolated.
    """
    check_dtype("transform: x", x, np.floating, "a floating-point one")
    H, W = x.shape[2:]
    angle = np.deg2rad(degrees)[:, np.newaxis, np.newaxis]
    scale = zoom[:, np.newaxis, np.newaxis]
    middle_row, middle_column = (H - 1) / 2, (W - 1) / 2
    rows, columns = np.mgrid[:H, :W]
    # For each pixel of the result, where in x it comes from: the moves undone, last one first.
    down = rows - middle_row - shift[:, 0, np.newaxis, np.newaxis]
    right = columns - middle_column - shift[:, 1, np.newaxis, np.newaxis]
    if field is not None:
        down, right = down - field[:, 0], right - field[:, 1]
    row = (np.cos(angle) * down + np.sin(angle) * right) / scale + middle_row
    column = (np.cos(angle) * right - np.sin(angle) * down) / scale + middle_column
    return _interpolate(x, row, column)


def _interpolate(x: NDArray, row: NDArray, column: NDArray) -> NDArray:
    """Values of x at places between pixels, (N, H, W) rows and columns; 0 outside the picture."""
    N, C, H, W = x.shape
    padded = np.zeros((N, H + 2, W + 2, C), x.dtype)  # one blank pixel all around
    padded[:, 1:-1, 1:-1] = x.transpose(0, 2, 3, 1)
    row, column = np.clip(row + 1, 0, H + 1), np.clip(column + 1, 0, W + 1)
    top, left = np.minimum(row.astype(int), H), np.minimum(column.astype(int), W)
    below = (row - top).astype(x.dtype)[..., np.newaxis]
    beside = (column - left).astype(x.dtype)[..., np.newaxis]
    n = np.arange(N)[:, np.newaxis, np.newaxis]
    upper = (1 - beside) * padded[n, top, left] + beside * padded[n, top, left + 1]
    lower = (1 - beside) * padded[n, top + 1, left] + beside * padded[n, top + 1, left + 1]
    return ((1 - below) * upper + below * lower).transpose(0, 3, 1, 2)


def elastic_field(N: int, H: int, W: int, rng: RandomSource, smooth: float = SMOOTH) -> NDArray:
    """Random displacements for ``transform`` that bend a picture, (N, 2, H, W), of variance 1.

    White noise, smoothed by a Gaussian window of standard deviation ``smooth`` in pixels.
    """

    def window(size: int) -> NDArray:
        distance = np.arange(size)[:, np.newaxis] - np.arange(size)
        weights = np.exp(-0.5 * (distance / smooth) ** 2)
        return weights / np.linalg.norm(weights, axis=1, keepdims=True)  # keeps the variance at 1

    return window(H) @ as_generator(rng).standard_normal((N, 2, H, W)) @ window(W).T


@dataclass(frozen=True)
class RandomTransform:
    """Augmentation for ``training.fit``: every picture turned, moved, scaled, bent, lit at random.

    Each picture draws its own values, evenly between minus and plus of: ``rotation`` in degrees,
    ``shift`` in pixels, ``zoom`` as a share (0.1: from 0.9 to 1.1), ``brightness`` as a share by
    which all its values are multiplied. ``elastic``: standard deviation, in pixels, of the
    ``elastic_field`` that displaces its places.
    """

    rotation: float = 0.0
    shift: float = 0.0
    zoom: float = 0.0
    brightness: float = 0.0
    elastic: float = 0.0

    def __post_init__(self) -> None:
        limits = {"rotation": 360, "zoom": 1, "brightness": 1}
        for name, value in vars(self).items():
            high = limits.get(name, np.inf)
            wanted = "at least 0" + (f" and less than {high}" if name in limits else "")
            check_number(f"RandomTransform: {name}", value, lambda v: 0 <= v < high, wanted)  # noqa: B023

    def __call__(self, x: NDArray, rng: RandomSource) -> NDArray:
        """Changed copies of the pictures x (N, C, H, W), from random numbers of ``rng``."""
        N, _, H, W = x.shape
        degrees, shift, zoom, field, light = self.draw(N, H, W, rng)
        return transform(x, degrees, shift, zoom, field) * light.astype(x.dtype)

    def draw(
        self, N: int, H: int, W: int, rng: RandomSource
    ) -> tuple[NDArray, NDArray, NDArray, NDArray | None, NDArray]:
        """What ``transform`` is told for N pictures, and the light that falls on them.

        degrees (N,), shift (N, 2), zoom (N,), field (N, 2, H, W) or None, light (N, 1, 1, 1)
        """
        rng = as_generator(rng)

        def even(low: float, high: float, *shape: int) -> NDArray:
            return rng.uniform(low, high, (N, *shape))

        degrees, shift = even(-self.rotation, self.rotation), even(-self.shift, self.shift, 2)
        zoom = even(1 - self.zoom, 1 + self.zoom)
        field = self.elastic * elastic_field(N, H, W, rng) if self.elastic else None
        light = even(1 - self.brightness, 1 + self.brightness, 1, 1, 1)
        return degrees, shift, zoom, field, light
