import numpy as np
import pytest

from course_lib.viz.lectures import architectures as figures


def test_errors_are_bars_of_their_height():
    drawn = figures.errors({"AlexNet": (2012, 15.4), "ResNet": (2015, 3.57)}, person=5.1)
    bars = drawn.axes[0].patches
    assert [bar.get_height() for bar in bars] == [15.4, 3.57]
    assert drawn.axes[0].lines[0].get_ydata()[0] == 5.1
    assert "AlexNet 2012: 15.4 %" in drawn.alt
    assert "5.1 %, one person" in drawn.alt


def test_shares_add_up_to_one():
    drawn = figures.shares({"a": [1, 3], "b": [30, 10]}, ["x", "y"], title="T")
    widths = [bar.get_width() for bar in drawn.axes[0].patches]
    assert widths == pytest.approx([0.25, 0.75, 0.75, 0.25])
    assert "a: 75% in y; b: 75% in x" in drawn.alt


def test_sizes_are_points_at_their_place():
    drawn = figures.sizes({"LeNet": (0.06, 0.4), "VGG-16": (138, 15470)}, title="T")
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in drawn.axes[0].lines]
    assert points == [(0.06, 0.4), (138, 15470)]
    assert "VGG-16 138 and 15,470" in drawn.alt


def test_accuracies_are_dots_and_their_mean():
    drawn = figures.accuracies({"plain": np.array([0.8, 0.9])}, title="T")
    dots, mean = drawn.axes[0].lines
    assert list(dots.get_xdata()) == pytest.approx([80, 90])
    assert mean.get_xdata()[0] == pytest.approx(85)
    assert "plain 80.0% to 90.0%, mean 85.0%" in drawn.alt
