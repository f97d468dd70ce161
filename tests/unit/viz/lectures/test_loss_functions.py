"""Figures of losses show the scores and weights they are given, and follow the controls."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz.lectures import loss_functions as figures

ANIMALS = ("dog", "cat", "cow")
SCORES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
LOSSES = {"hinge": nn.hinge, "cross-entropy": nn.cross_entropy}
PENALTIES = nn.l2_penalty, nn.l1_penalty


def texts(axes):
    return [text.get_text() for text in axes.texts]


def heights(axes):
    return [bar.get_height() for bar in axes.patches]


def test_hinge_bars_reach_from_the_margin_to_the_score():
    figure = figures.hinge_bars(nn.hinge, SCORES, [0, 1, 2], ANIMALS, title="Too close")
    dog, cat, cow = figure.axes
    assert heights(dog) == pytest.approx([2.9])
    assert heights(cat) == []
    assert heights(cow) == pytest.approx([6.3, 6.6])
    assert cow.patches[0].get_y() == pytest.approx(-4.1)
    assert {"+6.3", "+6.6"} <= set(texts(cow))
    assert [axes.get_title(loc="left").split()[-1] for axes in figure.axes] == ["2.9", "0", "12.9"]
    assert "true class cow: hinge loss 12.9" in figure.alt
    assert (dog.get_xlabel(), dog.get_ylabel()) == ("class", "score")


def test_two_losses_of_the_same_scores():
    left, right = figures.two_losses(LOSSES, nn.softmax, SCORES[0], 0, ANIMALS).axes
    assert left.get_title(loc="left") == "hinge 2.90"
    assert right.get_title(loc="left") == "cross-entropy 2.04"
    assert heights(right) == pytest.approx(nn.softmax(SCORES[0]))
    assert (right.get_xlabel(), right.get_ylabel()) == ("class", "probability")


def test_moving_a_score_moves_both_losses():
    explorer = figures.scores_by_hand(LOSSES, nn.softmax, SCORES[0], ANIMALS)
    assert "hinge loss 2.9" in explorer.picture.alt
    explorer.controls["dog"].value = 5.8
    left, right = explorer.picture.axes
    assert heights(left) == pytest.approx([0.3])
    assert heights(right) == pytest.approx(nn.softmax(np.array([5.8, 5.1, -1.7])))
    explorer.controls["truth"].value = "cow"
    assert "true class cow: hinge loss 16.3" in explorer.picture.alt
    assert "cow\n(true)" in [
        label.get_text() for label in explorer.picture.axes[0].get_xticklabels()
    ]


def test_the_cheapest_weights_of_one_score():
    figure = figures.penalty_contours(*PENALTIES, (2, 1))
    stars = [axes.lines[-1].get_xydata()[0] for axes in figure.axes]
    np.testing.assert_allclose(stars[0], [0.4, 0.2], atol=1e-3)
    np.testing.assert_allclose(stars[1], [0.5, 0.0], atol=1e-3)
    for axes in figure.axes:
        np.testing.assert_allclose(axes.lines[0].get_xydata() @ [2, 1], 1, atol=1e-9)
    assert "L2: (0.40, 0.20) at penalty 0.20" in figure.alt
    figure = figures.penalty_contours(*PENALTIES, (1, 2), score=4)
    np.testing.assert_allclose(figure.axes[1].lines[-1].get_xydata()[0], [0, 2], atol=1e-3)


def test_shares_in_bins_and_marks():
    figure = figures.shares_in_bins(
        np.array([1.0, 1.5, 3.0, 3.9]), np.array([0, 2, 4, 6]), {"mean": 2.35}, xlabel="minutes"
    )
    axes = figure.axes[0]
    assert heights(axes) == [0.5, 0.5, 0]
    assert axes.lines[0].get_xdata()[0] == 2.35
    assert axes.get_xlabel() == "minutes"
    assert "0 to 2: 50%, 2 to 4: 50%" in figure.alt
    assert "mean 2.4" in figure.alt or "mean 2.3" in figure.alt


def test_fitted_lines_go_from_the_first_sample_to_the_last():
    x, y = np.array([1.0, 3.0, 2.0]), np.array([0.0, 5.0, 1.0])
    figure = figures.fitted_lines(x, y, {"one": (1.0, 2.0), "other": (0.0, -1.0)}, title="Two")
    samples, one, other = figure.axes[0].lines
    assert samples.get_ydata().tolist() == [0, 5, 1]
    assert one.get_xydata().tolist() == [[1, 3], [3, 7]]
    assert other.get_xydata().tolist() == [[1, -1], [3, -3]]
    assert figure.alt == (
        "Two. 3 samples and the lines one: 1.000 + 2.000 x, other: 0.000 + -1.000 x."
    )
