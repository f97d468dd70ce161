"""The nearest neighbors of a picture: a classifier that keeps every sample and learns nothing."""

import numpy as np
from numpy.typing import NDArray


def nearest(x_train: NDArray, x: NDArray, k: int = 1) -> NDArray:
    """Indices (N, k) of the k rows of x_train (M, D) nearest to each row of x (N, D), in order.

    ``|a - b|**2 = |a|**2 - 2 a @ b + |b|**2``, and the last term is the same for all of x_train.
    """
    squares = (x_train**2).sum(axis=1)
    found = []
    for part in np.array_split(x, -(-len(x) // 500)):  # 500 rows of distances at a time
        distances = squares - 2 * part @ x_train.T
        near = np.argpartition(distances, k - 1, axis=1)[:, :k]
        order = np.argsort(np.take_along_axis(distances, near, axis=1), axis=1, kind="stable")
        found.append(np.take_along_axis(near, order, axis=1))
    return np.concatenate(found)


def vote(labels: NDArray, classes: int) -> NDArray:
    """The commonest of each row of labels (N, k); of equally common ones the smallest: (N,)."""
    return np.stack([np.bincount(row, minlength=classes) for row in labels]).argmax(axis=1)
