"""The figures of lecture 11 show the filters, maps and answers that they are given."""

import numpy as np

from course_lib.experiments.distortions import move
from course_lib.experiments.filters import look_into, stages
from course_lib.viz.lectures import a_convolutional_network_on_mnist as figures

CLASSES = ("cat", "dog")


def test_montage_sets_tiles_in_rows_with_a_gap():
    sheet = figures.montage(np.arange(3.0).reshape(3, 1, 1), columns=2)
    np.testing.assert_array_equal(sheet, [[0, np.nan, 1], [np.nan] * 3, [2, np.nan, np.nan]])


def test_filters_show_every_channel_of_every_filter():
    W = np.random.default_rng(0).normal(size=(3, 2, 4, 5))
    figure = figures.filters(W, title="Six")
    assert len(figure.axes) == 6 + 1
    np.testing.assert_array_equal(figure.axes[3].images[0].get_array(), W[0, 1])
    assert figure.axes[3].get_ylabel() == "map 1"
    assert "Six. 3 filters, each with 2 × 4 × 5 weights" in figure.alt


def test_feature_maps_show_picture_and_maps(side_reader, sides):
    figure = figures.feature_maps(sides[0, 0], stages(side_reader, sides[:1]), title="Inside")
    picture, maps = figure.axes
    np.testing.assert_array_equal(picture.images[0].get_array(), sides[0, 0])
    np.testing.assert_array_equal(maps.images[0].get_array()[:, :8], sides[0, 0])
    assert "convolution 1: 2 maps of 8 × 8" in figure.alt


def test_parameters_are_bars_with_numbers_and_shares():
    figure = figures.parameters({"a": 1000, "b": 3000}, title="Most in b")
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.patches] == [1000, 3000]
    assert axes.texts[1].get_text() == " 3,000 (75.0%)"
    assert figure.alt == "Most in b. a 1,000, b 3,000; 4,000 in all."


def test_a_shifted_picture_changes_maps_and_answer(side_reader, sides):
    explorer = figures.ask_networks(
        {"ours": side_reader, "again": side_reader}, look_into, move, sides, [0, 1], CLASSES
    )

    def heights():
        return [bar.get_height() for bar in explorer.picture.axes[1].patches]

    assert heights()[0] > 0.99
    assert "the answer is cat with 100%, right" in explorer.picture.alt
    before = explorer.picture.axes[2].images[0].get_array()
    explorer.controls["right"].value = 5
    assert heights()[1] > 0.99
    assert "the answer is dog with 100%, wrong" in explorer.picture.alt
    assert explorer.picture.axes[1].patches[1].get_hatch()
    assert not np.array_equal(before, explorer.picture.axes[2].images[0].get_array())
    explorer.controls["picture"].value = 1
    assert "The true class is dog" in explorer.picture.alt


def test_turning_and_moving_down_reach_the_picture(side_reader, sides):
    explorer = figures.ask_networks({"ours": side_reader}, look_into, move, sides, [0, 1], CLASSES)
    explorer.controls["degrees"].value = 90.0  # a column becomes a row
    turned = explorer.picture.axes[0].images[0].get_array()
    np.testing.assert_allclose(turned, sides[0, 0].T[::-1], atol=1e-6)
    explorer.controls["degrees"].value = 0.0
    explorer.controls["down"].value = 3
    assert explorer.picture.axes[0].images[0].get_array()[:3].sum() == 0


def test_rungs_has_a_row_a_rung_and_a_point_a_seed():
    figure = figures.rungs(
        {"first": [0.08], "second": [0.01, 0.02]},
        {"first": "92 %", "second": "98 %"},
        title="Rungs",
    )
    (axes,) = figure.axes
    first, second = axes.lines
    np.testing.assert_allclose(first.get_xdata(), [0.08])
    np.testing.assert_allclose(second.get_xdata(), [0.01, 0.02])
    words = [text.get_text() for text in axes.texts]
    assert words == ["8.00%", "92 %", "1.50%", "98 %", "published"]
    assert "first 8.00% (1 seeds), second 1.50% (2 seeds)" in figure.alt


def test_losses_has_a_panel_a_network():
    curves = {"train": [1.0, 0.1], "test": [1.0, 0.5]}
    figure = figures.losses({"one": curves, "two": curves}, title="Losses")
    left, right = figure.axes
    np.testing.assert_allclose(left.lines[1].get_ydata(), [1, 0.5])
    np.testing.assert_allclose(right.lines[0].get_xdata(), [1, 2])
    assert [axes.get_title() for axes in (left, right)] == ["one", "two"]
    assert "two: at the end train 0.1, test 0.5" in figure.alt


def test_an_architecture_is_drawn_to_scale():
    stages = [("picture", (1, 28, 28), 0), ("conv", (3, 14, 14), 84), ("dense", (40,), 23_560)]
    figure = figures.architecture(stages, title="Three")
    (axes,) = figure.axes
    sides = [sheet.get_height() for sheet in axes.patches]
    assert sides == [28, 14, 14, 14, 10]
    assert figure.alt == (
        "Three. picture: 1 × 28 × 28; conv: 3 × 14 × 14, 84 parameters; dense: 40, "
        "23,560 parameters."
    )
