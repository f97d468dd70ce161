"""The figures about samples count what they are given; their controls change what is counted."""

import numpy as np
import pytest

from course_lib.viz.lectures import learning_from_data as sampling


def widths(axes):
    return [bar.get_width() for bar in axes.patches]


def test_nested_fields_stand_inside_each_other():
    figure = sampling.nested({"animals": "move", "cats": "move\nand purr"}, title="A part")
    outer, inner = (patch.get_window_extent() for patch in figure.axes[0].patches)
    assert outer.x0 < inner.x0 < inner.x1 < outer.x1
    assert outer.y0 < inner.y0 < inner.y1 < outer.y1
    assert (
        figure.alt == "A part. From the outside to the inside: animals, move; cats, move and purr"
    )


def test_photographs_are_light_where_the_number_is_large():
    x = np.random.default_rng(0).random((3, 1, 4, 5))
    figure = sampling.photographs(x, ["a", "b", "c"], title="Three", columns=2)
    image = figure.axes[2].images[0]
    np.testing.assert_array_equal(image.get_array(), x[2, 0])
    assert image.cmap(1.0)[:3] == (1, 1, 1)
    assert [axes.get_title() for axes in figure.axes] == ["a", "b", "c", ""]
    assert figure.alt == "Three. 3 pictures: a, b, c."


def test_class_shares_stack_to_one():
    parts = {"train": np.array([0, 0, 0, 1]), "test": np.array([2, 2])}
    figure = sampling.class_shares(parts, ("a", "b", "c"), title="Other classes")
    shares = np.reshape(widths(figure.axes[0]), (3, 2))
    np.testing.assert_allclose(shares, [[0.75, 0], [0.25, 0], [0, 1]])
    assert "train: a 75%, b 25%. test: c 100%." in figure.alt
    assert figure.axes[0].get_xlabel() == "share of the part"


def test_accuracies_are_drawn_as_they_are():
    figure = sampling.accuracies({"here": 0.9, "there": 0.2}, title="Worse there")
    assert widths(figure.axes[0]) == [0.9, 0.2]
    assert figure.alt == "Worse there. Accuracy: here 90%, there 20%."
    assert figure.axes[0].get_xlabel() == "accuracy"


def test_scores_say_what_the_threshold_makes_of_them():
    values, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 1, 0, 1])
    figure = sampling.scores(values, y, 0.5, classes=("ham", "spam"))
    assert figure.axes[0].get_title(loc="left") == "threshold 0.5: precision 67%, recall 100%"
    assert "of 3 called spam, 2 are" in figure.alt


def test_a_higher_threshold_finds_less():
    values, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 1, 0, 1])
    explorer = sampling.threshold_by_hand(values, y, threshold=0.5, low=0.0, high=4.0)
    explorer.controls["threshold"].value = 2.4
    assert "precision 100%, recall 50%" in explorer.picture.alt
    line = next(one for one in explorer.picture.axes[0].lines if one.get_label() == "threshold")
    assert list(line.get_xdata()) == pytest.approx([2.4, 2.4])


def test_a_mask_is_the_box_and_ends_at_the_edge():
    inside = sampling.mask((2, 1, 3, 4), (4, 9))
    assert np.argwhere(inside).tolist() == [[r, c] for r in (2, 3) for c in (1, 2, 3, 4)]
    assert sampling.mask((-1, -2, 2, 3), (4, 9)).sum() == 1


def test_overlap_of_the_worked_example():
    figure = sampling.overlap((1, 1, 4, 4), (2, 2, 4, 4), shape=(8, 8))
    assert figure.axes[0].get_title(loc="left") == "IoU = 9 / 23 = 0.39"
    assert "7 pixels belong to the truth only, 7 to the answer only, 9 to both" in figure.alt
    assert len(figure.axes[0].patches) == 23
    assert figure.axes[0].get_ylabel() == "row"


def test_moving_the_box_onto_the_truth_makes_it_one():
    explorer = sampling.box_by_hand((1, 1, 4, 4), guess=(2, 3, 4, 3), shape=(8, 8))
    for name, value in (("top", 1), ("left", 1), ("width", 4)):
        before = explorer.picture.alt
        explorer.controls[name].value = value
        assert explorer.picture.alt != before
    assert "16 / 16 = 1.00" in explorer.picture.alt
    explorer.controls["height"].value = 2
    assert "8 / 16 = 0.50" in explorer.picture.alt


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_tank_collection_has_the_weather_that_was_asked_for(share):
    x, tank, sunny = sampling.tank_collection(share, 1000, seed=1)
    assert x.shape == (1000, 1, 16, 16)
    assert tank.mean() == 0.5
    assert sunny[tank == 1].mean() == pytest.approx(share, abs=0.05)
    assert sunny[tank == 0].mean() == pytest.approx(1 - share, abs=0.05)
    assert x[sunny == 1].mean() > x.mean()


def test_templates_answer_with_the_nearest_mean():
    rng = np.random.default_rng(0)
    x, y = rng.random((60, 1, 3, 3)), np.arange(60) % 3
    W, b = sampling.templates(x, y, 3)
    means = np.stack([x[y == k].mean(axis=0) for k in range(3)])
    nearest = ((x[:, np.newaxis] - means) ** 2).sum(axis=(2, 3, 4)).argmin(axis=1)
    np.testing.assert_array_equal((x.reshape(60, -1) @ W + b).argmax(axis=1), nearest)


def test_less_bias_lowers_the_score_on_the_biased_test_alone():
    explorer = sampling.bias_by_hand(share=1.0)
    assert widths(explorer.picture.axes[0])[0] == 1
    assert widths(explorer.picture.axes[0])[2] == 0
    explorer.controls["share"].value = 0.7
    same, at_random, swapped = widths(explorer.picture.axes[0])
    assert same == pytest.approx(0.7, abs=0.06)
    assert at_random == pytest.approx(0.5, abs=0.06)
    assert swapped == 0
    assert "70%" in explorer.picture.get_suptitle()
