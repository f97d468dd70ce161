"""Non-maximum suppression of what the recorded detector answers to a few test scenes."""

from base64 import b64encode

import numpy as np

from course_lib.experiments.boxes import nms
from course_lib.experiments.detector import Detections, candidates
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.record_segmentation import trained
from course_lib.experiments.scenes import Scenes, digit_scenes
from course_lib.training import predict

CHOSEN = 0, 1, 3, 4  # of the test scenes
LEAST = 0.05  # score of a box that goes into the page


def answers(scenes: Scenes) -> list[Detections]:
    """The detector's boxes before suppression: sides to 0.1 pixel, scores to 0.001, best first."""
    found = []
    for outputs in predict(trained("detector"), scenes.x):
        raw = candidates(outputs, LEAST)
        order = np.argsort(-raw.scores, kind="stable")
        boxes, scores = raw.boxes[order].astype(float), raw.scores[order].astype(float)
        found.append(Detections(boxes.round(1), scores.round(3), raw.labels[order]))
    return found


def box_suppression(*, least: float = 0.3, limit: float = 0.4) -> LiveRun:
    """The boxes in a few scenes, and what ``boxes.nms`` keeps of those in the first one.

    least: the score that a box needs to take part  limit: the IoU above which the weaker box goes
    """
    scenes = digit_scenes("test", 1 + max(CHOSEN)).select(CHOSEN)
    found = answers(scenes)
    pixels = np.rint(scenes.x * 255).astype(np.uint8)
    start = {
        "least": least,
        "limit": limit,
        "scenes": [
            {
                "name": f"scene {n + 1}",
                "pixels": b64encode(pixels[n].tobytes()).decode(),
                "boxes": found[n].boxes.tolist(),
                "scores": found[n].scores.tolist(),
                "labels": found[n].labels.tolist(),
                "truth": scenes.boxes[n].tolist(),
                "truthLabels": scenes.labels[n].tolist(),
            }
            for n in range(len(scenes))
        ],
    }
    enough = found[0].scores >= least
    boxes, scores, labels = (part[enough] for part in vars(found[0]).values())
    kept = nms(boxes, scores, limit)
    before = Detections(boxes, scores, labels)
    after = Detections(boxes[kept], scores[kept], labels[kept])
    return LiveRun(start, {"x": scenes.x[0], "before": before, "after": after})
