"""What the page begins with is what the recorded detector answers."""

import base64

import numpy as np

from course_lib.experiments.boxes import nms
from course_lib.experiments.live.suppression import CHOSEN, LEAST, answers, box_suppression
from course_lib.experiments.scenes import digit_scenes


def test_scenes_and_boxes_travel_whole():
    run = box_suppression()
    scenes = digit_scenes("test", 1 + max(CHOSEN)).select(CHOSEN)
    assert len(run.start["scenes"]) == len(CHOSEN)
    for entry, x, answer in zip(run.start["scenes"], scenes.x, answers(scenes), strict=True):
        pixels = np.frombuffer(base64.b64decode(entry["pixels"]), np.uint8).reshape(48, 48)
        np.testing.assert_allclose(pixels / 255, x[0], atol=0.5 / 255 + 1e-6)
        assert entry["boxes"] == answer.boxes.tolist()
        assert min(entry["scores"]) >= LEAST
        assert entry["scores"] == sorted(entry["scores"], reverse=True)
        assert len(entry["boxes"]) > len(entry["truth"])  # so that there is something to drop


def test_picture_shows_what_suppression_leaves():
    shown = box_suppression(least=0.3, limit=0.4).shown
    before, after = shown["before"], shown["after"]
    assert before.scores.min() >= 0.3
    kept = nms(before.boxes, before.scores, 0.4)
    np.testing.assert_array_equal(after.boxes, before.boxes[kept])
    assert len(after.scores) < len(before.scores) / 2
