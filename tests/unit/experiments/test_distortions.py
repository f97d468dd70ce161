"""What is done to pictures is what was asked for, and the pictures themselves stay."""

import numpy as np
import pytest

from course_lib.experiments.distortions import move, spoil


@pytest.fixture
def images():
    """Three pictures of 28 x 28: a bright row 10, 11 or 12 on a blank page."""
    x = np.zeros((3, 1, 28, 28), np.float32)
    x[[0, 1, 2], 0, [10, 11, 12]] = 1
    return x


@pytest.mark.parametrize(("shift", "kept", "blank"), [(3, 25, slice(3)), (-3, 25, slice(25, 28))])
def test_spoil_moves_without_wrapping_round(images, shift, kept, blank):
    moved = spoil(images, shift=shift)
    assert moved.sum() == 3 * kept
    assert not moved[..., blank].any()
    assert images.sum() == 3 * 28  # unchanged


def test_spoil_adds_the_same_noise_each_time_and_stays_in_range(images):
    noisy = spoil(images, noise=0.5)
    np.testing.assert_array_equal(noisy, spoil(images, noise=0.5))
    assert noisy.dtype == np.float32
    assert (noisy.min(), noisy.max()) == (0, 1)
    assert not np.array_equal(noisy, images)


def test_move_shifts_and_turns(images):
    right = move(images[:1], 3, 0, 0)
    np.testing.assert_allclose(right[..., 3:], images[:1, ..., :-3], atol=1e-6)
    down = move(images[:1], 0, 2, 0)
    np.testing.assert_allclose(down[:, :, 2:], images[:1, :, :-2], atol=1e-6)
    np.testing.assert_allclose(
        move(images[:1], 0, 0, 90), np.rot90(images[:1], axes=(2, 3)), atol=1e-6
    )
