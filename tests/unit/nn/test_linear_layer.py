import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.nn import linear_layer
from tests.unit.nn.conftest import torch_gradients

SIZES = st.integers(1, 6)


@given(n=SIZES, d=SIZES, k=SIZES)
def test_forward_and_backward_equal_torch(n, d, k):
    rng = np.random.default_rng(n * 100 + d * 10 + k)
    x = rng.normal(size=(d, n)).T  # not contiguous
    W, b = rng.normal(size=(d, k)), rng.normal(size=k)
    wanted, gradients, grad = torch_gradients(lambda x, W, b: x @ W + b, x, W, b)
    np.testing.assert_allclose(nn.linear(x, W, b), wanted, rtol=1e-10)
    for ours, theirs in zip(nn.linear_backward(grad, x, W), gradients, strict=True):
        assert nn.relative_error(ours, theirs) < 1e-12


def test_worked_example():
    x, w, b = np.array([[1.0, 1, 3]]), np.array([[2.0], [2], [2]]), np.array([4.0])
    assert nn.linear(x, w, b).item() == 14


def test_layer_learns_what_backward_says(rng):
    layer = nn.Linear(3, 2, rng=0, dtype=np.float64)
    x, grad = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    layer(x)
    dx = layer.backward(grad)
    wanted = nn.linear_backward(grad, x, layer.params["W"])
    for ours, theirs in zip((dx, layer.grads["W"], layer.grads["b"]), wanted, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert layer.params.keys() == layer.grads.keys()


def test_same_seed_same_weights():
    one, same, other = (nn.Linear(5, 4, rng=seed).params["W"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert one.dtype == np.float32


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (np.ones((2, 4)), r"x has shape \(2, 4\), wanted \(N, in_features\) with in_features = 3"),
        (np.ones(3), r"Linear.forward: x has shape \(3,\), wanted \(N, in_features\)"),
    ],
)
def test_wrong_shapes_are_named(x, words):
    with pytest.raises(ValueError, match=words):
        nn.Linear(3, 2)(x)
    with pytest.raises(
        ValueError, match=r"^linear: W has shape \(3, 2\), wanted \(D, K\) with D = 4"
    ):
        nn.linear(np.ones((2, 4)), np.ones((3, 2)), np.ones(2))


@pytest.mark.parametrize(
    ("sizes", "error", "words"),
    [
        ((-1, 2), ValueError, "Linear: in_features is -1, wanted at least 1"),
        ((2, 0), ValueError, "Linear: out_features is 0, wanted at least 1"),
        ((2, 1.0), TypeError, "Linear: out_features is 1.0, wanted a whole number"),
    ],
)
def test_sizes_are_named_as_the_caller_wrote_them(sizes, error, words):
    with pytest.raises(error, match=words):
        nn.Linear(*sizes)


def test_every_way_back_goes_through_the_two_functions_that_are_shown(monkeypatch, rng):
    called = []
    for name in ("linear_backward_params", "linear_backward_input"):
        honest = getattr(linear_layer, name)

        def counted(*arrays, name=name, honest=honest):
            called.append(name.removeprefix("linear_backward_"))
            return honest(*arrays)

        monkeypatch.setattr(linear_layer, name, counted)
    layer, x, grad = nn.Linear(3, 2, rng=0), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    layer(x)
    layer.backward_params(grad)
    assert called == ["params"]
    layer.backward(grad)
    assert called == ["params", "params", "input"]
    nn.linear_backward(grad, x, layer.params["W"])
    assert called == ["params", "params", "input", "params", "input"]
