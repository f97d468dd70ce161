import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn


@given(p=st.floats(0, 0.99), seed=st.integers(0, 99))
def test_kept_values_are_scaled_and_dropped_ones_are_zero(p, seed):
    x = np.random.default_rng(1).normal(size=(3, 4))
    before = x.copy()
    y, mask = nn.dropout(x, p, np.random.default_rng(seed))
    np.testing.assert_allclose(y[mask], x[mask] / (1 - p))
    assert not y[~mask].any()
    np.testing.assert_array_equal(x, before)
    again, _ = nn.dropout(x, p, np.random.default_rng(seed))
    np.testing.assert_array_equal(y, again)


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5])
def test_share_dropped_is_p_and_the_mean_stays(p):
    y, mask = nn.dropout(np.ones(200_000), p, np.random.default_rng(0))
    assert mask.mean() == pytest.approx(1 - p, abs=0.005)
    assert y.mean() == pytest.approx(1, abs=0.01)


def test_backward_equals_finite_differences(rng):
    x, grad = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    _, mask = nn.dropout(x, 0.4, np.random.default_rng(7))
    measured = nn.numerical_gradient(
        lambda x: np.sum(grad * nn.dropout(x, 0.4, np.random.default_rng(7))[0]), x
    )
    assert nn.relative_error(nn.dropout_backward(grad, mask, 0.4), measured) < 1e-8


def test_layer_drops_in_training_only():
    layer, x = nn.Dropout(0.5, rng=0), np.ones((50, 40), np.float32)
    y = layer(x)
    assert set(np.unique(y)) == {0, 2}
    assert y.dtype == np.float32
    np.testing.assert_array_equal(layer.backward(x), y)
    assert not np.array_equal(layer(x), y)  # another mask each time
    layer.eval()
    np.testing.assert_array_equal(layer(x), x)
    np.testing.assert_array_equal(layer.backward(3 * x), 3 * x)


@pytest.mark.parametrize("p", [-0.1, 1, 1.5, float("nan")])
def test_shares_out_of_range_are_named(p):
    for call in (lambda: nn.Dropout(p), lambda: nn.dropout(np.ones(2), p, np.random.default_rng())):
        with pytest.raises(ValueError, match=rf"p is {p}, wanted a share"):
            call()


def test_mask_that_does_not_fit_is_named():
    with pytest.raises(
        ValueError, match=r"mask has shape \(2,\), wanted \(...\) with ... = \(3,\)"
    ):
        nn.dropout_backward(np.ones(3), np.ones(2, bool), 0.5)
    with pytest.raises(ValueError, match="call forward first"):
        nn.Dropout(0.5).backward(np.ones(3))


@pytest.mark.parametrize("p", [0, 0.5])
def test_a_gradient_of_another_shape_is_refused_in_training_and_after(p):
    for layer in (nn.Dropout(p, rng=0), nn.Dropout(p, rng=0).eval()):
        layer(np.ones((4, 3)))
        with pytest.raises(ValueError, match=r"grad has shape \(3,\), wanted \(4, 3\)"):
            layer.backward(np.ones(3))


def test_a_function_takes_a_seed_as_a_layer_does():
    x = np.ones((5, 5))
    for ours, theirs in zip(
        nn.dropout(x, 0.5, 3), nn.dropout(x, 0.5, np.random.default_rng(3)), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(TypeError, match=r"rng is 'a', wanted a numpy.random.Generator or a seed"):
        nn.Dropout(rng="a")
