"""Metrics: what people want to know of a classifier. None has a gradient; that is why losses exist.

The first argument is what was predicted, the second is the truth, as in the losses. Both may be
whatever NumPy makes an array of. Raises ``ValueError`` for shapes that differ and for no samples.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_count, check_labels, check_shape, checked


def accuracy(y_hat: Any, y: Any) -> float:
    """Share of the predictions y_hat (N,) that equal the labels y (N,), in [0, 1]."""
    y_hat, y = _pair("accuracy", y_hat, y)
    return float(np.mean(y_hat == y))


@checked(classes=check_count)
def confusion_matrix(y_hat: Any, y: Any, classes: int) -> NDArray:
    """Counts (classes, classes): row = true class, column = predicted class.

    Labels are integers (N,) from 0 to ``classes`` - 1, ``TypeError`` or ``ValueError`` otherwise.
    """
    y_hat, y = _pair("confusion_matrix", y_hat, y)
    check_labels("confusion_matrix: y_hat", y_hat, classes)
    check_labels("confusion_matrix: y", y, classes)
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (y, y_hat), 1)
    return counts


def precision(y_hat: Any, y: Any, positive: int = 1) -> float:
    """Of those called positive, the share that is: TP / (TP + FP); 0 if none was called so."""
    y_hat, y = _pair("precision", y_hat, y)
    return _ratio((y_hat == positive) & (y == positive), y_hat == positive)


def recall(y_hat: Any, y: Any, positive: int = 1) -> float:
    """Of those that are positive, the share that was found: TP / (TP + FN); 0 if there is none."""
    y_hat, y = _pair("recall", y_hat, y)
    return _ratio((y_hat == positive) & (y == positive), y == positive)


def f1(y_hat: Any, y: Any) -> float:
    """Harmonic mean of precision and recall of the class 1: 2 TP / (2 TP + FP + FN).

    0 where nothing is of this class and nothing was called so.
    """
    y_hat, y = _pair("f1", y_hat, y)
    both = int(np.sum((y_hat == 1) & (y == 1)))
    either = int(np.sum(y_hat == 1) + np.sum(y == 1))
    return 2 * both / either if either else 0.0


def micro_f1(y_hat: Any, y: Any) -> float:
    """F1 of many labels at once, y_hat and y (N, L) of 0 and 1: all their counts added up first."""
    y_hat, y = _pair("micro_f1", y_hat, y, "L")
    return f1(y_hat.ravel(), y.ravel())


def macro_f1(y_hat: Any, y: Any) -> float:
    """The mean of the labels' own F1, y_hat and y (N, L) of 0 and 1: each label counts as much."""
    y_hat, y = _pair("macro_f1", y_hat, y, "L")
    return float(np.mean([f1(y_hat[:, k], y[:, k]) for k in range(y.shape[1])]))


def average_precision(scores: Any, y: Any) -> float:
    """Mean, over the positives, of the precision if all that score at least as high are called so.

    scores: (N,), higher for more certain  y: (N,) of 0 and 1  ->  float, 1 if every positive comes
    before every other; NaN if there is none. Equal scores count as one rank.
    """
    scores, y = _pair("average_precision", scores, y)
    positive = scores[y == 1]
    if not len(positive):
        return float("nan")
    ranked, found = np.sort(scores), np.sort(positive)
    called = len(ranked) - np.searchsorted(ranked, positive)
    right = len(found) - np.searchsorted(found, positive)
    return float(np.mean(right / called))


def iou(a: Any, b: Any) -> float:
    """Intersection over union of two masks of the same shape; 1 if both are empty."""
    a, b = np.asarray(a, bool), np.asarray(b, bool)
    check_shape("iou: b", b, a.shape)
    return _ratio(a & b, a | b) if (a | b).any() else 1.0


def _ratio(part: NDArray, whole: NDArray) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else 0.0


def _pair(function: str, y_hat: Any, y: Any, *labels: str) -> tuple[NDArray, NDArray]:
    y_hat, y = np.asarray(y_hat), np.asarray(y)
    check_shape(f"{function}: y", y, ("N", *labels))
    check_shape(f"{function}: y_hat", y_hat, y.shape)
    return y_hat, y
