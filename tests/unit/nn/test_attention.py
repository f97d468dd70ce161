import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients

attend = nn.scaled_dot_product_attention
attend_backward = nn.scaled_dot_product_attention_backward


@given(
    sizes=st.tuples(*[st.integers(1, 4)] * 5),
    masked=st.sampled_from(["no", "shared", "each its own"]),
)
def test_forward_and_backward_equal_torch(sizes, masked):
    rng, (N, T, S, d, e) = np.random.default_rng(0), sizes
    Q, K, V = rng.normal(size=(N, T, d)), rng.normal(size=(N, S, d)), rng.normal(size=(N, S, e))
    mask = None
    if masked != "no":
        mask = rng.random((T, S) if masked == "shared" else (N, T, S)) < 0.5
        mask[..., rng.integers(S)] = True
    theirs = None if mask is None else torch.from_numpy(mask)
    wanted, gradients, grad = torch_gradients(
        lambda Q, K, V: torch.nn.functional.scaled_dot_product_attention(Q, K, V, theirs), Q, K, V
    )
    np.testing.assert_allclose(attend(Q, K, V, mask), wanted, rtol=1e-9, atol=1e-12)
    for mine, other in zip(attend_backward(grad, Q, K, V, mask), gradients, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("mask", [None, nn.causal_mask(3)])
def test_backward_equals_finite_differences(mask, rng):
    arguments = [rng.normal(size=(2, 3, d)) for d in (4, 4, 2)]
    grad = rng.normal(size=(2, 3, 2))
    for index, ours in enumerate(attend_backward(grad, *arguments, mask)):

        def f(value, index=index):
            changed = [value if i == index else array for i, array in enumerate(arguments)]
            return np.sum(grad * attend(*changed, mask))

        measured = nn.numerical_gradient(f, arguments[index])
        assert nn.relative_error(ours, measured) < 1e-7


def test_by_hand():
    eye = np.eye(2)[np.newaxis]
    Q = eye * np.log(2) * np.sqrt(2)
    np.testing.assert_allclose(nn.attention_weights(Q, eye)[0], [[2 / 3, 1 / 3], [1 / 3, 2 / 3]])
    np.testing.assert_allclose(attend(Q, eye, 3 * eye)[0], [[2, 1], [1, 2]])
    K, V = np.array([[[1.0, 0], [1, 1]]]), np.array([[[1.0, 2], [3, 4]]])
    np.testing.assert_allclose(
        nn.attention_weights(eye, K)[0], [[0.5, 0.5], [0.3302, 0.6698]], atol=5e-5
    )
    np.testing.assert_allclose(attend(eye, K, V)[0], [[2, 3], [2.3395, 3.3395]], atol=5e-5)
    np.testing.assert_allclose(attend(eye, K, V, nn.causal_mask(2))[0, 0], [1, 2])


def test_a_causal_mask_hides_the_future(rng):
    Q, K, V = rng.normal(size=(3, 1, 5, 4))
    before = attend(Q, K, V, nn.causal_mask(5))
    K[:, 3:], V[:, 3:] = 9, 9
    np.testing.assert_array_equal(attend(Q, K, V, nn.causal_mask(5))[:, :3], before[:, :3])
    assert nn.causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True] * 3]


def test_large_scores_neither_overflow_nor_warn(rng):
    Q, K, V = 1e4 * rng.normal(size=(3, 2, 4, 4))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for mask in (None, nn.causal_mask(4)):
            found = attend(Q, K, V, mask), *attend_backward(V, Q, K, V, mask)
            assert all(np.isfinite(array).all() for array in found)


def test_float32_stays_float32():
    x = np.ones((1, 2, 3), np.float32)
    for mask in (None, nn.causal_mask(2)):
        assert attend(x, x, x, mask).dtype == np.float32
        assert {a.dtype for a in attend_backward(x, x, x, x, mask)} == {np.dtype(np.float32)}


def test_bad_input_is_named():
    x = np.ones((1, 2, 3))
    hiding = nn.causal_mask(2)
    hiding[1] = False
    with pytest.raises(ValueError, match="mask hides everything from query 1, wanted at least one"):
        attend(x, x, x, hiding)
    with pytest.raises(ValueError, match="mask hides everything from query 0"):
        attend_backward(x, x, x, x, np.zeros((1, 2, 2), bool))
    with pytest.raises(TypeError, match="mask has dtype float64, wanted bool"):
        attend(x, x, x, np.ones((2, 2)))
    with pytest.raises(TypeError, match="mask is list, wanted a NumPy array"):
        attend(x, x, x, [[True, True], [True, True]])
    with pytest.raises(ValueError, match=r"mask has shape \(3, 2\), wanted \(2, 2\) or \(1, 2, 2"):
        attend(x, x, x, np.ones((3, 2), bool))
    with pytest.raises(ValueError, match=r"K has shape \(1, 2, 2\), wanted .* d = 3"):
        attend(x, x[..., :2], x)
    with pytest.raises(ValueError, match=r"V has shape \(1, 1, 3\), wanted .* S = 2"):
        attend(x, x, x[:, :1])
    with pytest.raises(ValueError, match="causal_mask: length is 0"):
        nn.causal_mask(0)
