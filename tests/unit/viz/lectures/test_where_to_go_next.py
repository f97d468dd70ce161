import numpy as np
import pytest

from course_lib.viz.lectures import where_to_go_next as figures
from course_lib.viz.zoo_of_architectures import ANIMALS, zoo


def test_attention_maps_hold_the_weights():
    weights = np.tri(4) / np.tri(4).sum(axis=1, keepdims=True)
    drawn = figures.attention_maps("\nab ", {"head 1": weights}, title="T")
    np.testing.assert_array_equal(drawn.axes[0].images[0].get_array(), weights)
    assert [t.get_text() for t in drawn.axes[0].get_xticklabels()] == ["¶", "a", "b", "␣"]
    assert "the last letter looks on average 1.5 back" in drawn.alt


def test_code_planes_mark_every_kind():
    rng = np.random.default_rng(0)
    labels = np.arange(40) % 10
    drawn = figures.code_planes({"A": rng.normal(size=(40, 2))}, labels, title="T")
    assert [text.get_text() for text in drawn.axes[0].texts] == list("0123456789")
    assert sum(len(line.get_xdata()) for line in drawn.axes[0].lines) == 40


def test_numbers_are_pushed_apart_and_others_stay():
    places = np.array([[0.0, 0.0], [0.1, 0.0], [0.0, 0.1], [5.0, 5.0]])
    moved = figures.apart(places, 1.0)
    distance = np.linalg.norm(moved[:, np.newaxis] - moved, axis=2)
    assert distance[~np.eye(4, dtype=bool)].min() > 0.99
    np.testing.assert_array_equal(moved[3], places[3])
    assert places[1, 0] == 0.1  # what came in is left as it was


def test_drawn_planes_have_low_codes_below():
    pictures = np.zeros((2, 2, 784))
    pictures[1, 0] = 1  # the second row: a high second number, drawn above
    drawn = figures.drawn_planes({"A": pictures}, np.array([-1.0, 1.0]), title="T")
    sheet = 1 - drawn.axes[0].images[0].get_array()
    assert sheet[:28, :28].min() == 1
    assert sheet.sum() == 784


def test_game_paths_are_drawn_and_measured():
    path = np.array([[1.0, 1], [0, 2], [-2, 2]])
    drawn = figures.game_paths({"both at once": path}, title="T")
    np.testing.assert_array_equal(drawn.axes[0].lines[0].get_xydata(), path)
    assert "distance from (0, 0) 1.41, after the steps 2.83" in drawn.alt


def test_memory_has_the_mean_of_the_seeds():
    drawn = figures.memory({"GRU": {"10": [1.0, 0.5], "20": [0.25, 0.25]}}, title="T")
    assert list(drawn.axes[0].lines[0].get_ydata()) == pytest.approx([0.75, 0.25])
    assert "GRU: 75% at 10, 25% at 20" in drawn.alt


def test_the_zoo_shows_every_animal_and_tells_its_idea():
    drawn = zoo()
    assert [axes.get_title() for axes in drawn.axes] == list(ANIMALS)
    for axes, (_, idea) in zip(drawn.axes, ANIMALS.values(), strict=True):
        assert axes.get_xlabel() == idea
        assert idea in drawn.alt
        assert axes.lines or axes.patches
