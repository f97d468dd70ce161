import numpy as np
import pytest
import torch

from course_lib import data
from course_lib.data import photographs


def test_five_photographs_in_color_between_0_and_1():
    photos = data.photos()
    assert list(photos) == ["cat", "coffee", "camera", "astronaut", "rocket"]
    for picture in photos.values():
        assert picture.dtype == np.float32
        assert picture.shape[0] == 3
        assert min(picture.shape[1:]) == 256
        assert picture.min() >= 0
        assert 0.85 < picture.max() <= 1
    camera = photos["camera"]
    np.testing.assert_array_equal(camera[0], camera[2])
    # Red comes first: the saucer is red, the evening sky blue.
    assert np.argmax(photos["coffee"].mean(axis=(1, 2))) == 0
    assert np.argmax(photos["rocket"].mean(axis=(1, 2))) == 2
    # The sky is above, the grass below; the sky lighter.
    assert camera[0, :60].mean() > camera[0, -60:].mean() + 0.1


def test_loaded_once_and_safe_from_its_users():
    assert data.photos() is data.photos()
    with pytest.raises(ValueError, match="read-only"):
        data.photos()["cat"][0] = 0
    with pytest.raises(TypeError, match="does not support item assignment"):
        data.photos()["cat"] = 0


@pytest.mark.parametrize(("height", "width"), [(5, 7), (20, 30), (1, 1), (13, 8), (11, 17)])
def test_resize_equals_torch_with_antialiasing(height, width):
    picture = np.random.default_rng(0).random((2, 3, 11, 17))
    wanted = torch.nn.functional.interpolate(
        torch.from_numpy(picture), (height, width), mode="bilinear", antialias=True
    )
    np.testing.assert_allclose(data.resize(picture, height, width), wanted, atol=1e-12)


def test_resize_keeps_even_surfaces_and_the_range():
    gray = np.full((3, 40, 50), 0.3, np.float32)
    np.testing.assert_allclose(data.resize(gray, 17, 93), 0.3, rtol=1e-6)
    picture = data.photos()["camera"]
    small = data.resize(picture, 127, 127)
    assert small.dtype == np.float32
    assert picture.min() <= small.min() <= small.max() <= picture.max()


def test_center_square_cuts_both_sides_alike():
    wide = np.zeros((1, 4, 8))
    wide[:, :, 2:6] = 1
    np.testing.assert_allclose(data.center_square(wide, 4), 1)
    np.testing.assert_allclose(data.center_square(wide.swapaxes(1, 2), 2), 1)
    assert data.center_square(data.photos()["cat"], 223).shape == (3, 223, 223)


def test_bad_input_is_named():
    with pytest.raises(TypeError, match="picture is array of uint8"):
        data.resize(np.zeros((3, 4, 4), np.uint8), 2, 2)
    with pytest.raises(ValueError, match="width is 0, wanted at least 1"):
        data.resize(np.zeros((3, 4, 4)), 2, 0)
    with pytest.raises(ValueError, match="size is 0, wanted at least 1"):
        data.center_square(np.zeros((3, 4, 4)), 0)
    with pytest.raises(ValueError, match=r"picture has shape \(4,\)"):
        data.resize(np.zeros(4), 2, 2)


def test_every_picture_has_its_shape():
    for name, (_, height, width) in photographs.SHAPES.items():
        assert data.photos()[name].shape == (3, height, width)
