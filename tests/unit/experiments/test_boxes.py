import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.experiments.boxes import average_precision, box_iou, match, nms, precision_recall
from course_lib.metrics import iou

corners = st.tuples(*[st.integers(0, 7)] * 2, *[st.integers(1, 5)] * 2)
whole_boxes = st.lists(corners, min_size=1, max_size=7).map(
    lambda found: np.array([(x, y, x + w, y + h) for x, y, w, h in found], float)
)


@given(whole_boxes, whole_boxes)
def test_iou_is_that_of_the_pixels(a, b):
    def pixels(box):
        mask = np.zeros((12, 12), bool)
        left, top, right, bottom = box.astype(int)
        mask[top:bottom, left:right] = True
        return mask

    wanted = [[iou(pixels(one), pixels(other)) for other in b] for one in a]
    np.testing.assert_allclose(box_iou(a, b), wanted, atol=1e-12)


def test_iou_of_boxes_worked_by_hand():
    square = np.array([[0.0, 0, 2, 2]])
    others = np.array([[1.0, 0, 3, 2], [2, 0, 4, 2], [2 / 3, 0, 8 / 3, 2], [0, 0, 1, 1]])
    np.testing.assert_allclose(box_iou(square, others)[0], [1 / 3, 0, 1 / 2, 1 / 4])


@given(whole_boxes, st.floats(0, 1), st.randoms(use_true_random=False))
def test_suppression_keeps_what_its_definition_keeps(boxes, limit, random):
    scores = np.array([random.choice([0.2, 0.5, 0.9]) for _ in boxes])
    kept = nms(boxes, scores, limit).tolist()
    assert scores[kept].tolist() == sorted(scores[kept], reverse=True)
    overlap = box_iou(boxes, boxes)
    rank = {n: r for r, n in enumerate(sorted(range(len(boxes)), key=lambda n: -scores[n]))}
    for n in range(len(boxes)):  # a box stays if no better one that stays overlaps it too much
        rivals = [m for m in kept if rank[m] < rank[n] and overlap[m, n] > limit]
        assert (n in kept) == (not rivals)


def test_suppression_worked_by_hand():
    boxes = np.array([[0.0, 0, 8, 4], [2, 0, 10, 4], [20, 0, 28, 4]])
    scores = np.array([0.9, 0.8, 0.7])
    assert box_iou(boxes[:1], boxes[1:2])[0, 0] == pytest.approx(0.6)
    assert nms(boxes, scores, 0.5).tolist() == [0, 2]
    assert nms(boxes, scores, 0.7).tolist() == [0, 1, 2]
    assert nms(boxes, np.array([0.5, 0.5, 0.5]), 0.5).tolist() == [0, 2]  # the first of equals
    assert nms(np.zeros((0, 4)), np.zeros(0)).tolist() == []


def test_a_box_that_went_drops_nobody():
    chain = np.array([[0.0, 0, 4, 1], [1, 0, 5, 1], [2, 0, 6, 1]])
    assert nms(chain, np.array([0.9, 0.8, 0.7]), 0.5).tolist() == [0, 2]


def test_suppression_wants_a_score_for_each_box():
    with pytest.raises(ValueError, match="nms: scores has 2 entries, wanted 1: one for each of"):
        nms(np.zeros((1, 4)), np.zeros(2))


def test_a_true_box_is_hit_once_and_by_the_better_one():
    truth = np.array([[0.0, 0, 4, 4], [10, 10, 14, 14]])
    found = np.array([[0.0, 0, 4, 5], [0, 0, 4, 4], [10, 10, 14, 14], [20, 20, 22, 22]])
    assert match(found, truth).tolist() == [True, False, True, False]
    assert match(found, truth, limit=0.9).tolist() == [False, True, True, False]
    assert match(found, truth[:0]).tolist() == [False] * 4
    assert match(found[:0], truth).tolist() == []


def test_average_precision_worked_by_hand():
    scores, hits = np.array([0.7, 0.9, 0.8]), np.array([True, True, False])
    assert average_precision(scores, hits, 2) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores, hits, 3) == pytest.approx((1 + 2 / 3) / 3)
    precision, recall = precision_recall(scores, hits, 2)
    assert precision.tolist() == pytest.approx([1, 1 / 2, 2 / 3])
    assert recall.tolist() == [0.5, 0.5, 1]


@given(st.lists(st.booleans(), min_size=1, max_size=20), st.integers(0, 5))
def test_average_precision_is_the_area_under_the_steps(hits, missed):
    hits = np.array(hits)
    count = max(int(hits.sum()) + missed, 1)
    scores = np.linspace(1, 0, len(hits))
    precision, recall = precision_recall(scores, hits, count)
    area = np.sum(precision * np.diff(recall, prepend=0))
    assert average_precision(scores, hits, count) == pytest.approx(area)
