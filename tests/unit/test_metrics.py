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


TWO_LABELS = np.array([[1, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
ANSWERS = np.array([[1, 0], [1, 1], [0, 1], [0, 0], [0, 0]])


class TestManyLabels:
    def test_f1_is_the_harmonic_mean_of_precision_and_recall(self):
        p, r = metrics.precision(Y_HAT, Y), metrics.recall(Y_HAT, Y)
        assert metrics.f1(Y_HAT, Y) == pytest.approx(2 * p * r / (p + r))
        assert metrics.f1(Y_HAT > 0, Y > 0) == metrics.f1(Y_HAT, Y)
        assert metrics.f1([0, 0], [0, 0]) == 0
        assert metrics.f1([0, 1], [1, 0]) == 0

    def test_micro_adds_counts_up_and_macro_means_labels(self):
        # first label: 2 right, 0 too many, 1 missed; second: 1 right, 1 too many, 1 missed
        assert metrics.macro_f1(ANSWERS, TWO_LABELS) == pytest.approx((4 / 5 + 2 / 4) / 2)
        assert metrics.micro_f1(ANSWERS, TWO_LABELS) == pytest.approx(6 / 9)

    def test_average_precision_by_hand(self):
        assert metrics.average_precision([3, 2, 1], [1, 0, 1]) == pytest.approx((1 + 2 / 3) / 2)
        assert metrics.average_precision([0.9, 0.8, 0.1], [1, 1, 0]) == 1
        assert np.isnan(metrics.average_precision([1, 2], [0, 0]))

    def test_average_precision_of_equal_scores_is_the_share_of_positives(self):
        assert metrics.average_precision(np.zeros(4), [1, 0, 0, 0]) == 1 / 4
        # one rank of two, then one of three: 1/2 for the first positive, 2/5 for the other
        assert metrics.average_precision([2, 2, 1, 1, 1], [0, 1, 1, 0, 0]) == pytest.approx(0.45)

    def test_average_precision_is_the_area_under_the_steps(self):
        """Its definition: precision at every threshold, weighted by how much recall grows there."""
        rng = np.random.default_rng(0)
        for _ in range(20):
            scores, y = rng.integers(0, 15, 40), rng.integers(0, 2, 40)
            area, before = 0.0, 0.0
            for threshold in np.unique(scores)[::-1]:
                called = (scores >= threshold).astype(int)
                now = metrics.recall(called, y)
                area += (now - before) * metrics.precision(called, y)
                before = now
            assert metrics.average_precision(scores, y) == pytest.approx(area)

    @pytest.mark.parametrize("name", ["f1", "micro_f1", "macro_f1", "average_precision"])
    def test_shapes_that_do_not_fit_are_named(self, name):
        for wrong in (np.zeros((2, 2, 2)), np.zeros(0)):
            with pytest.raises(ValueError, match=f"{name}: y has shape"):
                getattr(metrics, name)(wrong, wrong)
        with pytest.raises(ValueError, match=f"{name}: y_hat has shape"):
            getattr(metrics, name)(np.zeros(7), ANSWERS if "_f1" in name else Y)
