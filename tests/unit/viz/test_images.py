"""Images, answers and weights are drawn as they are given."""

import numpy as np
import pytest

from course_lib.viz import images as figures
from tests.unit.viz.conftest import heights, shown

CLASSES = ("cat", "cow", "dog")


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


def test_weight_pictures_show_the_columns_of_W():
    W = np.random.default_rng(0).normal(size=(784, 3))
    figure = figures.weight_pictures(W, CLASSES)
    for k in range(3):
        np.testing.assert_array_equal(shown(figure.axes[k]).ravel(), W[:, k])
    assert "cat, cow, dog" in figure.alt


def test_images_of_any_size_and_in_color_are_drawn_equally_wide():
    photo = np.random.default_rng(0).random((3, 6, 4))
    figure = figures.pictures([photo, photo[0, :3]], ["a", "b"], ink=False, title="Two")
    np.testing.assert_array_equal(shown(figure.axes[0]), photo.transpose(1, 2, 0))
    np.testing.assert_array_equal(shown(figure.axes[1]), photo[0, :3])
    assert figure.alt == "Two. 2 pictures: a, b."


@pytest.mark.parametrize(("ink", "white"), [(True, 0.0), (False, 1.0)])
def test_ink_is_dark_and_light_is_light(ink, white):
    figure = figures.pictures(np.zeros((1, 4, 5)), ["a"], title="One", ink=ink)
    assert figure.axes[0].images[0].cmap(white)[:3] == (1, 1, 1)
