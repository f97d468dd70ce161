"""Fixtures that tests of several packages share."""

import numpy as np
import pytest

from course_lib import nn


@pytest.fixture
def side_reader():
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
def sides():
    """Ink at the left, and ink at the right."""
    x = np.zeros((2, 1, 8, 8), np.float32)
    x[0, 0, :, 1] = 1
    x[1, 0, :, 6] = 1
    return x
