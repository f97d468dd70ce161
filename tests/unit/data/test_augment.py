import numpy as np
import pytest
import torch

from course_lib import data
from course_lib.data.augment import RandomTransform, elastic_field, transform


def one(x, degrees=0.0, shift=(0.0, 0.0), zoom=1.0):
    n = len(x)
    return transform(x, np.full(n, degrees), np.tile(shift, (n, 1)), np.full(n, zoom))


@pytest.fixture
def pictures():
    return np.random.default_rng(0).random((3, 2, 7, 7))


def test_nothing_asked_nothing_changed(pictures):
    np.testing.assert_allclose(one(pictures), pictures, atol=1e-12)


def test_whole_pixels_and_right_angles_by_hand(pictures):
    moved = one(pictures, shift=(2, -1))
    np.testing.assert_allclose(moved[:, :, 2:, :-1], pictures[:, :, :-2, 1:])
    assert not moved[:, :, :2].any()
    assert not moved[:, :, :, -1].any()
    np.testing.assert_allclose(one(pictures, 90), np.rot90(pictures, axes=(2, 3)), atol=1e-12)
    larger = one(pictures, zoom=2.0)
    np.testing.assert_allclose(larger[:, :, 1::2, 1::2], pictures[:, :, 2:5, 2:5])


@pytest.mark.parametrize("size", [(7, 7), (6, 9)])
def test_any_move_equals_grid_sample_of_torch(size):
    rng = np.random.default_rng(1)
    x = rng.random((5, 2, *size))
    degrees, shift = rng.uniform(-180, 180, 5), rng.uniform(-3, 3, (5, 2))
    zoom = rng.uniform(0.5, 2, 5)
    H, W = size
    # The same inverse map, in the units of torch: -1 to 1 from the first to the last pixel.
    a = np.deg2rad(degrees)
    theta = np.zeros((5, 2, 3))
    theta[:, 0, 0], theta[:, 0, 1] = np.cos(a), -np.sin(a) * (H - 1) / (W - 1)
    theta[:, 1, 0], theta[:, 1, 1] = np.sin(a) * (W - 1) / (H - 1), np.cos(a)
    theta[:, :, :2] /= zoom[:, None, None]
    moved = np.stack([shift[:, 1] * 2 / (W - 1), shift[:, 0] * 2 / (H - 1)], axis=1)
    theta[:, :, 2] = -np.einsum("nij,nj->ni", theta[:, :, :2], moved)
    grid = torch.nn.functional.affine_grid(torch.tensor(theta), x.shape, align_corners=True)
    wanted = torch.nn.functional.grid_sample(torch.tensor(x), grid, align_corners=True)
    np.testing.assert_allclose(transform(x, degrees, shift, zoom), wanted, atol=1e-10)


def test_a_displaced_place_by_hand(pictures):
    field = np.zeros((3, 2, 7, 7))
    field[:, 0, 4, 2], field[:, 1, 4, 2] = 1, -2  # the value there came from above and right
    bent = transform(pictures, np.zeros(3), np.zeros((3, 2)), np.ones(3), field)
    wanted = pictures.copy()
    wanted[:, :, 4, 2] = pictures[:, :, 3, 4]
    np.testing.assert_allclose(bent, wanted, atol=1e-12)


def test_an_elastic_field_equals_noise_smoothed_by_torch():
    rng, size, smooth = np.random.default_rng(2), (9, 12), 1.5
    field = elastic_field(4, *size, rng, smooth)
    noise = torch.tensor(np.random.default_rng(2).standard_normal((4, 2, *size)))
    reach = 12
    bell = torch.exp(-0.5 * (torch.arange(-reach, reach + 1).double() / smooth) ** 2)
    window = torch.outer(bell, bell)[None, None]

    def smoothed(x):
        flat = x.reshape(-1, 1, *size)
        return torch.nn.functional.conv2d(flat, window, padding=reach).reshape(x.shape)

    window_squared = torch.nn.functional.conv2d(
        torch.ones(1, 1, *size).double(), window**2, padding=reach
    )
    np.testing.assert_allclose(field, smoothed(noise) / window_squared.sqrt(), atol=1e-10)


