"""A control that moves changes the data of the picture, not only its title."""

import ipywidgets
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from course_lib.viz import charts, controls


@pytest.fixture
def corners():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([0, 0, 1, 1])


def line(explorer):
    """The boundary in the picture shown now."""
    return explorer.picture.axes[0].collections[-1].get_paths()[0].vertices


def test_moving_a_weight_moves_the_line_and_the_count(corners):
    explorer = controls.perceptron_by_hand(*corners, w=(1, 0), b=-0.5)
    np.testing.assert_allclose(line(explorer)[:, 0], 0.5, atol=0.01)
    assert "0 of 4" in explorer.picture.alt
    explorer.controls["b"].value = -0.2
    np.testing.assert_allclose(line(explorer)[:, 0], 0.2, atol=0.01)
    explorer.controls["w1"].value = 0.0
    explorer.controls["w2"].value = 1.0
    np.testing.assert_allclose(line(explorer)[:, 1], 0.2, atol=0.01)
    assert "2 of 4" in explorer.picture.alt
    assert "2 of 4" in explorer.picture.axes[0].get_title(loc="left")


def test_what_the_page_shows_follows_the_control(corners):
    explorer = controls.perceptron_by_hand(*corners, w=(1, 0), b=-0.5)
    image = explorer.children[-1]
    before = image.value
    explorer.controls["b"].value = -2.0
    assert image.value != before
    assert image.value == explorer.picture.html()


@pytest.mark.parametrize("static", [False, True])
def test_a_page_without_kernel_keeps_an_image_with_words(corners, monkeypatch, static):
    monkeypatch.delenv("COURSE_STATIC", raising=False)
    if static:
        monkeypatch.setenv("COURSE_STATIC", "1")
    explorer = controls.perceptron_by_hand(*corners, w=(1, 0), b=-0.5)
    bundle, _ = DisplayFormatter().format(explorer)
    assert bundle["text/html"] == explorer.picture.html()
    assert bundle["text/plain"] == f"Interactive figure: {explorer.picture.alt}"
    assert ("application/vnd.jupyter.widget-view+json" not in bundle) == static


def test_controls_stand_above_the_picture_in_their_order():
    explorer = controls.Explorer(
        lambda size, name: charts.picture(f"{name} of size {size}")[0],
        size=controls.slider("size", 2, 1, 3, 0.5),
        name=ipywidgets.Dropdown(options=["cat", "cow"]),
    )
    assert explorer.children[:2] == tuple(explorer.controls.values())
    assert explorer.picture.alt == "cat of size 2.0"
    explorer.controls["name"].value = "cow"
    assert explorer.picture.alt == "cow of size 2.0"


def test_a_sigmoid_moved_by_hand():
    explorer = controls.sigmoid_by_hand(w=1.0, b=0.0)
    explorer.controls["w"].value = 2.0
    explorer.controls["b"].value = -1.0
    x, y = explorer.picture.axes[0].lines[0].get_data()
    np.testing.assert_allclose(y, 1 / (1 + np.exp(1 - 2 * x)))
    assert "weight 2 and bias -1" in explorer.picture.alt
