"""One filter on one picture, and what the layers of a network make of it."""

import numpy as np
import pytest

from course_lib.experiments import filters


def test_stages_are_what_follows_each_convolution(side_reader, sides):
    ((name, maps),) = filters.stages(side_reader, sides[:1]).items()
    assert name == "convolution 1: 2 maps of 8 × 8"
    np.testing.assert_array_equal(maps, [sides[0, 0], np.zeros((8, 8))])


def test_look_into_gives_stages_and_probabilities(side_reader, sides):
    maps, p = filters.look_into(side_reader, sides[:1])
    np.testing.assert_array_equal(next(iter(maps.values()))[0], sides[0, 0])
    assert p.shape == (2,)
    assert p[0] > 0.99


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1)])
def test_convolve_is_the_sum_of_products_at_each_place(stride, padding):
    x, W = np.arange(20.0).reshape(4, 5), np.array([[1.0, -2], [0, 3]])
    bordered = np.pad(x, padding)
    rows, columns = ((n - 2) // stride + 1 for n in bordered.shape)
    expected = [
        [np.sum(bordered[i : i + 2, j : j + 2] * W) for j in range(0, stride * columns, stride)]
        for i in range(0, stride * rows, stride)
    ]
    np.testing.assert_allclose(filters.convolve(x, W, stride, padding), expected)


def test_strongest_patches_are_cut_where_a_map_is_highest():
    x = np.zeros((3, 1, 6, 6))
    x[0, 0, 0, 0], x[1, 0, 5, 5], x[2, 0, 2, 3] = 1, 3, 2
    maps = np.concatenate([x, -x], axis=1)  # a place of a map sees the 3 by 3 pixels around it
    found = filters.strongest_patches(maps, x, field=3, step=1, padding=1, count=2)
    assert found.shape == (2, 2, 3, 3)
    np.testing.assert_array_equal(found[0, 0], [[0, 0, 0], [0, 3, 0], [0, 0, 0]])
    np.testing.assert_array_equal(found[0, 1], [[0, 0, 0], [0, 2, 0], [0, 0, 0]])


def test_a_step_of_two_pixels_moves_the_patch_twice_as_far():
    x = np.arange(64.0).reshape(1, 1, 8, 8)
    maps = np.zeros((1, 1, 4, 4))
    maps[0, 0, 2, 1] = 1
    found = filters.strongest_patches(maps, x, field=2, step=2, padding=0, count=1)
    np.testing.assert_array_equal(found[0, 0], x[0, 0, 4:6, 2:4])
