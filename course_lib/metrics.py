"""Metrics: what people want to know of a classifier. None has a gradient; that is why losses exist.

The first argument is what was predicted, the second is the truth, as in the losses.
"""

import numpy as np


def accuracy(y_hat, y):
    """Share of the predictions y_hat (N,) that equal the labels y (N,), in [0, 1]."""
    y_hat, y = _pair("accuracy", y_hat, y)
    return float(np.mean(y_hat == y))


def confusion_matrix(y_hat, y, classes):
    """Counts (classes, classes): row = true class, column = predicted class."""
    y_hat, y = _pair("confusion_matrix", y_hat, y)
    for name, labels in (("y_hat", y_hat), ("y", y)):
        if labels.dtype.kind not in "iu":
            raise TypeError(f"confusion_matrix: {name} has dtype {labels.dtype}, wanted integers")
        if labels.min() < 0 or labels.max() >= classes:
            raise ValueError(
                f"confusion_matrix: {name} runs from {labels.min()} to {labels.max()}, "
                f"wanted 0 to {classes - 1}"
            )
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (y, y_hat), 1)
    return counts


def precision(y_hat, y, positive=1):
    """Of those called positive, the share that is: TP / (TP + FP); 0 if none was called so."""
    y_hat, y = _pair("precision", y_hat, y)
    return _ratio((y_hat == positive) & (y == positive), y_hat == positive)


def recall(y_hat, y, positive=1):
    """Of those that are positive, the share that was found: TP / (TP + FN); 0 if there is none."""
    y_hat, y = _pair("recall", y_hat, y)
    return _ratio((y_hat == positive) & (y == positive), y == positive)


def iou(a, b):
    """Intersection over union of two masks of the same shape; 1 if both are empty."""
    a, b = np.asarray(a, bool), np.asarray(b, bool)
    if a.shape != b.shape:
        raise ValueError(f"iou: b has shape {b.shape}, wanted that of a, {a.shape}")
    return _ratio(a & b, a | b) if (a | b).any() else 1.0


def _ratio(part, whole):
    return float(part.sum() / whole.sum()) if whole.any() else 0.0


def _pair(function, y_hat, y):
    y_hat, y = np.asarray(y_hat), np.asarray(y)
    if y.ndim != 1 or y_hat.shape != y.shape or y.size == 0:
        raise ValueError(
            f"{function}: y_hat has shape {y_hat.shape}, y {y.shape}, wanted (N,) for both, N > 0"
        )
    return y_hat, y
