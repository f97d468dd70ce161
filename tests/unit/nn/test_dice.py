import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn


def torch_dice(logits, y, smooth):
    p = torch.sigmoid(logits)
    return 1 - (2 * (p * y).sum() + smooth) / (p.sum() + y.sum() + smooth)


@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    smooth=st.sampled_from([1e-3, 1.0, 5.0]),
    scale=st.sampled_from([1.0, 30.0]),
)
def test_loss_and_gradient_equal_torch(shape, smooth, scale):
    rng = np.random.default_rng(0)
    logits, y = scale * rng.normal(size=shape), rng.integers(0, 2, shape).astype(float)
    tensor = torch.tensor(logits, requires_grad=True)
    wanted = torch_dice(tensor, torch.tensor(y), smooth)
    wanted.backward()
    assert np.isclose(nn.dice_loss(logits, y, smooth), wanted.item(), rtol=1e-10, atol=1e-13)
    ours = nn.dice_loss_backward(logits, y, smooth)
    np.testing.assert_allclose(ours, tensor.grad, rtol=1e-8, atol=1e-13)


def test_gradient_equals_finite_differences(rng):
    logits, y = rng.normal(size=(2, 1, 3, 4)), rng.integers(0, 2, (2, 1, 3, 4)).astype(float)
    measured = nn.numerical_gradient(lambda z: nn.dice_loss(z, y), logits)
    assert nn.relative_error(nn.dice_loss_backward(logits, y), measured) < 1e-8


def test_by_hand():
    """Half right at probability 1/2: p = (.5, .5), y = (1, 0), without much smoothing."""
    loss = nn.dice_loss(np.zeros((1, 2)), np.array([[1.0, 0.0]]), smooth=1e-12)
    assert np.isclose(loss, 1 - 2 * 0.5 / 2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sure_logits_and_empty_masks(dtype):
    huge = np.finfo(dtype).max / 2
    sure, nothing = np.full((1, 1, 8, 8), huge, dtype), np.zeros((1, 1, 8, 8), dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert nn.dice_loss(-sure, nothing) == 0  # nothing there, nothing found
        assert nn.dice_loss(sure, nothing + 1) == 0
        assert np.isclose(nn.dice_loss(sure, nothing), 1 - 1 / 65)
        assert np.isclose(nn.dice_loss(-sure, nothing + 1), 1 - 1 / 65)
        for y in (nothing, nothing + 1):
            for logits in (sure, -sure, nothing):
                gradient = nn.dice_loss_backward(logits, y)
                assert np.isfinite(gradient).all()
                assert gradient.dtype == dtype


def test_it_is_one_minus_the_overlap_of_the_whole_batch():
    y = np.zeros((2, 1, 2, 2))
    y[0, 0] = 1  # the second picture is empty: a mean over pictures would be another number
    logits = np.where(y == 1, 100.0, -100.0)
    logits[0, 0, 0] = -100
    assert np.isclose(nn.dice_loss(logits, y), 1 - (2 * 2 + 1) / (2 + 4 + 1))


def test_object_for_the_loop(rng):
    logits, y = rng.normal(size=(2, 3)), np.ones((2, 3))
    loss = nn.DiceLoss(smooth=2)
    assert loss(logits, y) == nn.dice_loss(logits, y, 2)
    np.testing.assert_array_equal(loss.backward(), nn.dice_loss_backward(logits, y, 2))


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"y has the value 255\.0, wanted 0 to 1"):
        nn.dice_loss(np.ones((1, 2)), np.array([[0.0, 255.0]]))
    with pytest.raises(ValueError, match=r"dice_loss: y has shape \(2, 1\), wanted .* with N = 1"):
        nn.dice_loss(np.ones((1, 2)), np.ones((2, 1)))
    with pytest.raises(ValueError, match="smooth is 0, wanted a number greater than 0"):
        nn.DiceLoss(0)
