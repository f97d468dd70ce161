"""The figures and playthings of the MNIST lectures show what they are given."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz import charts, controls
from course_lib.viz import images as figures

CLASSES = ("cat", "cow", "dog")


@pytest.fixture
def images():
    """Three pictures of 28 x 28: a bright row 10, 11 or 12 on a blank page."""
    x = np.zeros((3, 1, 28, 28), np.float32)
    x[[0, 1, 2], 0, [10, 11, 12]] = 1
    return x


@pytest.fixture
def model(images):
    """A classifier whose template for each class is the picture of that class."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 3, rng=0))
    model.params["1.W"][...] = images.reshape(3, 784).T
    return model


def shown(axes):
    """The array that an axes shows as a picture."""
    return axes.images[0].get_array().data


def heights(axes):
    return [bar.get_height() for bar in axes.patches]


def test_pictures_show_each_under_its_name(images):
    figure = figures.pictures(images, ["a", "b", "c"], title="Three rows", columns=2)
    assert [axes.get_title() for axes in figure.axes] == ["a", "b", "c", ""]
    for axes, x in zip(figure.axes, images, strict=False):
        np.testing.assert_array_equal(shown(axes), x[0])
    assert figure.alt == "Three rows. 3 pictures: a, b, c."


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_answers_draw_the_probabilities_as_bars(images, rows):
    p = np.array([[0.7, 0.2, 0.1], [0.5, 0.4, 0.1], [0.0, 0.3, 0.7]])[:rows]
    figure = figures.answers(images[:rows], p, np.arange(rows), CLASSES, title="Who is it?")
    drawn = [axes for axes in figure.axes if axes.patches]
    np.testing.assert_allclose([heights(axes) for axes in drawn], p)
    assert drawn[0].get_ylabel() == "probability"
    assert {axes.get_xlabel() for axes in drawn} == {"class"}
    assert "a cat: the answer is cat with 70%" in figure.alt
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["true class", "wrong answer"][: min(rows, 2)]
    assert [bar.get_hatch() for bar in drawn[-1].patches].count("///") == (rows == 2)


def test_scores_are_those_of_linear(images):
    rng = np.random.default_rng(0)
    x, W, b = rng.random((1, 784)), rng.normal(size=(784, 3)), rng.normal(size=3)
    figure = figures.scores(x, W, b, [0, 2], CLASSES)
    expected = nn.linear(x, W, b)[0]
    assert figure.alt.endswith(
        f"class cat scores {expected[0]:.1f}, class dog scores {expected[2]:.1f}."
    )
    assert f": {expected[2]:.1f}" in figure.axes[5].get_title()
    np.testing.assert_allclose(shown(figure.axes[5]).ravel(), x[0] * W[:, 2])


def test_confusion_matrix_colours_mistakes_alone_and_writes_all_counts():
    counts = np.array([[90, 3, 0], [7, 80, 1], [0, 0, 70]])
    figure = figures.confusion_matrix(counts, CLASSES, title="Cows look like cats")
    axes = figure.axes[0]
    np.testing.assert_array_equal(shown(axes), [[0, 3, 0], [7, 0, 1], [0, 0, 0]])
    assert [int(text.get_text()) for text in axes.texts] == counts.ravel().tolist()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("answer", "true class")
    assert "240 of 251 on the diagonal" in figure.alt
    assert "cow taken for cat (7 times), cat taken for cow (3 times)" in figure.alt


def test_bars_go_up_and_down():
    figure = figures.bars(CLASSES, [1.5, -2.0, 0.0], xlabel="animal", ylabel="bias", title="Up")
    axes = figure.axes[0]
    assert heights(axes) == [1.5, -2.0, 0.0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("animal", "bias")
    assert figure.alt == "Up. bias by animal: cat +1.5, cow -2.0, dog +0.0"


def test_weight_pictures_show_the_columns_of_W():
    W = np.random.default_rng(0).normal(size=(784, 3))
    figure = charts.weight_pictures(W, CLASSES)
    for k in range(3):
        np.testing.assert_array_equal(shown(figure.axes[k]).ravel(), W[:, k])
    assert "cat, cow, dog" in figure.alt


@pytest.mark.parametrize(("shift", "kept", "blank"), [(3, 25, slice(3)), (-3, 25, slice(25, 28))])
def test_spoil_moves_without_wrapping_round(images, shift, kept, blank):
    moved = controls.spoil(images, shift=shift)
    assert moved.sum() == 3 * kept
    assert not moved[..., blank].any()
    assert images.sum() == 3 * 28  # unchanged


def test_spoil_adds_the_same_noise_each_time_and_stays_in_range(images):
    noisy = controls.spoil(images, noise=0.5)
    np.testing.assert_array_equal(noisy, controls.spoil(images, noise=0.5))
    assert noisy.dtype == np.float32
    assert (noisy.min(), noisy.max()) == (0, 1)
    assert not np.array_equal(noisy, images)


def test_a_moved_slider_changes_the_answer(images, model):
    explorer = controls.ask_a_classifier(model, images, np.arange(3), CLASSES)

    def bars():
        return heights(explorer.picture.axes[3])

    assert "as it is now: the answer is cat with 100%" in explorer.picture.alt
    still = bars()
    explorer.controls["picture"].value = 1
    assert "the answer is cow" in explorer.picture.alt
    explorer.controls["picture"].value = 0
    assert bars() == still
    explorer.controls["shift"].value = 8
    assert bars()[1] > still[1]  # less of the picture is left, so less is certain
    assert heights(explorer.picture.axes[1]) == still  # "as it was" stays
    explorer.controls["shift"].value = 0
    explorer.controls["noise"].value = 0.4
    assert bars() != still
    assert explorer.picture.html() == explorer._image.value
