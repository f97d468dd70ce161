"""Data sets, their three parts, and mini-batches."""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Dataset:
    """Samples to learn from, to choose with, and to be judged on, once.

    X_*: float32 arrays with one sample per row, y_*: their labels or targets. A part that a data
    set does not have is empty. classes: the names of the labels 0, 1, ...
    """

    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    classes: tuple[str, ...] = ()
    name: str = ""

    def join_validation(self):
        """The same data with the validation part given back to training, once all is chosen."""
        return replace(
            self,
            X_train=np.concatenate([self.X_train, self.X_val]),
            y_train=np.concatenate([self.y_train, self.y_val]),
            X_val=self.X_val[:0],
            y_val=self.y_val[:0],
        )

    def __repr__(self):
        sizes = " + ".join(str(len(y)) for y in (self.y_train, self.y_val, self.y_test))
        return f"Dataset({self.name!r}, {sizes} samples of shape {self.X_train.shape[1:]})"


def train_val_test_split(x, y, shares=(0.6, 0.2, 0.2), *, rng=0, classes=(), name=""):
    """Deal the samples at random into the three parts of a ``Dataset``.

    x: (N, ...), y: (N,); shares: of train, validation and test, summing to 1; rng: a Generator or a
    seed. Each class is dealt by itself when y holds integers, so that every part has the
    distribution of the whole (up to rounding).
    """
    x, y = np.asarray(x), np.asarray(y)
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(f"y has {len(y)} labels, wanted one for each of the {len(x)} samples of x")
    if len(shares) != 3 or min(shares) < 0 or not np.isclose(sum(shares), 1):
        raise ValueError(f"shares is {shares}, wanted three shares of at least 0 that sum to 1")
    rng = np.random.default_rng(rng)
    groups = [np.flatnonzero(y == k) for k in np.unique(y)] if y.dtype.kind in "iu" else None
    parts = [[], [], []]
    for group in groups or [np.arange(len(y))]:
        cuts = np.round(np.cumsum(shares)[:2] * len(group)).astype(int)
        for part, indices in zip(parts, np.split(rng.permutation(group), cuts), strict=True):
            part.append(indices)
    train, val, test = (rng.permutation(np.concatenate(part)) for part in parts)
    return Dataset(x[train], y[train], x[val], y[val], x[test], y[test], tuple(classes), name)


def batches(x, y, size, rng=None):
    """Yield ``(x, y)`` in mini-batches of ``size`` samples; the last may be smaller.

    rng: a Generator or a seed that shuffles the samples; None keeps their order.
    """
    if size < 1:
        raise ValueError(f"size is {size}, wanted at least 1")
    if len(x) != len(y):
        raise ValueError(f"y has {len(y)} labels, wanted one for each of the {len(x)} samples of x")
    order = None if rng is None else np.random.default_rng(rng).permutation(len(x))
    for start in range(0, len(x), size):
        chosen = slice(start, start + size) if order is None else order[start : start + size]
        yield x[chosen], y[chosen]
