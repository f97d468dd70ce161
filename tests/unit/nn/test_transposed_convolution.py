import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.pytorch import from_torch, to_torch
from tests.unit.nn.conftest import torch_gradients


@st.composite
def cases(draw):
    """Pictures, filters, stride and padding of which something is left, all of them uneven."""
    sizes = st.integers(1, 3)
    n, c, k, h_window, w_window, height, width = (draw(sizes) for _ in range(7))
    stride = draw(sizes)
    smallest = min((height - 1) * stride + h_window, (width - 1) * stride + w_window)
    padding = draw(st.integers(0, (smallest - 1) // 2))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    x = rng.normal(size=(width, n, height, c)).transpose(1, 3, 2, 0)  # not contiguous
    return x, rng.normal(size=(c, k, h_window, w_window)), rng.normal(size=k), stride, padding


@given(case=cases())
def test_forward_and_backward_equal_torch(case):
    x, W, b, stride, padding = case
    wanted, gradients, grad = torch_gradients(
        lambda x, W, b: torch.nn.functional.conv_transpose2d(x, W, b, stride, padding), x, W, b
    )
    before = x.copy(), W.copy()
    z = nn.conv_transpose2d(x, W, b, stride, padding)
    assert z.shape == wanted.shape
    assert nn.relative_error(z, wanted) < 1e-12
    ours = nn.conv_transpose2d_backward(grad, x, W, stride, padding)
    for mine, theirs in zip(ours, gradients, strict=True):
        assert mine.shape == theirs.shape
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-13)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(W, before[1])


@given(case=cases())
def test_it_is_the_adjoint_of_conv2d(case):
    """<conv2d(y), x> = <y, conv_transpose2d(x)>, for every y: the definition of an adjoint."""
    x, W, b, stride, padding = case
    no_bias, other = np.zeros(len(W)), np.zeros(len(b))
    image = nn.conv_transpose2d(x, W, other, stride, padding)
    y = np.random.default_rng(7).normal(size=image.shape)
    left = np.sum(nn.conv2d(y, W, no_bias, stride, padding) * x)
    assert np.isclose(left, np.sum(y * image), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("stride", "padding", "wanted"),
    [
        (1, 0, [[0, 0, 1], [0, 4, 6], [4, 12, 9]]),
        (2, 0, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]),
        (1, 1, [[4]]),
    ],
)
def test_worked_example(stride, padding, wanted):
    square = np.array([[[[0, 1], [2, 3]]]])
    z = nn.conv_transpose2d(square, square, np.zeros(1), stride, padding)
    assert z[0, 0].tolist() == wanted


def test_backward_equals_finite_differences(rng):
    x, W, b = rng.normal(size=(2, 2, 3, 2)), rng.normal(size=(2, 3, 3, 2)), rng.normal(size=3)
    grad = rng.normal(size=nn.conv_transpose2d(x, W, b, 2, 1).shape)
    dx, dW, db = nn.conv_transpose2d_backward(grad, x, W, 2, 1)
    for ours, at, f in (
        (dx, x, lambda x: nn.conv_transpose2d(x, W, b, 2, 1)),
        (dW, W, lambda W: nn.conv_transpose2d(x, W, b, 2, 1)),
        (db, b, lambda b: nn.conv_transpose2d(x, W, b, 2, 1)),
    ):
        measured = nn.numerical_gradient(lambda v, f=f: np.sum(grad * f(v)), at)
        assert nn.relative_error(ours, measured) < 1e-8


@pytest.mark.parametrize("kernel_size", [4, (3, 2)])
def test_layer_learns_what_backward_says_and_converts(kernel_size, rng):
    layer = nn.ConvTranspose2d(2, 3, kernel_size, stride=2, padding=1, rng=0, dtype=np.float64)
    W, b = layer.params["W"], layer.params["b"]
    b[...] = rng.normal(size=3)
    x = rng.normal(size=(2, 2, 4, 5))
    z = layer(x)
    np.testing.assert_array_equal(z, nn.conv_transpose2d(x, W, b, 2, 1))
    module = to_torch(layer)
    np.testing.assert_allclose(module(torch.from_numpy(x)).detach(), z, rtol=1e-12)
    grad = rng.normal(size=z.shape)
    dx, dW, db = nn.conv_transpose2d_backward(grad, x, W, 2, 1)
    np.testing.assert_array_equal(layer.backward(grad), dx)
    np.testing.assert_array_equal(layer.grads["W"], dW)
    np.testing.assert_array_equal(layer.grads["b"], db)
    with torch.no_grad():
        module.weight += 1
    np.testing.assert_allclose(from_torch(module, layer).params["W"], module.weight.detach())


def test_the_weights_start_at_the_variance_of_a_convolution_of_as_many_inputs():
    W = nn.ConvTranspose2d(50, 20, 3, rng=0).params["W"]
    assert W.shape == (50, 20, 3, 3)
    assert np.isclose(W.std(), np.sqrt(2 / (50 * 9)), rtol=0.02)


def test_float32_stays_float32():
    layer, x = nn.ConvTranspose2d(1, 2, 2, stride=2, rng=0), np.ones((1, 1, 3, 3), np.float32)
    z = layer(x)
    dx = layer.backward(z)
    assert z.shape == (1, 2, 6, 6)
    assert {a.dtype for a in (z, dx, *layer.grads.values())} == {np.dtype(np.float32)}


def test_bad_input_is_named():
    x, W, b = np.ones((1, 2, 3, 3)), np.ones((2, 4, 2, 2)), np.ones(4)
    with pytest.raises(ValueError, match=r"conv_transpose2d: W has shape .* with C = 3"):
        nn.conv_transpose2d(np.ones((1, 3, 3, 3)), W, b)
    with pytest.raises(ValueError, match="padding is 2, wanted less: a picture of 3 x 3 would"):
        nn.conv_transpose2d(x, W, b, padding=2)
    with pytest.raises(TypeError, match="padding is 'same', wanted a whole number"):
        nn.conv_transpose2d(x, W, b, padding="same")
    with pytest.raises(ValueError, match="ConvTranspose2d: padding is -1, wanted at least 0"):
        nn.ConvTranspose2d(1, 1, 2, padding=-1)
    with pytest.raises(ValueError, match=r"grad has shape .*, wanted \(1, 4, 4, 4\)"):
        nn.conv_transpose2d_backward(np.ones((1, 4, 5, 5)), x, W)
    with pytest.raises(ValueError, match="call forward first"):
        nn.ConvTranspose2d(1, 1, 2).backward(x)