def test_an_elastic_field_has_variance_one_everywhere_and_bends_slowly():
    field = elastic_field(4000, 10, 10, np.random.default_rng(3))
    np.testing.assert_allclose(field.std(axis=0), 1, atol=0.06)
    assert np.abs(np.diff(field, axis=-1)).mean() < 0.25
    assert abs(np.corrcoef(field[:, 0, 5, 5], field[:, 1, 5, 5])[0, 1]) < 0.06


def test_random_transform_repeats_with_its_seed_and_leaves_its_input():
    x = data.mnist().X_train[:20]
    augment = RandomTransform(rotation=10, shift=2, zoom=0.1, brightness=0.2, elastic=1)
    before = x.copy()
    first, same, other = (augment(x, np.random.default_rng(seed)) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)
    assert first.dtype == np.float32
    assert first.shape == x.shape
    np.testing.assert_array_equal(x, before)
    assert np.abs(first - x).mean() > 0.01


def test_each_picture_draws_its_own():
    x = np.zeros((50, 1, 9, 9), np.float32)
    x[:, :, 4, 4] = 1
    moved = RandomTransform(shift=2)(x, np.random.default_rng(0))
    rows = (moved * np.arange(9)[:, None]).sum(axis=(1, 2, 3)) - 4
    np.testing.assert_allclose(moved.sum(axis=(1, 2, 3)), 1, atol=1e-5)
    assert np.abs(rows).max() <= 2
    assert np.abs(rows).max() > 1.5
    assert len(np.unique(rows)) == 50
    bright = RandomTransform(brightness=0.3)(x, np.random.default_rng(0))
    assert 0.7 <= bright[:, 0, 4, 4].min() < 0.75 < 1.25 < bright[:, 0, 4, 4].max() <= 1.3


PLACE = 3 + 4j  # pixels down and, as the imaginary part, right of the middle


def sources(**options):
    """Where the values at PLACE came from, in 500 pictures whose values are their own places."""
    places = np.mgrid[-15:16, -15:16].astype(float)
    moved = RandomTransform(**options)(np.tile(places, (500, 1, 1, 1)), np.random.default_rng(0))
    down, right = moved[:, :, 15 + 3, 15 + 4].T
    return down + 1j * right


def test_rotation_alone_keeps_the_distance_to_the_middle():
    turned = sources(rotation=20) / PLACE
    np.testing.assert_allclose(np.abs(turned), 1)
    degrees = np.angle(turned, deg=True)
    assert -20 <= degrees.min() < -19 < 19 < degrees.max() <= 20


def test_zoom_alone_keeps_the_direction_from_the_middle():
    zoom = PLACE / sources(zoom=0.2)
    np.testing.assert_allclose(zoom.imag, 0, atol=1e-12)
    assert 0.8 <= zoom.real.min() < 0.81 < 1.19 < zoom.real.max() <= 1.2


def test_elastic_alone_displaces_by_its_standard_deviation_in_both_directions():
    displaced = sources(elastic=1.5) - PLACE
    for pixels in (displaced.real, displaced.imag):
        assert pixels.mean() == pytest.approx(0, abs=0.2)
        assert pixels.std() == pytest.approx(1.5, rel=0.1)
    assert abs(np.corrcoef(displaced.real, displaced.imag)[0, 1]) < 0.15


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (dict(rotation=-1), "rotation is -1, wanted at least 0"),
        (dict(rotation=360), "rotation is 360, wanted at least 0 and less than 360"),
        (dict(shift=float("nan")), "shift is nan"),
        (dict(zoom=1), "zoom is 1, wanted at least 0 and less than 1"),
        (dict(brightness=1.5), "brightness is 1.5"),
        (dict(elastic=-0.5), "elastic is -0.5, wanted at least 0"),
    ],
)
def test_settings_out_of_range_are_named(options, words):
    with pytest.raises(ValueError, match=words):
        RandomTransform(**options)


def test_shapes_that_do_not_fit_are_named(pictures):
    with pytest.raises(ValueError, match=r"degrees has shape \(2,\), wanted \(N\) with N = 3"):
        transform(pictures, np.zeros(2), np.zeros((3, 2)), np.ones(3))
    with pytest.raises(ValueError, match=r"shift has shape \(3, 3\), wanted \(N, 2\) with N = 3"):
        transform(pictures, np.zeros(3), np.zeros((3, 3)), np.ones(3))


def test_whole_numbers_can_not_be_interpolated(pictures):
    with pytest.raises(TypeError, match="x has dtype int64, wanted a floating-point one"):
        one((255 * pictures).astype(int))
