"""The tangent touches the curve with the slope that was worked out, and follows the controls."""

import numpy as np

from course_lib.experiments.toy_networks import ACTIVATIONS, value_and_slope
from course_lib.viz import tangents


def curve(axes, place):
    return axes.lines[place].get_xydata()


def slope(explorer):
    (x0, y0), *_, (x1, y1) = curve(explorer.picture.axes[0], 1)
    return (y1 - y0) / (x1 - x0)


def test_the_tangent_touches_with_the_slope():
    x = np.linspace(-2, 2, 9)
    figure = tangents.tangent(x, x**2, 1.5, 2.25, 3.0, name="square", xlabel="z")
    axes = figure.axes[0]
    np.testing.assert_allclose(curve(axes, 0), np.stack([x, x**2], axis=1))
    assert curve(axes, 1).tolist() == [[1.0, 0.75], [2.0, 3.75]]  # an eighth to either side
    assert curve(axes, 2).tolist() == [[1.5, 2.25]]
    assert axes.get_title(loc="left") == "square at z = 1.5: value 2.250, slope 3.000"
    assert axes.get_xlabel() == "z"
    assert "tangent at z = 1.5. The value there is 2.250, the slope 3.000" in figure.alt


def test_the_tangent_follows_place_and_function():
    functions = {"square": lambda x: (x**2, 2 * x), "line": lambda x: (3 * x, 3 + 0 * x)}
    explorer = tangents.tangent_by_hand(functions, lambda f, x: f(x))
    assert "at x = 1. The value there is 1.000, the slope 2.000" in explorer.picture.alt
    explorer.controls["place"].value = -2.0
    np.testing.assert_allclose(slope(explorer), -4)
    through = np.interp(-2.0, *curve(explorer.picture.axes[0], 1).T)
    np.testing.assert_allclose(through, 4)  # the tangent touches the curve
    explorer.controls["function"].value = "line"
    np.testing.assert_allclose(slope(explorer), 3)
    assert "at x = -2. The value there is -6.000" in explorer.picture.alt


def test_the_activations_of_lecture_03():
    explorer = tangents.tangent_by_hand(
        ACTIVATIONS, value_and_slope, place=2.0, reach=8.0, step=0.5, xlabel="z", ylim=(-1.4, 3)
    )
    np.testing.assert_allclose(slope(explorer), 0.105, atol=1e-3)
    assert explorer.picture.axes[0].get_ylim() == (-1.4, 3)
    explorer.controls["place"].value = -2.0
    explorer.controls["function"].value = "ReLU"
    assert slope(explorer) == 0
    assert "ReLU" in explorer.picture.alt
