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


def iou(a: Any, b: Any) -> float:
    """Intersection over union of two masks of the same shape; 1 if both are empty."""
    a, b = np.asarray(a, bool), np.asarray(b, bool)
    check_shape("iou: b", b, a.shape)
    return _ratio(a & b, a | b) if (a | b).any() else 1.0


def _ratio(part: NDArray, whole: NDArray) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else 0.0


def _pair(function: str, y_hat: Any, y: Any) -> tuple[NDArray, NDArray]:
    y_hat, y = np.asarray(y_hat), np.asarray(y)
    check_shape(f"{function}: y", y, ("N",))
    check_shape(f"{function}: y_hat", y_hat, y.shape)
    return y_hat, y
