import numpy as np
import pytest

from course_lib import metrics

Y_HAT = np.array([1, 0, 1, 1, 0, 1])
Y = np.array([1, 0, 0, 1, 1, 1])


def test_by_hand():
    assert metrics.accuracy(Y_HAT, Y) == pytest.approx(4 / 6)
    assert metrics.precision(Y_HAT, Y) == pytest.approx(3 / 4)
    assert metrics.recall(np.array([1, 0, 0, 1, 0, 0]), Y) == pytest.approx(2 / 4)
    assert metrics.precision(Y_HAT, Y, positive=0) == pytest.approx(1 / 2)
    assert metrics.confusion_matrix(Y_HAT, Y, 3).tolist() == [[1, 1, 0], [1, 3, 0], [0, 0, 0]]
    a, b = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    a[:2], b[1:3] = True, True
    assert metrics.iou(a, b) == pytest.approx(4 / 12)


def test_where_nothing_is_there():
    zeros, ones = np.zeros(3, int), np.ones(3, int)
    assert metrics.precision(zeros, ones) == 0
    assert metrics.recall(ones, zeros) == 0
    assert metrics.iou(zeros, zeros) == 1
    assert metrics.iou(zeros, ones) == 0


@pytest.mark.parametrize("name", ["accuracy", "precision", "recall"])
def test_shapes_that_do_not_fit_are_named(name):
    for y_hat, y in [(Y_HAT, Y[:3]), (Y_HAT[:, np.newaxis], Y[:, np.newaxis]), (Y[:0], Y[:0])]:
        with pytest.raises(ValueError, match=f"{name}: y.* has shape"):
            getattr(metrics, name)(y_hat, y)


def test_labels_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="y_hat has the value 7, wanted 0 to 1"):
        metrics.confusion_matrix(np.array([0, 7]), np.array([0, 1]), 2)
    with pytest.raises(TypeError, match="y has dtype float64"):
        metrics.confusion_matrix(np.array([0, 1]), np.array([0, 1.5]), 2)
    with pytest.raises(ValueError, match="b has shape"):
        metrics.iou(np.ones(2), np.ones(3))
