"""The figures of lecture 06 show where a score comes from, and ask again when a slider moves."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments.distortions import spoil
from course_lib.viz.lectures import softmax_on_mnist as figures
from tests.unit.viz.conftest import heights, shown

CLASSES = ("cat", "cow", "dog")


@pytest.fixture
def model(images):
    """A classifier whose template for each class is the picture of that class."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 3, rng=0))
    model.params["1.W"][...] = images.reshape(3, 784).T
    return model


def test_scores_are_those_of_linear(images):
    rng = np.random.default_rng(0)
    x, W, b = rng.random((1, 784)), rng.normal(size=(784, 3)), rng.normal(size=3)
    figure = figures.template_scores(x, W, b, [0, 2], CLASSES)
    expected = nn.linear(x, W, b)[0]
    assert figure.alt.endswith(
        f"class cat scores {expected[0]:.1f}, class dog scores {expected[2]:.1f}."
    )
    assert f": {expected[2]:.1f}" in figure.axes[5].get_title()
    np.testing.assert_allclose(shown(figure.axes[5]).ravel(), x[0] * W[:, 2])


def test_bars_go_up_and_down():
    figure = figures.bars(CLASSES, [1.5, -2.0, 0.0], xlabel="animal", ylabel="bias", title="Up")
    axes = figure.axes[0]
    assert heights(axes) == [1.5, -2.0, 0.0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("animal", "bias")
    assert figure.alt == "Up. bias by animal: cat +1.5, cow -2.0, dog +0.0"


def test_a_moved_slider_changes_the_answer(images, model):
    explorer = figures.ask_a_classifier(
        lambda x: nn.softmax(model(x)), spoil, images, np.arange(3), CLASSES
    )

    def bars():
        return heights(explorer.picture.axes[3])

    assert bars() != heights(explorer.picture.axes[1])  # it begins with a shift
    explorer.controls["shift"].value = 0
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
    assert explorer.picture.html(quick=True) == explorer._image.value
