import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients


@given(shape=st.tuples(*[st.integers(1, 4)] * 4))
def test_forward_and_backward_equal_torch(shape):
    x = np.random.default_rng(0).normal(size=shape)
    wanted, (dx,), grad = torch_gradients(lambda x: x.mean(dim=(2, 3)), x)
    np.testing.assert_allclose(nn.global_avg_pool2d(x), wanted, rtol=1e-12)
    np.testing.assert_allclose(nn.global_avg_pool2d_backward(grad, x), dx, rtol=1e-12)
    layer = nn.GlobalAvgPool2d()
    np.testing.assert_array_equal(layer(x), nn.global_avg_pool2d(x))
    np.testing.assert_allclose(layer.backward(grad), dx, rtol=1e-12)


def test_it_is_average_pooling_with_one_window(rng):
    x = rng.normal(size=(2, 3, 5, 5))
    np.testing.assert_allclose(nn.global_avg_pool2d(x), nn.avg_pool2d(x, 5)[:, :, 0, 0])


def test_backward_equals_finite_differences(rng):
    x, grad = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3))
    measured = nn.numerical_gradient(lambda x: np.sum(grad * nn.global_avg_pool2d(x)), x)
    assert nn.relative_error(nn.global_avg_pool2d_backward(grad, x), measured) < 1e-8


def test_float32_stays_float32():
    layer = nn.GlobalAvgPool2d()
    y = layer(np.ones((1, 2, 3, 3), np.float32))
    assert y.dtype == layer.backward(y).dtype == np.float32


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"x has shape \(4, 4\), wanted \(N, C, H, W\)"):
        nn.global_avg_pool2d(np.ones((4, 4)))
    layer = nn.GlobalAvgPool2d()
    with pytest.raises(ValueError, match="call forward first"):
        layer.backward(np.ones((1, 2)))
    layer(np.ones((1, 2, 3, 3)))
    with pytest.raises(
        ValueError, match=r"x has shape \(1, 2, 3, 3\), wanted .* with N = 1, C = 3"
    ):
        layer.backward(np.ones((1, 3)))


def test_on_pytorch_it_answers_the_same(rng):
    from course_lib.pytorch import to_torch

    x = rng.normal(size=(2, 3, 4, 5))
    theirs = to_torch(nn.GlobalAvgPool2d())(torch.from_numpy(x))
    np.testing.assert_allclose(theirs, nn.global_avg_pool2d(x), rtol=1e-12)
