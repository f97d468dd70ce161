import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.pytorch import from_torch, to_torch
from tests.unit.nn.conftest import torch_gradients


@given(shape=st.lists(st.integers(1, 5), min_size=1, max_size=4), eps=st.sampled_from([1e-5, 0.3]))
def test_forward_and_backward_equal_torch(shape, eps):
    rng = np.random.default_rng(0)
    x = rng.normal(2, 3, size=shape)
    gamma, beta = rng.normal(size=(2, shape[-1]))
    wanted, gradients, grad = torch_gradients(
        lambda x, gamma, beta: torch.nn.functional.layer_norm(x, shape[-1:], gamma, beta, eps),
        *(x, gamma, beta),
    )
    np.testing.assert_allclose(nn.layer_norm(x, gamma, beta, eps), wanted, rtol=1e-9, atol=1e-12)
    ours = nn.layer_norm_backward(grad, x, gamma, eps)
    for mine, theirs in zip(ours, gradients, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-8, atol=1e-9)


def test_backward_equals_finite_differences(rng):
    (x, grad), (gamma, beta) = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 4))
    gradients = nn.layer_norm_backward(grad, x, gamma)
    for ours, at, f in zip(
        gradients,
        (x, gamma, beta),
        (
            lambda x: nn.layer_norm(x, gamma, beta),
            lambda gamma: nn.layer_norm(x, gamma, beta),
            lambda beta: nn.layer_norm(x, gamma, beta),
        ),
        strict=True,
    ):
        measured = nn.numerical_gradient(lambda v, f=f: np.sum(grad * f(v)), at)
        assert nn.relative_error(ours, measured) < 1e-7


def test_every_sample_for_itself(rng):
    x, ones, zeros = rng.normal(5, 9, size=(4, 6)), np.ones(6), np.zeros(6)
    y = nn.layer_norm(x, ones, zeros)
    np.testing.assert_allclose(y.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(y.std(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(nn.layer_norm(x[2:3], ones, zeros), y[2:3])


def test_equal_features_give_beta():
    x, beta = np.full((2, 3), 7.0), np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(nn.layer_norm(x, np.ones(3), beta), [beta, beta])
    assert np.isfinite(nn.layer_norm_backward(x, x, np.ones(3))[0]).all()


def test_layer_is_the_same_in_evaluation_and_converts(rng):
    layer, x = nn.LayerNorm(4, eps=0.1, dtype=np.float64), rng.normal(size=(3, 2, 4))
    for array in layer.params.values():
        array[...] = rng.normal(size=4)
    y, grad = layer(x), rng.normal(size=x.shape)
    np.testing.assert_array_equal(layer.eval()(x), y)
    dx, dgamma, dbeta = nn.layer_norm_backward(grad, x, layer.params["gamma"], 0.1)
    np.testing.assert_array_equal(layer.backward(grad), dx)
    np.testing.assert_array_equal(layer.grads["gamma"], dgamma)
    np.testing.assert_array_equal(layer.grads["beta"], dbeta)
    module = to_torch(layer)
    np.testing.assert_allclose(module(torch.from_numpy(x)).detach(), y, rtol=1e-10)
    other = from_torch(module, nn.LayerNorm(4, eps=0.1, dtype=np.float64))
    np.testing.assert_array_equal(other(x), y)


def test_float32_stays_float32():
    layer = nn.LayerNorm(3)
    y = layer(np.ones((2, 3), np.float32))
    assert {a.dtype for a in (y, layer.backward(y), *layer.grads.values())} == {
        np.dtype(np.float32)
    }


def test_bad_input_is_named():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"LayerNorm.forward: x has shape \(2, 3\), wanted .* 4\)"):
        nn.LayerNorm(4)(x)
    with pytest.raises(ValueError, match=r"layer_norm: gamma has shape \(2,\), wanted \(3,\)"):
        nn.layer_norm(x, np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match="eps is 0, wanted a number greater than 0"):
        nn.LayerNorm(4, eps=0)
    with pytest.raises(ValueError, match="call forward first"):
        nn.LayerNorm(3).backward(x)
    layer = nn.LayerNorm(3)
    layer(x)
    with pytest.raises(ValueError, match=r"LayerNorm.backward: grad has shape \(1, 3\)"):
        layer.backward(x[:1])
