import numpy as np
import pytest

from course_lib import nn, zoo
from course_lib.data import photos
from course_lib.experiments.codes import cnn_codes, half_crops, linear_accuracy


def test_codes_are_the_means_of_the_maps_and_do_not_depend_on_the_batch():
    network = zoo.squeezenet()
    x = np.random.default_rng(0).random((52, 3, 31, 31), np.float32)  # more than one batch
    found = cnn_codes(network, x, ("fire3", "pool10"))
    first = nn.Sequential(*network.layers[:5])
    maps = first(zoo.squeezenet_input(x[50:]))
    np.testing.assert_allclose(found["fire3"][50:], maps.mean(axis=(2, 3)), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(
        found["pool10"][50:], network(zoo.squeezenet_input(x[50:])), rtol=1e-4, atol=1e-4
    )
    assert found["fire3"].shape == (52, 128)
    assert found["fire3"].min() >= 0


def test_a_grey_picture_has_three_equal_channels():
    network = zoo.squeezenet()
    grey = np.random.default_rng(0).random((2, 1, 31, 31), np.float32)
    three = np.repeat(grey, 3, axis=1)
    np.testing.assert_array_equal(
        cnn_codes(network, grey, ["fire9"])["fire9"], cnn_codes(network, three, ["fire9"])["fire9"]
    )


def test_an_unknown_layer_is_named():
    with pytest.raises(ValueError, match="layers is 'fire1', wanted 'conv1' or"):
        cnn_codes(zoo.squeezenet(), np.zeros((1, 3, 31, 31), np.float32), ["fire1"])


def test_cutouts_of_the_two_halves_share_no_pixel(monkeypatch):
    marked = np.zeros((3, 256, 385), np.float32)
    marked[..., 192:] = 1
    monkeypatch.setattr("course_lib.experiments.codes.photos", lambda: {"a": marked})
    left, labels = half_crops("left", 6, np.random.default_rng(0), size=31)
    right, _ = half_crops("right", 6, np.random.default_rng(0), size=31)
    assert left.shape == (6, 3, 31, 31)
    assert labels.tolist() == [0] * 6
    assert (left.max(), right.min()) == (0, 1)


def test_cutouts_are_drawn_from_every_photo_and_some_are_mirrored():
    x, labels = half_crops("left", 8, np.random.default_rng(0), size=31)
    assert np.bincount(labels).tolist() == [8] * len(photos())
    assert len(np.unique(x.reshape(len(x), -1), axis=0)) == len(x)


def test_another_half_is_refused():
    with pytest.raises(ValueError, match="half is 'top', wanted 'left' or 'right'"):
        half_crops("top", 1, np.random.default_rng(0))


def test_a_linear_classifier_learns_what_is_linear():
    rng = np.random.default_rng(0)
    centers = rng.normal(size=(3, 20)) * 3
    y, y_test = np.repeat(np.arange(3), 5), np.repeat(np.arange(3), 40)
    x, x_test = (centers[labels] + rng.normal(size=(len(labels), 20)) for labels in (y, y_test))
    assert linear_accuracy(x, y, x_test, y_test) > 0.95
    # units do not matter, nor a feature that never changes
    scaled = np.c_[x * 1000, np.ones(len(x))], np.c_[x_test * 1000, np.ones(len(x_test))]
    assert linear_accuracy(scaled[0], y, scaled[1], y_test) > 0.95
    assert linear_accuracy(x, y, x_test, rng.permutation(y_test)) < 0.6


def test_its_scale_comes_from_the_training_codes_alone():
    rng = np.random.default_rng(0)
    y = np.repeat(np.arange(2), 10)
    x = rng.normal(size=(20, 3)) + 4 * y[:, np.newaxis]
    shifted = x + 40  # had the test part a mean of its own, this would be read as before
    assert linear_accuracy(x, y, shifted, y) == 0.5
