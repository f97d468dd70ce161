import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients

POOLS = {"max_pool2d": torch.nn.functional.max_pool2d, "avg_pool2d": torch.nn.functional.avg_pool2d}
LAYERS = {"max_pool2d": nn.MaxPool2d, "avg_pool2d": nn.AvgPool2d}


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("ties", [False, True])
@given(
    size=st.integers(1, 3),
    stride=st.sampled_from([None, 1, 2, 4]),
    more=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    batch=st.integers(1, 3),
)
def test_forward_and_backward_equal_torch(name, ties, size, stride, more, batch):
    rng = np.random.default_rng(0)
    shape = (2, batch, size + more[0], size + more[1])
    x = rng.integers(0, 2, shape).astype(float) if ties else rng.normal(size=shape)
    x = x.swapaxes(0, 1)  # not contiguous
    wanted, (dx,), grad = torch_gradients(lambda x: POOLS[name](x, size, stride), x)
    before = x.copy()
    np.testing.assert_allclose(getattr(nn, name)(x, size, stride), wanted, rtol=1e-12)
    ours = getattr(nn, f"{name}_backward")(grad, x, size, stride)
    np.testing.assert_allclose(ours, dx, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(x, before)
    layer = LAYERS[name](size, stride)
    np.testing.assert_allclose(layer(x), wanted, rtol=1e-12)
    np.testing.assert_array_equal(layer.backward(grad), ours)


@pytest.mark.parametrize("name", POOLS)
def test_backward_equals_finite_differences(name, rng):
    x, grad = rng.normal(size=(2, 2, 5, 7)), rng.normal(size=(2, 2, 2, 3))
    measured = nn.numerical_gradient(lambda x: np.sum(grad * getattr(nn, name)(x, 3, 2)), x)
    assert nn.relative_error(getattr(nn, f"{name}_backward")(grad, x, 3, 2), measured) < 1e-8


def test_by_hand():
    x = np.array([[[[1.0, 2, 5], [3, 4, 0], [9, 9, 9]]]])
    assert nn.max_pool2d(x, 2)[0, 0].tolist() == [[4]]  # what does not fit is left out
    assert nn.max_pool2d(x, 2, 1)[0, 0].tolist() == [[4, 5], [9, 9]]
    assert nn.avg_pool2d(x, 2)[0, 0].tolist() == [[2.5]]


@pytest.mark.parametrize("name", POOLS)
def test_float32_stays_float32(name):
    x = np.ones((1, 1, 4, 4), np.float32)
    y = getattr(nn, name)(x, 2)
    assert y.dtype == getattr(nn, f"{name}_backward")(y, x, 2).dtype == np.float32


@pytest.mark.parametrize("name", POOLS)
def test_bad_input_is_named(name):
    pool, x = getattr(nn, name), np.ones((1, 1, 4, 4))
    with pytest.raises(ValueError, match="larger than the picture"):
        pool(x, 5)
    with pytest.raises(ValueError, match=r"_pool2d: size is 0, wanted at least 1"):
        pool(x, 0)
    with pytest.raises(TypeError, match=r"_pool2d: size is 2.0, wanted a whole number"):
        pool(x, 2.0)
    with pytest.raises(ValueError, match="stride is -1"):
        pool(x, 2, -1)
    with pytest.raises(ValueError, match=r"x has shape \(4, 4\), wanted \(N, C, H, W\)"):
        pool(x[0, 0], 2)
    with pytest.raises(ValueError, match="call forward first"):
        LAYERS[name](2).backward(x)
    with pytest.raises(ValueError, match="size is 0"):
        LAYERS[name](0)
    with pytest.raises(ValueError, match=r"grad has shape \(1, 1, 3, 3\), wanted \(1, 1, 2, 2\)"):
        getattr(nn, f"{name}_backward")(np.ones((1, 1, 3, 3)), x, 2)


def test_whole_numbers_take_a_gradient():
    x = np.arange(4).reshape(1, 1, 2, 2)
    dx = nn.max_pool2d_backward(np.array([[[[0.5]]]]), x, 2)
    np.testing.assert_array_equal(dx, [[[[0, 0], [0, 0.5]]]])


@pytest.mark.parametrize("pool", [nn.max_pool2d, nn.avg_pool2d])
def test_a_stride_of_zero_is_refused(pool):
    with pytest.raises(ValueError, match="stride is 0, wanted at least 1"):
        pool(np.ones((1, 1, 4, 4)), 2, 0)


@st.composite
def padded_cases(draw):
    """Sizes that fit a padded pooling, and pictures below 0, where a border of 0 would win."""
    size = draw(st.integers(1, 4))
    padding, stride = draw(st.integers(0, size // 2)), draw(st.sampled_from([None, 1, 2, 3]))
    smallest = max(1, size - 2 * padding)
    sides = draw(st.integers(smallest, 7)), draw(st.integers(smallest, 7))
    x = np.random.default_rng(draw(st.integers(0, 9))).integers(-9, 0, (2, 3, *sides))
    return x.astype(float), size, stride, padding


@given(case=padded_cases())
def test_padded_maximum_equals_torch(case):
    x, *options = case
    wanted, (dx,), grad = torch_gradients(lambda x: POOLS["max_pool2d"](x, *options), x)
    np.testing.assert_array_equal(nn.max_pool2d(x, *options), wanted)
    np.testing.assert_array_equal(nn.max_pool2d(x.astype(int), *options), wanted)
    ours = nn.max_pool2d_backward(grad, x, *options)
    np.testing.assert_allclose(ours, dx, rtol=1e-12, atol=1e-14)
    layer = nn.MaxPool2d(*options)
    np.testing.assert_array_equal(layer(x), wanted)
    np.testing.assert_array_equal(layer.backward(grad), ours)


def test_a_border_of_more_than_half_a_window_is_refused():
    x = np.ones((1, 1, 4, 4))
    for call in (
        lambda: nn.max_pool2d(x, 3, 1, 2),
        lambda: nn.max_pool2d_backward(x, x, 3, 1, 2),
        lambda: nn.MaxPool2d(3, 1, 2),
    ):
        with pytest.raises(ValueError, match="padding is 2, wanted at most 1, half the window"):
            call()
    with pytest.raises(ValueError, match="MaxPool2d: padding is -1, wanted at least 0"):
        nn.MaxPool2d(3, padding=-1)
    with pytest.raises(TypeError, match="padding is 'same', wanted a whole number"):
        nn.max_pool2d(x, 3, 1, "same")
