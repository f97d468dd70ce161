"""A detector of digits: a network whose every cell says what it stands on and how far it reaches.

The picture is halved twice, so a cell of the answer stands for 4 x 4 pixels. Each cell has ten
logits, one for each digit, and four distances from its middle to the sides of the box. There are
no anchors. Source, simplified: Tian, Shen, Chen and He 2019, "FCOS".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource
from course_lib.experiments.blocks import convolve
from course_lib.experiments.boxes import average_precision, match, nms
from course_lib.experiments.scenes import SIDE, Scenes

CELL = 4  # pixels that a cell is wide and high
CELLS = SIDE // CELL
CLASSES = 10
UNIT = 8.0  # pixels: distances are learnt in this unit, so that they are about 1
CENTER = 0.25  # cells this near the middle of a box, as a share of its sides, answer for it
BOX_WEIGHT = 0.2  # of the distances' error in the loss


@dataclass(frozen=True)
class Detections:
    """What was found in one scene: boxes (K, 4), scores (K,) from 0 to 1, labels (K,)."""

    boxes: NDArray
    scores: NDArray
    labels: NDArray


def detector(filters: int = 16, rng: RandomSource = 0) -> nn.Sequential:
    """A network from scenes (N, 1, 48, 48) to (N, 14, 12, 12): ten logits, four distances."""
    rng = np.random.default_rng(rng)
    last = nn.Conv2d(4 * filters, CLASSES + 4, 1, rng=rng)
    last.params["b"][:CLASSES] = -4.0  # at the start no cell claims a digit: few do
    return nn.Sequential(
        *(*convolve(1, filters, 3, rng), nn.ReLU(), nn.MaxPool2d(2)),  # 48 -> 24
        *(*convolve(filters, 2 * filters, 3, rng), nn.ReLU(), nn.MaxPool2d(2)),  # 24 -> 12
        *(*convolve(2 * filters, 4 * filters, 3, rng), nn.ReLU()),
        *(*convolve(4 * filters, 4 * filters, 3, rng), nn.ReLU()),
        *(*convolve(4 * filters, 4 * filters, 3, rng), nn.ReLU()),
        last,
    )


def middles() -> tuple[NDArray, NDArray]:
    """Where the cells' middles are, in pixels: x and y, each (12, 12)."""
    centers = (np.arange(CELLS) + 0.5) * CELL
    return np.meshgrid(centers, centers)


def targets(boxes: list[NDArray], labels: list[NDArray]) -> NDArray:
    """What the network should answer: (N, 14, 12, 12), distances 0 where no digit is."""
    return np.stack([_target(b, k) for b, k in zip(boxes, labels, strict=True)])


def _target(boxes: NDArray, labels: NDArray) -> NDArray:
    x, y = middles()
    target = np.zeros((CLASSES + 4, CELLS, CELLS), np.float32)
    for (left, top, right, bottom), label in zip(boxes, labels, strict=True):
        reach_x = max(CENTER * (right - left), CELL / 2)
        reach_y = max(CENTER * (bottom - top), CELL / 2)
        near = (abs(x - (left + right) / 2) <= reach_x) & (abs(y - (top + bottom) / 2) <= reach_y)
        target[:, near] = 0  # of two boxes the later one has the cell
        target[label, near] = 1
        sides = np.stack([x - left, y - top, right - x, bottom - y]) / UNIT
        target[CLASSES:, near] = sides[:, near]
    return target


def detection_loss(outputs: NDArray, y: NDArray) -> float:
    """Binary cross-entropy of all logits, summed over cells and classes, plus the distances' L1.

    outputs, y: (N, 14, 12, 12)  ->  float, divided by the number of cells that hold a digit
    """
    logits, distances, held, count = _parts(outputs, y)
    entropy = nn.binary_cross_entropy_with_logits(logits, y[:, :CLASSES]) * logits.size
    away = np.abs(distances - y[:, CLASSES:]) * held
    return float((entropy + BOX_WEIGHT * away.sum()) / count)


def detection_loss_backward(outputs: NDArray, y: NDArray) -> NDArray:
    """dL/doutputs."""
    logits, distances, held, count = _parts(outputs, y)
    grad = np.empty_like(outputs)
    entropy = nn.binary_cross_entropy_with_logits_backward(logits, y[:, :CLASSES]) * logits.size
    grad[:, :CLASSES] = entropy / count
    grad[:, CLASSES:] = BOX_WEIGHT * np.sign(distances - y[:, CLASSES:]) * held / count
    return grad


def _parts(outputs: NDArray, y: NDArray) -> tuple[NDArray, NDArray, NDArray, float]:
    held = y[:, :CLASSES].max(axis=1, keepdims=True)
    return outputs[:, :CLASSES], outputs[:, CLASSES:], held, max(float(held.sum()), 1.0)


class DetectionLoss(nn.Loss):
    """Loss of a detector, see ``detection_loss``."""

    function = staticmethod(detection_loss)
    function_backward = staticmethod(detection_loss_backward)


def candidates(outputs: NDArray, least: float = 0.05) -> Detections:
    """All boxes of one scene whose score is at least ``least``: outputs (14, 12, 12)."""
    p = nn.sigmoid(outputs[:CLASSES])
    labels, rows, columns = np.nonzero(p >= least)
    x, y = (place[rows, columns] for place in middles())
    left, top, right, bottom = outputs[CLASSES:, rows, columns] * UNIT
    boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=1)
    fits = (boxes[:, 2:] > boxes[:, :2]).all(axis=1)  # a box has an area
    return Detections(boxes[fits], p[labels, rows, columns][fits], labels[fits])


def detect(outputs: NDArray, least: float = 0.05, limit: float = 0.4) -> Detections:
    """The boxes of one scene that non-maximum suppression leaves, whatever their digits."""
    found = candidates(outputs, least)
    if len(found.scores) == 0:
        return found
    kept = nms(found.boxes, found.scores, limit)
    return Detections(found.boxes[kept], found.scores[kept], found.labels[kept])


def class_precisions(outputs: NDArray, scenes: Scenes, limit: float = 0.5) -> NDArray:
    """Average precision of each digit: (10,). A hit has the right digit and an IoU of ``limit``.

    outputs: (N, 14, 12, 12), the network's for all scenes.
    """
    found = [detect(one) for one in outputs]
    return np.array([class_precision(found, scenes, label, limit) for label in range(CLASSES)])


def class_precision(found: list[Detections], scenes: Scenes, label: int, limit: float) -> float:
    """Average precision of one digit over all scenes, NaN if it is in none of them."""
    scores, hits = hits_of(found, scenes, label, limit)
    count = sum(int(np.sum(labels == label)) for labels in scenes.labels)
    return average_precision(scores, hits, count) if count else float("nan")


def hits_of(
    found: list[Detections], scenes: Scenes, label: int, limit: float = 0.5
) -> tuple[NDArray, NDArray]:
    """The answers ``label`` of all scenes: their scores, and which are hits, (K,) each."""
    scores, hits = [], []
    for answer, boxes, labels in zip(found, scenes.boxes, scenes.labels, strict=True):
        mine = answer.labels == label
        scores.append(answer.scores[mine])
        hits.append(match(answer.boxes[mine], boxes[labels == label], limit))
    return np.concatenate(scores), np.concatenate(hits)
