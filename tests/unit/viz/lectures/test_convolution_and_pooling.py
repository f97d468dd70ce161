"""The figures of lecture 10 show the windows, scores and sizes of what they are given."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments.filters import SOBEL_VERTICAL, convolve
from course_lib.viz.lectures import convolution_and_pooling as figures

X = np.array([[1.0, 1, 1, 3], [4, 6, 4, 8], [30, 0, 1, 5], [0, 2, 2, 4]])
FALLING, RISING = np.eye(2), np.eye(2)[::-1]


def written(axes):
    """The numbers in the cells of an axes."""
    return [float(text.get_text()) for text in axes.texts]


def frame(axes):
    """The frame drawn on an axes: row, column, height, width."""
    (box,) = axes.patches
    return box.get_y() + 0.5, box.get_x() + 0.5, box.get_height(), box.get_width()


def shown(axes):
    return axes.images[0].get_array().data


def test_the_photo_is_a_colour_picture():
    photo = figures.photo()
    assert (photo.shape, photo.dtype) == ((3, 150, 128), np.float32)
    assert 0 <= photo.min() < 0.1 < 0.9 < photo.max() <= 1
    sky = photo[:, :40, 110:].mean(axis=(1, 2))
    assert sky.argmax() == 2  # blue


def test_numbers_writes_every_cell_but_the_empty_ones():
    figure = figures.numbers(
        {"a": [[1, -2], [np.nan, 0.5]], "b": [[7]]}, marks={"a": (1, 0, 1, 2)}, title="Two"
    )
    first, second = figure.axes
    assert written(first) == [1, -2, 0.5]
    assert written(second) == [7]
    assert frame(first) == (1, 0, 1, 2)
    assert not second.patches
    assert figure.alt == "Two. a: 1 -2; - 0.5. b: 7."


def test_numbers_of_nothing_but_zeros_can_be_drawn():
    assert written(figures.numbers({"a": np.zeros((1, 2))}, title="0").axes[0]) == [0, 0]


def test_sliding_shows_patch_products_and_scores():
    figure = figures.sliding(X, FALLING, convolve(X, FALLING), 6)
    whole, _, products, scores = figure.axes
    assert frame(whole) == (1, 2, 2, 2)
    assert written(products) == [4, 0, 0, 5]
    assert written(scores) == [7, 5, 9, 4, 7, 9]
    assert "Place 6 of 9: the products add up to 9" in figure.alt


def test_patches_frames_the_best_match():
    figure = figures.patches(X, RISING, convolve(X, RISING), title="Best")
    scores = [float(axes.get_title()) for axes in figure.axes]
    assert scores == [5, 7, 7, 36, 4, 9, 0, 3, 7]
    assert [len(axes.patches) for axes in figure.axes] == [0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert written(figure.axes[3]) == [4, 6, 30, 0]
    assert figure.alt == "Best. The scores, row by row: 5 7 7; 36 4 9; 0 3 7."


def test_feature_maps_share_one_scale():
    maps = {"one": np.array([[1.0, -8.0]]), "two": np.array([[0.5, 0.0]])}
    figure = figures.score_maps(X / 30, maps, title="Maps")
    picture, one, two, bar = figure.axes
    np.testing.assert_array_equal(shown(picture), X / 30)
    np.testing.assert_array_equal(shown(one), maps["one"])
    assert one.images[0].get_clim() == two.images[0].get_clim()
    assert (one.get_title(), bar.get_ylabel()) == ("one", "score")
    assert "one (1 × 2), two (1 × 2)" in figure.alt


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (3, 2)])
def test_stride_padding_and_filter_change_the_map(stride, padding):
    x = np.random.default_rng(0).random((12, 9)).astype(np.float32)
    filters = {"a": SOBEL_VERTICAL, "b": np.eye(5)}
    explorer = figures.explore_filters(convolve, {"noise": x, "half": x / 2}, filters)
    explorer.controls["stride"].value = stride
    explorer.controls["padding"].value = padding
    for picture, scale in (("noise", 1), ("half", 0.5)):
        explorer.controls["picture"].value = picture
        for name, W in filters.items():
            explorer.controls["filter"].value = name
            expected = nn.conv2d(scale * x[None, None], W[None, None], np.zeros(1), stride, padding)
            left, right = explorer.picture.axes[:2]
            np.testing.assert_allclose(shown(right), expected[0, 0], atol=1e-5)
            assert shown(left).shape == (12 + 2 * padding, 9 + 2 * padding)
            assert frame(left) == (0, 0, *W.shape)
            assert f"= {expected.shape[2]}. " in explorer.picture.alt
    assert ("rounded down" in explorer.picture.alt) == ((12 - 5 + 2 * padding) % stride > 0)


def test_strongest_patches_stand_in_rows_with_a_gap():
    found = np.arange(16.0).reshape(2, 2, 2, 2) / 16
    figure = figures.strongest({"first": found, "second": found[:, :, :1, :1]}, title="Patches")
    first, second = figure.axes
    assert shown(first).shape == (5, 5)
    np.testing.assert_array_equal(shown(first)[3:, 3:], found[1, 1])
    assert np.ma.getmaskarray(first.images[0].get_array())[2].all()
    assert shown(second).shape == (3, 3)
    assert [text.get_text() for text in first.texts] == ["filter 0", "filter 1"]
    assert figure.alt.startswith("Patches. The 2 patches with the highest answers: 2 filters")
