"""Boxes: how much two overlap, which of many answers to keep, and how good a detector is.

A box is (left, top, right, bottom) in pixels; right and bottom are where the next pixel would
begin, so that a box has the width right - left. Whole numbers count edges between pixels.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_count, check_number, check_same_length, checked


@checked(a="N 4", b="M 4")
def box_iou(a: NDArray, b: NDArray) -> NDArray:
    """Intersection over union of each box in a with each one in b.

    a: (N, 4)  b: (M, 4)  ->  (N, M) in [0, 1]
    """
    low = np.maximum(a[:, np.newaxis, :2], b[:, :2])
    high = np.minimum(a[:, np.newaxis, 2:], b[:, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    union = area(a)[:, np.newaxis] + area(b) - shared
    return shared / union


def area(boxes: NDArray) -> NDArray:
    """Width times height: (N, 4) -> (N,)."""
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


@checked(limit=check_number)
def nms(boxes: NDArray, scores: NDArray, limit: float = 0.5) -> NDArray:
    """Non-maximum suppression: the indices of the boxes to keep, by falling score.

    boxes: (N, 4)  scores: (N,)  ->  (K,). The best box is kept, and all that overlap with it by
    more than ``limit`` go; then the best of those that are left, and so on. Of equal scores the
    first one counts as the better.
    """
    check_same_length("nms: scores", scores, "boxes", boxes)
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        if len(order):
            order = order[box_iou(boxes[[best]], boxes[order])[0] <= limit]
    return np.array(kept, int)


@checked(limit=check_number)
def match(boxes: NDArray, truth: NDArray, limit: float = 0.5) -> NDArray:
    """Which of the boxes, given by falling score, is a hit: (K,) of True and False.

    boxes: (K, 4)  truth: (M, 4), the true boxes; either may be empty. Each box takes the true one
    that it overlaps most, among those that no better box has taken, if their IoU is at least
    ``limit``. A second box on the same object is therefore a miss.
    """
    hits = np.zeros(len(boxes), bool)
    if len(boxes) == 0 or len(truth) == 0:
        return hits
    overlap = box_iou(boxes, truth)
    for index in range(len(boxes)):
        nearest = int(overlap[index].argmax())
        if overlap[index, nearest] >= limit:
            hits[index] = True
            overlap[:, nearest] = -1  # taken
    return hits


def precision_recall(scores: NDArray, hits: NDArray, count: int) -> tuple[NDArray, NDArray]:
    """Precision and recall if the K best answers are believed, for K = 1, 2, ...

    scores, hits: (N,), of all scenes together  count: of true objects  ->  two arrays (N,)
    """
    check_same_length("precision_recall: hits", hits, "scores", scores)
    check_count("precision_recall: count", count, 1)
    found = np.cumsum(hits[np.argsort(-scores, kind="stable")])
    return found / np.arange(1, len(found) + 1), found / count


def average_precision(scores: NDArray, hits: NDArray, count: int) -> float:
    """The precision at each hit, summed, divided by ``count`` true objects: in [0, 1].

    It is the area under the steps of the precision-recall curve; an object that is never found
    adds nothing.
    """
    precision, _ = precision_recall(scores, hits, count)
    return float(precision[hits[np.argsort(-scores, kind="stable")]].sum() / count)
