"""The figures about samples count what they are given; their controls change what is counted."""

import numpy as np
import pytest

from course_lib import metrics
from course_lib.experiments import tank
from course_lib.viz.lectures import learning_from_data as figures

MEASURES = {"precision": metrics.precision, "recall": metrics.recall}


def widths(axes):
    return [bar.get_width() for bar in axes.patches]


def test_nested_fields_stand_inside_each_other():
    figure = figures.nested({"animals": "move", "cats": "move\nand purr"}, title="A part")
    outer, inner = (patch.get_window_extent() for patch in figure.axes[0].patches)
    assert outer.x0 < inner.x0 < inner.x1 < outer.x1
    assert outer.y0 < inner.y0 < inner.y1 < outer.y1
    assert (
        figure.alt == "A part. From the outside to the inside: animals, move; cats, move and purr"
    )


def test_class_shares_stack_to_one():
    parts = {"train": np.array([0, 0, 0, 1]), "test": np.array([2, 2])}
    figure = figures.class_shares(parts, ("a", "b", "c"), title="Other classes")
    shares = np.reshape(widths(figure.axes[0]), (3, 2))
    np.testing.assert_allclose(shares, [[0.75, 0], [0.25, 0], [0, 1]])
    assert "train: a 75%, b 25%. test: c 100%." in figure.alt
    assert figure.axes[0].get_xlabel() == "share of the part"


def test_accuracies_are_drawn_as_they_are():
    figure = figures.accuracies({"here": 0.9, "there": 0.2}, title="Worse there")
    assert widths(figure.axes[0]) == [0.9, 0.2]
    assert figure.alt == "Worse there. Accuracy: here 90%, there 20%."
    assert figure.axes[0].get_xlabel() == "accuracy"


def test_scores_say_what_the_threshold_makes_of_them():
    values, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 1, 0, 1])
    figure = figures.score_histograms(values, y, 0.5, MEASURES, classes=("ham", "spam"))
    assert figure.axes[0].get_title(loc="left") == "threshold 0.5: precision 67%, recall 100%"
    assert "of 3 called spam, 2 are" in figure.alt


def test_a_higher_threshold_finds_less():
    values, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 1, 0, 1])
    explorer = figures.threshold_by_hand(values, y, MEASURES, threshold=0.5, low=0.0, high=4.0)
    explorer.controls["threshold"].value = 2.4
    assert "precision 100%, recall 50%" in explorer.picture.alt
    line = next(one for one in explorer.picture.axes[0].lines if one.get_label() == "threshold")
    assert list(line.get_xdata()) == pytest.approx([2.4, 2.4])


def test_overlap_of_the_worked_example():
    figure = figures.overlap(tank.mask((1, 1, 4, 4), (8, 8)), tank.mask((2, 2, 4, 4), (8, 8)))
    assert figure.axes[0].get_title(loc="left") == "IoU = 9 / 23 = 0.39"
    assert "7 pixels belong to the truth only, 7 to the answer only, 9 to both" in figure.alt
    assert sum(len(patch.get_path().to_polygons()) for patch in figure.axes[0].patches) == 23
    assert figure.axes[0].get_ylabel() == "row"


def test_moving_the_box_onto_the_truth_makes_it_one():
    explorer = figures.box_by_hand(tank.mask, (1, 1, 4, 4), guess=(2, 3, 4, 3), shape=(8, 8))
    for name, value in (("top", 1), ("left", 1), ("width", 4)):
        before = explorer.picture.alt
        explorer.controls[name].value = value
        assert explorer.picture.alt != before
    assert "16 / 16 = 1.00" in explorer.picture.alt
    explorer.controls["height"].value = 2
    assert "8 / 16 = 0.50" in explorer.picture.alt


def test_less_bias_lowers_the_score_on_the_biased_test_alone():
    explorer = figures.bias_by_hand(tank.accuracies_after, share=1.0)
    assert widths(explorer.picture.axes[0])[0] == 1
    assert widths(explorer.picture.axes[0])[2] == 0
    explorer.controls["share"].value = 0.7
    same, at_random, swapped = widths(explorer.picture.axes[0])
    assert same == pytest.approx(0.7, abs=0.06)
    assert at_random == pytest.approx(0.5, abs=0.06)
    assert swapped == 0
    assert "70%" in explorer.picture.get_suptitle()
