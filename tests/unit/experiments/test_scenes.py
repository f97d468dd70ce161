import numpy as np
import pytest

from course_lib.data import mnist
from course_lib.experiments.boxes import box_iou
from course_lib.experiments.scenes import OVERLAP, SIDE, digit_scenes, draw_scenes, tight_box


def test_masks_and_boxes_say_where_the_digits_are():
    scenes = digit_scenes("test", 40)
    assert scenes.x.shape == scenes.masks.shape == (40, 1, SIDE, SIDE)
    assert scenes.x.dtype == scenes.masks.dtype == np.float32
    assert set(np.unique(scenes.masks)) == {0, 1}
    assert 0 <= scenes.x.min() <= scenes.x.max() <= 1
    for mask, boxes, labels in zip(scenes.masks[:, 0], scenes.boxes, scenes.labels, strict=True):
        assert 1 <= len(boxes) == len(labels) <= 3
        inside = np.zeros_like(mask)
        for left, top, right, bottom in boxes.astype(int):
            inside[top:bottom, left:right] = 1
        assert np.all(mask <= inside)  # no pixel of a digit outside all boxes
        overlap = box_iou(boxes, boxes) - np.eye(len(boxes))
        assert overlap.max() <= OVERLAP + 1e-6


def test_the_box_of_a_lone_digit_is_tight():
    scenes = digit_scenes("test", 40)
    lone = [n for n in range(40) if len(scenes.boxes[n]) == 1]
    assert lone
    for n in lone:
        assert tight_box(scenes.masks[n, 0] > 0) == tuple(scenes.boxes[n][0])


def test_ink_of_a_digit_is_dark_and_pieces_lie_outside_the_mask():
    scenes = digit_scenes("test", 40)
    assert scenes.x[scenes.masks > 0].mean() > 0.7
    dark = scenes.x > 0.7
    assert np.mean(dark & (scenes.masks == 0)) > 0.02


def test_fewer_scenes_are_the_first_of_more():
    few, more = digit_scenes("val", 3), digit_scenes("val", 5)
    np.testing.assert_array_equal(few.x, more.x[:3])
    chosen = more.select([4, 1])
    np.testing.assert_array_equal(chosen.masks, more.masks[[4, 1]])
    assert chosen.boxes[0] is more.boxes[4]
    assert chosen.labels[1] is more.labels[1]


def test_parts_are_made_of_other_digits():
    with pytest.raises(ValueError, match="part is 'all', wanted 'train' or 'val' or 'test'"):
        digit_scenes("all", 3)
    data = mnist()
    black = np.zeros((2, 1, 28, 28), np.float32)
    black[:, :, 10:20, 10:20] = 1
    scenes = draw_scenes(black, np.array([4, 4]), 2, rng=0)
    assert set(np.concatenate(scenes.labels)) == {4}
    assert len(data.X_test) == 10_000


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="draw_scenes: labels has 3 entries, wanted 2"):
        draw_scenes(np.zeros((2, 1, 28, 28)), np.zeros(3), 1, rng=0)
    with pytest.raises(ValueError, match="tight_box: mask is empty"):
        tight_box(np.zeros((3, 3), bool))
