import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients

ELEMENTWISE = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": torch.nn.functional.leaky_relu,
    "gelu": lambda z: z * torch.special.erfc(-z / 2**0.5) / 2,  # F.gelu rounds in the tail
    "softmax": lambda z: torch.softmax(z, -1),
    "log_softmax": lambda z: torch.log_softmax(z, -1),
}
ARRAYS = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=1, max_dims=4, max_side=5),
    elements=st.floats(-30, 30, allow_subnormal=False),
)


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(z=ARRAYS)
def test_forward_and_backward_equal_torch(name, z):
    wanted, (dz,), grad = torch_gradients(ELEMENTWISE[name], z)
    before = z.copy()
    np.testing.assert_allclose(getattr(nn, name)(z), wanted, rtol=1e-10, atol=1e-300)
    np.testing.assert_allclose(getattr(nn, f"{name}_backward")(grad, z), dz, rtol=1e-7, atol=1e-13)
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_backward_equals_finite_differences(name, rng):
    z, grad = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    measured = nn.numerical_gradient(lambda z: np.sum(grad * getattr(nn, name)(z)), z)
    assert nn.relative_error(getattr(nn, f"{name}_backward")(grad, z), measured) < 1e-7


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_along_an_axis(axis, rng):
    z = rng.normal(size=(3, 4, 2))
    np.testing.assert_allclose(nn.softmax(z, axis), torch.softmax(torch.tensor(z), axis))
    np.testing.assert_allclose(nn.softmax(z, axis).sum(axis=axis), 1)


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_overflows_and_the_dtype_stays(name, dtype):
    z = np.array([[-1e4, 1e4, 0, 1]], dtype)
    with np.errstate(all="raise", under="ignore"):
        y = getattr(nn, name)(z)
        dz = getattr(nn, f"{name}_backward")(np.ones_like(z), z)
    assert y.dtype == dz.dtype == dtype
    assert np.isfinite(y).all()
    assert np.isfinite(dz).all()


def test_worked_examples():
    assert nn.sigmoid(-6) == pytest.approx(0.0025, abs=5e-5)
    assert nn.sigmoid(185 * 0.0006 + 85 * 0.0002 + 1) == pytest.approx(0.755, abs=5e-4)
    x = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(nn.tanh(x), 2 * nn.sigmoid(2 * x) - 1, atol=1e-15)
    np.testing.assert_allclose(1 - 1 / (1 + np.exp(-x)), nn.sigmoid(-x))
    np.testing.assert_allclose(
        nn.softmax(np.array([3.2, 5.1, -1.7])), [0.13, 0.87, 0.00], atol=5e-3
    )


@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (nn.Sigmoid(), nn.sigmoid),
        (nn.Tanh(), nn.tanh),
        (nn.ReLU(), nn.relu),
        (nn.GELU(), nn.gelu),
        (nn.LeakyReLU(0.2), lambda z: nn.leaky_relu(z, 0.2)),
    ],
)
def test_layers_remember_for_the_way_back(layer, function, rng):
    x, grad = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    np.testing.assert_array_equal(layer(x), function(x))
    measured = nn.numerical_gradient(lambda x: np.sum(grad * function(x)), x)
    assert nn.relative_error(layer.backward(grad), measured) < 1e-7


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_gradient_that_does_not_fit_is_named(name):
    with pytest.raises(ValueError, match=rf"{name}_backward: z has shape \(2, 3\), wanted"):
        getattr(nn, f"{name}_backward")(np.ones((2, 1)), np.ones((2, 3)))


@pytest.mark.parametrize("layer", [nn.Sigmoid(), nn.Tanh(), nn.ReLU(), nn.LeakyReLU()])
def test_backward_before_forward_is_refused(layer):
    with pytest.raises(ValueError, match="call forward first"):
        layer.backward(np.ones((1, 1)))


def test_gelu_is_that_of_torch():
    z = np.linspace(-4, 4, 81)
    wanted = torch.nn.functional.gelu(torch.tensor(z))
    np.testing.assert_allclose(nn.gelu(z), wanted, rtol=1e-11, atol=1e-15)


def test_gelu_far_from_zero():
    """The tail is no rounding error, and nothing overflows where a square would."""
    assert nn.gelu(-10.0) == pytest.approx(-7.619853e-23, rel=1e-6)  # -10 Phi(-10)
    huge = np.array([-1e30, 1e30], np.float32)
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(nn.gelu(huge), np.array([0, 1e30], np.float32))
        np.testing.assert_array_equal(nn.gelu_backward(np.ones_like(huge), huge), [0, 1])
