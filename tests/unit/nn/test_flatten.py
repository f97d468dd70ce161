import numpy as np
import pytest

from course_lib import nn


def test_flatten_and_back(rng):
    layer, x = nn.Flatten(), rng.normal(size=(2, 3, 4, 5))
    np.testing.assert_array_equal(layer.backward(layer(x)), x)
    assert layer(x).shape == (2, 60)


def test_what_does_not_fit_is_named():
    layer = nn.Flatten()
    layer(np.ones((2, 3, 4)))
    with pytest.raises(
        ValueError, match=r"Flatten.backward: grad has shape \(24,\), wanted \(2, 12\)"
    ):
        layer.backward(np.ones(24))
    with pytest.raises(ValueError, match=r"x has shape .*, wanted no axis of size zero"):
        layer(np.ones((0, 3)))
