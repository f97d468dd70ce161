"""The boxes that stay in the page are those of experiments.boxes."""

import numpy as np
import pytest

from course_lib.experiments.boxes import box_iou, match, nms
from course_lib.experiments.live.suppression import answers
from course_lib.experiments.scenes import digit_scenes
from tests.unit.viz.live.node import needs_node, run


def many_boxes(seed):
    """Boxes that overlap in all ways, some of them twice, with scores of which some are equal."""
    rng = np.random.default_rng(seed)
    corner, size = rng.integers(0, 30, (40, 2)), rng.integers(1, 20, (40, 2))
    boxes = np.concatenate([corner, corner + size], axis=1).astype(float)
    return np.concatenate([boxes, boxes[:3]]), rng.integers(1, 20, 43) / 20


@needs_node
def test_overlaps_agree():
    boxes, _ = many_boxes(0)
    page = run(
        "suppression_core",
        "return given.boxes.map((a) => given.boxes.map((b) => boxIou(a, b)));",
        boxes=boxes.tolist(),
    )
    np.testing.assert_allclose(page, box_iou(boxes, boxes), rtol=0, atol=1e-15)


@needs_node
@pytest.mark.parametrize("limit", [0, 0.3, 0.5, 1])
@pytest.mark.parametrize("least", [0.05, 0.5, 0.99])
def test_the_same_boxes_stay(limit, least):
    detected = answers(digit_scenes("test", 3))[2]
    for boxes, scores in (*map(many_boxes, range(3)), (detected.boxes, detected.scores)):
        steps = run(
            "suppression_core",
            "return suppressionSteps(given.boxes, given.scores, given.least, given.limit);",
            boxes=boxes.tolist(), scores=scores.tolist(), least=least, limit=limit,
        )  # fmt: skip
        enough = np.flatnonzero(scores >= least)
        wanted = enough[nms(boxes[enough], scores[enough], limit)]
        assert [step["best"] for step in steps] == wanted.tolist()
        gone = [n for step in steps for n in step["gone"]]
        assert sorted([*wanted, *gone]) == enough.tolist()  # each is decided once


@needs_node
def test_the_same_boxes_are_hits():
    scenes = digit_scenes("test", 4)
    found = 0
    for answer, truth, labels in zip(answers(scenes), scenes.boxes, scenes.labels, strict=True):
        kept = nms(answer.boxes, answer.scores, 0.6)
        page = run(
            "suppression_core",
            "return hits(given.kept, given.boxes, given.labels, given.truth, given.truthLabels);",
            kept=kept.tolist(), boxes=answer.boxes.tolist(), labels=answer.labels.tolist(),
            truth=truth.tolist(), truthLabels=labels.tolist(),
        )  # fmt: skip
        wanted = np.zeros(len(kept), bool)
        for label in range(10):
            mine = answer.labels[kept] == label
            wanted[mine] = match(answer.boxes[kept][mine], truth[labels == label].astype(float))
        assert page == wanted.tolist()
        found += sum(page)
    assert found > 3
