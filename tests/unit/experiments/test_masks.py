import numpy as np
import pytest

from course_lib.experiments.masks import class_ious, mask_scores
from course_lib.metrics import iou, precision, recall


def test_scores_worked_by_hand():
    truth, answer = np.array([1, 1, 1, 1, 0, 0]), np.array([0, 0, 1, 1, 1, 0])
    found = mask_scores(answer, truth)
    assert found == pytest.approx({"accuracy": 0.5, "iou": 2 / 5, "dice": 4 / 7})


def test_dice_is_f1_and_iou_is_that_of_all_pixels():
    rng = np.random.default_rng(0)
    truth, answer = rng.random((2, 4, 1, 6, 6)) > 0.6
    found = mask_scores(answer, truth)
    p, r = precision(answer.ravel(), truth.ravel()), recall(answer.ravel(), truth.ravel())
    assert found["dice"] == pytest.approx(2 * p * r / (p + r))
    assert found["iou"] == iou(answer, truth)


def test_two_empty_masks_agree():
    empty = np.zeros((2, 1, 3, 3))
    assert mask_scores(empty, empty) == {"accuracy": 1, "iou": 1, "dice": 1}


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match="mask_scores: predicted has shape"):
        mask_scores(np.zeros((2, 2)), np.zeros((2, 3)))


def test_ious_of_classes_come_from_all_pixels_and_absent_ones_are_nan():
    truth = np.array([[[0, 0, 1], [1, 3, 3]]])
    answer = np.array([[[0, 1, 1], [1, 3, 0]]])
    found = class_ious(answer, truth, 4)
    np.testing.assert_allclose(found, [1 / 3, 2 / 3, np.nan, 1 / 2])
    for k in (0, 1, 3):
        assert found[k] == pytest.approx(iou(answer == k, truth == k))
