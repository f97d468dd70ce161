"""The numbers in the answers of lecture 16's questions."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments.boxes import box_iou
from course_lib.experiments.masks import mask_scores


def strip(size, *ranges):
    """A mask of ``size`` pixels in a row, 1 in the ranges (start, stop)."""
    mask = np.zeros(size, int)
    for start, stop in ranges:
        mask[start:stop] = 1
    return mask


def test_masks():
    half = mask_scores(strip(200, (0, 100)), strip(200, (50, 150)))
    assert (half["iou"], half["dice"]) == pytest.approx((1 / 3, 1 / 2))
    assert mask_scores(strip(20, (0, 8)), strip(20, (0, 4)))["iou"] == 1 / 2
    rare = mask_scores(strip(10_000, (50, 150)), strip(10_000, (0, 100)))
    assert (rare["accuracy"], rare["iou"]) == pytest.approx((0.99, 1 / 3))


def test_a_dense_layer_as_convolution():
    assert 4096 * 256 * 6 * 6 == 4096 * 9216 == 37_748_736
    side = 100
    for _ in range(2):
        side = nn.output_size(side, 5, 2, 2)
    assert nn.output_size(side, 7) == 19


def test_sizes_of_transposed_convolutions():
    x = np.zeros((1, 1, 7, 7), np.float32)
    assert nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1)(x).shape[2] == 14
    assert nn.output_size(6, 2, 2) == nn.output_size(7, 2, 2) == 3
    assert nn.ConvTranspose2d(1, 1, 2, stride=2)(x[:, :, :3, :3]).shape[2] == 6


@pytest.mark.parametrize(
    ("size", "stride", "even"), [(2, 2, True), (5, 2, False), (6, 3, True), (5, 3, False)]
)
def test_checkerboards(size, stride, even):
    ones = np.ones((1, 1, 8, 8))
    hits = nn.conv_transpose2d(ones, np.ones((1, 1, size, size)), np.zeros(1), stride)[0, 0]
    inside = hits[size:-size, size:-size]
    assert (inside.min() == inside.max()) == even


def test_dice_loss_of_nothing():
    y, empty = np.zeros((1, 50)), np.full((1, 50), -50.0)
    assert nn.dice_loss(empty, y) == pytest.approx(0)
    empty[0, 0] = 50
    assert nn.dice_loss(empty, y) == pytest.approx(0.5)


def test_boxes():
    boxes = np.array([[0.0, 0, 2, 2], [2, 0, 4, 2], [0, 0, 1, 1]])
    assert box_iou(boxes[:1], boxes[1:])[0].tolist() == [0, 1 / 4]
