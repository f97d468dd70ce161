"""A collection of pictures in which the sun shone on the tanks, and what is learnt from it."""

import numpy as np
from numpy.typing import NDArray

from course_lib import data, metrics


def tank_collection(
    share: float, n: int = 400, *, seed: int = 0
) -> tuple[NDArray, NDArray, NDArray]:
    """n pictures, every other one with a tank: x (n, 1, 32, 32), labels, and whether the sun shone.

    share: of the tank pictures that were taken in the sun; of the others, 1 - share were.
    """
    rng = np.random.default_rng(seed)
    tank = np.arange(n) % 2
    sunny = (rng.random(n) < np.where(tank, share, 1 - share)).astype(int)
    return data.tank_pictures(tank, sunny, rng=rng), tank, sunny


def templates(x: NDArray, y: NDArray, classes: int) -> tuple[NDArray, NDArray]:
    """The nearest-mean classifier as weights (D, K) and biases (K,): each class's mean picture.

    ``|x - m|**2`` is smallest where ``x @ m - |m|**2 / 2`` is largest.
    """
    W = np.stack([x[y == k].mean(axis=0).ravel() for k in range(classes)], axis=1)
    return W, -(W**2).sum(axis=0) / 2


def accuracies_after(share: float) -> dict[str, float]:
    """Accuracies of the templates of a collection with this share, on three new collections."""
    x, tank, _ = tank_collection(share, seed=1)
    W, b = templates(x, tank, 2)
    shares = {"same collection": share, "weather at random": 0.5, "every tank under clouds": 0.0}
    accuracies = {}
    for name, other in shares.items():
        x, y, _ = tank_collection(other, seed=2)
        accuracies[name] = metrics.accuracy((x.reshape(len(x), -1) @ W + b).argmax(axis=1), y)
    return accuracies


def mask(box: tuple[int, int, int, int], shape: tuple[int, int]) -> NDArray:
    """Pixels inside ``box`` = (top, left, height, width), as booleans of the given shape."""
    top, left, height, width = box
    inside = np.zeros(shape, bool)
    inside[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = True
    return inside
