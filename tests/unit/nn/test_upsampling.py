import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.pytorch import to_torch
from tests.unit.nn.conftest import torch_gradients


@given(shape=st.tuples(*[st.integers(1, 4)] * 4), scale=st.integers(1, 4))
def test_forward_and_backward_equal_torch(shape, scale):
    x = np.random.default_rng(0).normal(size=shape[::-1]).transpose()  # not contiguous
    wanted, (dx,), grad = torch_gradients(
        lambda x: torch.nn.functional.interpolate(x, scale_factor=scale, mode="nearest"), x
    )
    np.testing.assert_array_equal(nn.upsample2d(x, scale), wanted)
    np.testing.assert_allclose(nn.upsample2d_backward(grad, x, scale), dx, rtol=1e-12)
    layer = nn.Upsample2d(scale)
    np.testing.assert_array_equal(layer(x), wanted)
    np.testing.assert_allclose(layer.backward(grad), dx, rtol=1e-12)
    np.testing.assert_array_equal(to_torch(layer)(torch.from_numpy(x.copy())), wanted)


def test_by_hand():
    x = np.array([[[[1, 2], [3, 4]]]])
    assert nn.upsample2d(x, 2)[0, 0].tolist() == [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [3, 3, 4, 4],
        [3, 3, 4, 4],
    ]


def test_backward_equals_finite_differences(rng):
    x, grad = rng.normal(size=(2, 3, 2, 3)), rng.normal(size=(2, 3, 6, 9))
    measured = nn.numerical_gradient(lambda x: np.sum(grad * nn.upsample2d(x, 3)), x)
    assert nn.relative_error(nn.upsample2d_backward(grad, x, 3), measured) < 1e-8


def test_pooling_undoes_it(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    np.testing.assert_allclose(nn.avg_pool2d(nn.upsample2d(x, 3), 3), x)


def test_float32_stays_float32():
    layer = nn.Upsample2d(2)
    y = layer(np.ones((1, 1, 2, 2), np.float32))
    assert y.dtype == layer.backward(y).dtype == np.float32


def test_bad_input_is_named():
    x = np.ones((1, 1, 2, 2))
    with pytest.raises(ValueError, match="Upsample2d: scale is 0, wanted at least 1"):
        nn.Upsample2d(0)
    with pytest.raises(TypeError, match=r"upsample2d: scale is 1.5, wanted a whole number"):
        nn.upsample2d(x, 1.5)
    with pytest.raises(ValueError, match=r"grad has shape \(1, 1, 4, 5\), wanted \(1, 1, 4, 4\)"):
        nn.upsample2d_backward(np.ones((1, 1, 4, 5)), x, 2)
    with pytest.raises(ValueError, match="call forward first"):
        nn.Upsample2d(2).backward(x)
