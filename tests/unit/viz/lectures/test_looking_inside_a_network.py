import numpy as np
import pytest

from course_lib.viz.lectures import looking_inside_a_network as figures


def test_filters_are_colors_around_grey():
    W = np.zeros((8, 3, 2, 2))
    W[0, 0] = 2.0  # red alone
    W[1, 2] = -2.0
    drawn = figures.color_filters({"trained": W, "random": W}, title="T")
    assert len(drawn.axes) == 2
    sheet = drawn.axes[0].images[0].get_array()
    assert sheet.shape == (2 * 3 - 1, 4 * 3 - 1, 3)
    np.testing.assert_allclose(sheet[0, 0], [1, 0.5, 0.5])
    np.testing.assert_allclose(sheet[0, 3], [0.5, 0.5, 0])
    np.testing.assert_allclose(sheet[0, 2], 1)  # the line between
    assert "trained: 8 filters of 2 × 2" in drawn.alt


def test_patches_stand_in_the_row_of_their_unit():
    patches = np.random.default_rng(0).random((4, 3, 5, 5))
    drawn = figures.patch_rows(patches, title="T")
    shown = [axes for axes in drawn.axes if axes.images]
    assert len(shown) == 12
    np.testing.assert_array_equal(shown[3].images[0].get_array(), patches[1, 0])
    assert [axes.get_ylabel() for axes in shown[::3]] == ["0", "1", "2", "3"]
    assert "each of 4 units the 3 patches of 5 × 5" in drawn.alt


@pytest.mark.parametrize("signed", [False, True])
def test_maps_stand_beside_their_picture(signed):
    x = np.zeros((2, 1, 4, 4))
    maps = {"one": np.arange(8.0).reshape(2, 2, 2) - 2, "two": np.ones((2, 4, 4))}
    drawn = figures.map_rows(x, ["a", "b"], maps, title="T", ink=True, signed=signed)
    assert len(drawn.axes) == 6
    image = drawn.axes[4].images[0]
    np.testing.assert_array_equal(image.get_array(), maps["one"][1])
    assert image.get_clim()[0] == (-image.get_clim()[1] if signed else 0)
    assert "A row for each of a, b: the picture, and beside it one, two" in drawn.alt
    assert ("Blue is positive" in drawn.alt) == signed
