import numpy as np
import pytest

from course_lib import nn


def test_gradient_of_a_cubic_by_hand():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = x.copy()
    np.testing.assert_allclose(
        nn.numerical_gradient(lambda x: np.sum(x**3), x), 3 * x**2, rtol=1e-8
    )
    np.testing.assert_array_equal(x, before)


def test_one_neuron_by_hand():
    """cost = (sigmoid(2 w1 + 5 w2 + b) - 1)**2, derivatives 2 (p - 1) p (1 - p) {2, 5, 1}."""
    theta = np.array([0.1, -0.2, 0.05])
    p = nn.sigmoid(theta @ [2, 5, 1])
    measured = nn.numerical_gradient(lambda t: (nn.sigmoid(t @ [2, 5, 1]) - 1) ** 2, theta)
    np.testing.assert_allclose(measured, 2 * (p - 1) * p * (1 - p) * np.array([2, 5, 1]), rtol=1e-8)


def test_only_float64_is_precise_enough():
    with pytest.raises(TypeError, match="dtype float32, wanted float64"):
        nn.numerical_gradient(np.sum, np.ones(2, np.float32))


def test_relative_error():
    assert nn.relative_error(np.zeros(3), np.zeros(3)) == 0
    assert nn.relative_error(np.array([1.0]), np.array([-1.0])) == 1
    assert nn.relative_error(np.array([3.0, 4.0]), np.array([3.0, 4.1])) == pytest.approx(
        0.1 / (5 + np.hypot(3, 4.1))
    )
    with pytest.raises(ValueError, match=r"b has shape \(3,\), wanted \(2,\)"):
        nn.relative_error(np.ones(2), np.ones(3))


def test_nan_is_never_close():
    assert np.isnan(nn.relative_error([np.nan, 1], [1, 1]))
    assert np.isnan(nn.relative_error([np.nan], [np.nan]))
