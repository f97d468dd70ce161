"""Data sets, their three parts, and mini-batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    as_samples,
    check_count,
    check_same_length,
    checked,
)


@dataclass(frozen=True)
class Dataset:
    """Samples to learn from, to choose with, and to be judged on, once.

    X_*: float32 arrays with one sample per row, y_*: their labels or targets. A part that a data
    set does not have is empty. classes: the names of the labels 0, 1, ...
    """

    X_train: NDArray
    y_train: NDArray
    X_val: NDArray
    y_val: NDArray
    X_test: NDArray
    y_test: NDArray
    classes: tuple[str, ...] = ()
    name: str = ""

    def join_validation(self) -> Self:
        """The same data with the validation part given back to training, once all is chosen."""
        return replace(
            self,
            X_train=np.concatenate([self.X_train, self.X_val]),
            y_train=np.concatenate([self.y_train, self.y_val]),
            X_val=self.X_val[:0],
            y_val=self.y_val[:0],
        )

    def __repr__(self) -> str:
        sizes = " + ".join(str(len(y)) for y in (self.y_train, self.y_val, self.y_test))
        return f"Dataset({self.name!r}, {sizes} samples of shape {self.X_train.shape[1:]})"


def train_val_test_split(
    x: Any,
    y: Any,
    shares: Sequence[float] = (0.6, 0.2, 0.2),
    *,
    rng: RandomSource = 0,
    classes: Sequence[str] = (),
    name: str = "",
) -> Dataset:
    """Deal the samples at random into the three parts of a ``Dataset``.

    x: (N, ...), y: (N,) or (N, ...); shares: of train, validation and test, summing to 1; rng: a
    Generator or a seed. Each class is dealt by itself when y holds labels, integers (N,), so that
    every part has the distribution of the whole (up to rounding). ``ValueError`` for lengths that
    differ, no samples at all and other shares.
    """
    x, y = as_samples("train_val_test_split: x", x), as_samples("train_val_test_split: y", y)
    check_same_length("train_val_test_split: y", y, "x", x)
    check_count("train_val_test_split: the number of samples", len(x))
    if len(shares) != 3 or min(shares) < 0 or not np.isclose(sum(shares), 1):
        raise ValueError(f"shares is {shares}, wanted three shares of at least 0 that sum to 1")
    rng = as_generator(rng)
    groups = [np.arange(len(y))]
    if y.ndim == 1 and y.dtype.kind in "iu":
        groups = [np.flatnonzero(y == k) for k in np.unique(y)]
    parts: list[list[NDArray]] = [[], [], []]
    for group in groups:
        cuts = np.round(np.cumsum(shares)[:2] * len(group)).astype(int)
        for part, indices in zip(parts, np.split(rng.permutation(group), cuts), strict=True):
            part.append(indices)
    train, val, test = (rng.permutation(np.concatenate(part)) for part in parts)
    return Dataset(x[train], y[train], x[val], y[val], x[test], y[test], tuple(classes), name)


@checked(size=check_count)
def batches(
    x: Any, y: Any, size: int, rng: RandomSource = None
) -> Iterator[tuple[NDArray, NDArray]]:
    """Yield ``(x, y)`` in mini-batches of ``size`` samples; the last may be smaller.

    rng: a Generator or a seed that shuffles the samples; None keeps their order.
    ``ValueError``, at once, for lengths that differ and for a size below 1.
    """
    x, y = as_samples("batches: x", x), as_samples("batches: y", y)
    check_same_length("batches: y", y, "x", x)
    order = None if rng is None else as_generator(rng).permutation(len(x))

    def each() -> Iterator[tuple[NDArray, NDArray]]:
        for start in range(0, len(x), size):
            chosen = slice(start, start + size) if order is None else order[start : start + size]
            yield x[chosen], y[chosen]

    return each()
