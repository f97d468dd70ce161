"""One filter on one picture, and what the layers of a network make of it."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments import filters


@pytest.fixture
def model():
    """Sees whether there is ink at the left (class 0) or at the right (class 1)."""
    model = nn.Sequential(
        nn.Conv2d(1, 2, 1, rng=0), nn.ReLU(), nn.Flatten(), nn.Linear(2 * 64, 2, rng=1)
    )
    model.params["0.W"][...] = [
        [[[1]]],
        [[[-1]]],
    ]  # the ink, and (cut off by the ReLU) its negative
    left = np.tile([1.0] * 4 + [0.0] * 4, 8)
    model.params["3.W"][...] = 0
    model.params["3.W"][:64] = np.stack([left, 1 - left], axis=1)
    return model


@pytest.fixture
def x():
    x = np.zeros((2, 1, 8, 8), np.float32)
    x[0, 0, :, 1] = 1
    x[1, 0, :, 6] = 1
    return x


def test_stages_are_what_follows_each_convolution(model, x):
    ((name, maps),) = filters.stages(model, x[:1]).items()
    assert name == "convolution 1: 2 maps of 8 × 8"
    np.testing.assert_array_equal(maps, [x[0, 0], np.zeros((8, 8))])


def test_look_into_gives_stages_and_probabilities(model, x):
    maps, p = filters.look_into(model, x[:1])
    np.testing.assert_array_equal(next(iter(maps.values()))[0], x[0, 0])
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
