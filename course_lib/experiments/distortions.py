"""Pictures moved, turned and made noisy, to see whether they are still recognized."""

import numpy as np
from numpy.typing import NDArray

from course_lib.data.augment import transform


def spoil(x: NDArray, shift: int = 0, noise: float = 0.0) -> NDArray:
    """Pictures x (..., H, W) moved right by ``shift`` pixels (left if negative), then made noisy.

    noise: standard deviation of the normal noise that is added, the same each time; the result
    stays in [0, 1].
    """
    moved = np.roll(x, shift, axis=-1)
    if shift:  # what left at one edge would come back at the other
        moved[..., slice(shift) if shift > 0 else slice(shift, None)] = 0
    if noise:
        moved = moved + noise * np.random.default_rng(0).standard_normal(x.shape)
    return np.clip(moved, 0, 1).astype(x.dtype)


def move(x: NDArray, right: float, down: float, degrees: float) -> NDArray:
    """One picture x (1, C, H, W) shifted by pixels and turned counter-clockwise."""
    return transform(x, np.array([degrees]), np.array([[down, right]]), np.ones(1))
