"""A few pictures to draw, and what a drawing shows of them."""

import numpy as np
import pytest


@pytest.fixture
def images():
    """Three pictures of 28 x 28: a bright row 10, 11 or 12 on a blank page."""
    x = np.zeros((3, 1, 28, 28), np.float32)
    x[[0, 1, 2], 0, [10, 11, 12]] = 1
    return x


def shown(axes):
    """The array that an axes shows as a picture."""
    return axes.images[0].get_array().data


def heights(axes):
    """Of its bars."""
    return [bar.get_height() for bar in axes.patches]
