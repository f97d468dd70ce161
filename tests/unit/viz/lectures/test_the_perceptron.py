"""The figures of lecture 02 show sums, mistakes and a line that the sliders move."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz.lectures import the_perceptron as figures


@pytest.fixture
def corners():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([0, 0, 1, 1])


def labels(axes):
    return axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")


def line(explorer):
    """The boundary in the picture shown now."""
    return explorer.picture.axes[0].collections[-1].get_paths()[0].vertices


def test_moving_a_weight_moves_the_line_and_the_count(corners):
    explorer = figures.perceptron_by_hand(nn.perceptron, *corners, w=(1, 0), b=-0.5)
    np.testing.assert_allclose(line(explorer)[:, 0], 0.5, atol=0.01)
    assert "0 of 4" in explorer.picture.alt
    explorer.controls["b"].value = -0.2
    np.testing.assert_allclose(line(explorer)[:, 0], 0.2, atol=0.01)
    explorer.controls["w1"].value = 0.0
    explorer.controls["w2"].value = 1.0
    np.testing.assert_allclose(line(explorer)[:, 1], 0.2, atol=0.01)
    assert "2 of 4" in explorer.picture.alt
    assert "2 of 4" in explorer.picture.axes[0].get_title(loc="left")


@pytest.mark.parametrize(("epochs", "scale"), [(10, "linear"), (200, "log")])
def test_mistakes_per_epoch_counts_epochs_from_one(epochs, scale):
    figure = figures.mistakes_per_epoch({"raw": list(range(epochs, 0, -1))})
    axes = figure.axes[0]
    assert axes.lines[0].get_xydata()[[0, -1]].tolist() == [[1, epochs], [epochs, 1]]
    assert axes.get_xscale() == scale
    assert labels(axes)[:2] == ("epoch", "mistakes")


def test_weighted_sum_of_the_worked_example():
    figure = figures.weighted_sum([3, -2], 1, [(-1, 2), (1, 2)])
    axes = figure.axes[0]
    assert "z is -6 at (-1, 2), +0 at (1, 2)" in figure.alt
    assert {" -6", " +0"} <= {text.get_text() for text in axes.texts}
    line = axes.collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(1 + 3 * line[:, 0] - 2 * line[:, 1], 0, atol=1e-9)
    tail, head = axes.texts[0].xyann, axes.texts[0].xy
    np.testing.assert_allclose(1 + 3 * tail[0] - 2 * tail[1], 0, atol=1e-9)
    np.testing.assert_allclose(np.subtract(head, tail), np.array([3, -2]) / np.sqrt(13))
    assert labels(axes) == ("x1", "x2", "The sum is a slope")


def test_mark_one_adds_the_weights_of_the_units_that_are_on():
    cells, units = np.eye(2), np.array([[1.0, 0.0, 1.0]])
    figure = figures.mark_one(cells, units, np.array([[5.0, 7.0, -2.0]]), 1.0, answer="odd")
    assert "the sum is +4, so odd" in figure.alt
    assert "2 of 3 association units are on" in figure.alt
    shown = [axes.images[0].get_array() for axes in figure.axes[:3]]
    assert [image.shape for image in shown] == [(2, 2), (1, 3), (1, 3)]
    assert figure.axes[1].get_title(loc="left") == "3 association units, 2 on"
