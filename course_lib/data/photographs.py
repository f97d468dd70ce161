"""Five photographs that anyone may use for anything, and ways to bring them to a network's size.

``packing/pack_photos.py`` made the packed file from the originals.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_array, check_count, checked
from course_lib.data.packed_files import read_only, read_packed

PACKED = Path(__file__).with_name("photos.npz")
SHAPES = {  # (channels, height, width); the shorter side has 256 pixels
    "cat": (3, 256, 385),
    "coffee": (3, 256, 384),
    "camera": (1, 256, 256),
    "astronaut": (3, 256, 256),
    "rocket": (3, 256, 384),
}


@functools.cache
def photos() -> Mapping[str, NDArray[Any]]:
    """Five photographs by name, each (3, H, W), float32 in [0, 1], channels red, green, blue.

    The shorter side has 256 pixels. Loaded once per process; all is read-only because all callers
    share it. ``RuntimeError`` if the packed file is missing or damaged.

    Source: the package scikit-image, made smaller here. "cat" (Stefan van der Walt's Chelsea),
    "coffee" (Rachel Michetti) and "camera" (Lav Varshney; it is grey, so its channels are equal)
    are CC0; "astronaut" (NASA: Eileen Collins) and "rocket" (SpaceX) are in the public domain.
    """
    pictures = {}
    for name, steps in zip(SHAPES, read_packed(PACKED, **SHAPES), strict=True):
        # Packed are the steps from pixel to pixel of a row, modulo 256: they compress better.
        pixels = np.cumsum(steps, axis=-1, dtype=np.uint8)
        picture = np.multiply(pixels, np.float32(1 / 255), dtype=np.float32)
        pictures[name] = read_only(np.repeat(picture, 3 // len(picture), axis=0))
    return MappingProxyType(pictures)


@checked(size=check_count)
def center_square(picture: NDArray[Any], size: int) -> NDArray[Any]:
    """The largest square in the middle of a picture, brought to ``size`` pixels a side.

    picture: (..., H, W)  ->  (..., size, size)
    """
    H, W = _height_and_width("center_square", picture)
    side = min(H, W)
    top, left = (H - side) // 2, (W - side) // 2
    return resize(picture[..., top : top + side, left : left + side], size, size)


@checked(height=check_count, width=check_count)
def resize(picture: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """A picture with other numbers of pixels: (..., H, W)  ->  (..., height, width).

    Made larger, it is interpolated linearly. Made smaller, each pixel is a mean over all those
    that it replaces, weighted by how close they are, so that no fine pattern turns into a coarse
    one.
    """
    H, W = _height_and_width("resize", picture)
    rows = _weights(H, height).astype(picture.dtype)
    columns = _weights(W, width).astype(picture.dtype)
    resized = rows @ picture @ columns.T
    return np.clip(resized, picture.min(), picture.max())  # where rounding went a little beyond


def _height_and_width(function: str, picture: NDArray[Any]) -> tuple[int, ...]:
    shape = check_array(f"{function}: picture", picture, "f").shape
    if len(shape) < 2 or 0 in shape:
        raise ValueError(f"{function}: picture has shape {shape}, wanted (..., H, W)")
    return shape[-2:]


def _weights(size: int, wanted: int) -> NDArray[Any]:
    """How much each of ``size`` pixels counts in each of ``wanted`` new ones: (wanted, size).

    Triangles around the new pixels' middles, as wide as the larger of an old and a new pixel.
    """
    middles = (np.arange(wanted) + 0.5) * size / wanted - 0.5
    distances = np.abs(np.arange(size) - middles[:, np.newaxis])
    triangles = np.maximum(0, 1 - distances / max(size / wanted, 1))
    return triangles / triangles.sum(axis=1, keepdims=True)
