import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.optim import SGD

IN_TORCH = {
    "l1_penalty": lambda W, strength: strength * W.abs().sum(),
    "l2_penalty": lambda W, strength: strength * W.square().sum(),
}


def backward(name):
    return getattr(nn, f"{name}_backward")


@pytest.mark.parametrize("name", IN_TORCH)
@given(
    shape=st.sampled_from([(1,), (5,), (4, 3), (2, 3, 1, 2)]),
    strength=st.sampled_from([0.0, 0.01, 1.0, 3.0]),
    seed=st.integers(0, 99),
)
def test_penalties_equal_torch(name, shape, strength, seed):
    W = np.random.default_rng(seed).normal(size=shape)
    W.flat[-1] = 0  # where |w| has no slope, torch says 0 too
    tensor = torch.tensor(W, requires_grad=True)
    penalty = IN_TORCH[name](tensor, strength)
    penalty.backward()
    before = W.copy()
    assert getattr(nn, name)(W, strength) == pytest.approx(penalty.item(), rel=1e-12)
    np.testing.assert_allclose(backward(name)(W, strength), tensor.grad.numpy(), rtol=1e-12)
    np.testing.assert_array_equal(W, before)


@pytest.mark.parametrize("name", IN_TORCH)
def test_backward_equals_finite_differences(name, rng):
    W = rng.normal(size=(3, 4))
    measured = nn.numerical_gradient(lambda W: getattr(nn, name)(W, 0.3), W)
    assert nn.relative_error(backward(name)(W, 0.3), measured) < 1e-8


def test_same_score_other_penalty():
    x = np.ones(4)
    alone, spread = np.array([1.0, 0, 0, 0]), np.full(4, 0.25)
    assert x @ alone == x @ spread == 1
    assert (nn.l2_penalty(alone), nn.l2_penalty(spread)) == (1, 0.25)
    assert (nn.l1_penalty(alone), nn.l1_penalty(spread)) == (1, 1)


def test_weight_decay_is_twice_the_strength(rng):
    W = rng.normal(size=(3, 2))
    decayed, penalised = W.copy(), W.copy()
    SGD(lr=0.1, weight_decay=0.5).step([decayed], [np.zeros_like(W)])
    SGD(lr=0.1).step([penalised], [nn.l2_penalty_backward(W, 0.25)])
    np.testing.assert_allclose(decayed, penalised)


@pytest.mark.parametrize("name", IN_TORCH)
def test_value_is_a_float_and_gradient_keeps_float32(name):
    W = np.ones((2, 3), np.float32)
    assert type(getattr(nn, name)(W, 0.1)) is float
    assert backward(name)(W, 0.1).dtype == np.float32


@pytest.mark.parametrize("name", IN_TORCH)
def test_bad_input_is_named(name):
    for function in (getattr(nn, name), backward(name)):
        with pytest.raises(ValueError, match=r"penalty\w*: strength is -1, wanted 0 or more"):
            function(np.ones(2), -1)
        with pytest.raises(ValueError, match="strength is nan"):
            function(np.ones(2), np.nan)
        with pytest.raises(TypeError, match="W is list, wanted a NumPy array"):
            function([1.0, 2.0])
