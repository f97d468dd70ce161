"""Networks set by hand go where the curve goes, and better with more units."""

import numpy as np

from course_lib.experiments.curves import polyline, staircase


def square(x):
    return x**2


def test_a_staircase_is_right_in_the_middle_of_each_step():
    middles = (np.arange(5)[:, np.newaxis] + 0.5) / 5
    np.testing.assert_allclose(staircase(square, 5)(middles), square(middles), atol=1e-12)


def test_a_polyline_is_right_at_each_corner_and_straight_between():
    corners = np.linspace(0, 1, 5)[:, np.newaxis]
    net = polyline(square, 4)
    np.testing.assert_allclose(net(corners), square(corners), atol=1e-12)
    ends = square(corners)
    np.testing.assert_allclose(net(corners[:-1] + 0.125), (ends[:-1] + ends[1:]) / 2, atol=1e-12)
