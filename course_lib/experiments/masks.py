"""How well predicted masks agree with true ones."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_shape
from course_lib.metrics import confusion_matrix, iou


def mask_scores(predicted: Any, truth: Any) -> dict[str, float]:
    """``accuracy`` of the pixels, and ``iou`` and ``dice`` of the masks.

    predicted, truth: of one shape, what is not 0 belongs to the object. The pixels of all pictures
    are counted together. IoU and Dice of two empty masks are 1.
    """
    predicted, truth = np.asarray(predicted, bool), np.asarray(truth, bool)
    check_shape("mask_scores: predicted", predicted, truth.shape)
    share = iou(predicted, truth)
    dice = 2 * share / (1 + share)
    return {"accuracy": float(np.mean(predicted == truth)), "iou": share, "dice": dice}


def class_ious(predicted: NDArray, truth: NDArray, classes: int) -> NDArray:
    """IoU of each class of a labelled picture, NaN for a class that is in neither: (classes,).

    predicted, truth: whole numbers of one shape, the class of each pixel.
    """
    counts = confusion_matrix(np.ravel(predicted), np.ravel(truth), classes)
    both = np.diag(counts)
    either = counts.sum(axis=0) + counts.sum(axis=1) - both
    return np.where(either > 0, both / np.maximum(either, 1), np.nan)
