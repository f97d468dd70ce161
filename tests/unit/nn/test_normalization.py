import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients

SHAPES = [(2, 1), (5, 3), (2, 3, 2, 4), (1, 2, 3, 2)]


@given(shape=st.sampled_from(SHAPES), seed=st.integers(0, 99), eps=st.sampled_from([1e-5, 0.5]))
def test_forward_and_backward_equal_torch(shape, seed, eps):
    def torch_batch_norm(x, gamma, beta):
        return torch.nn.functional.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)

    rng = np.random.default_rng(seed)
    x = rng.normal(3, 2, shape[::-1]).T  # not contiguous
    gamma, beta = rng.normal(size=shape[1]), rng.normal(size=shape[1])
    wanted, gradients, grad = torch_gradients(torch_batch_norm, x, gamma, beta)
    before = x.copy()
    assert nn.relative_error(nn.batch_norm(x, gamma, beta, eps), wanted) < 1e-10
    for ours, theirs in zip(nn.batch_norm_backward(grad, x, gamma, eps), gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-11)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 2, 4)])
def test_backward_equals_finite_differences(shape, rng):
    x, grad = rng.normal(size=shape), rng.normal(size=shape)
    gamma, beta = rng.normal(size=3), rng.normal(size=3)
    dx, dgamma, dbeta = nn.batch_norm_backward(grad, x, gamma)
    for ours, at, f in (
        (dx, x, lambda x: nn.batch_norm(x, gamma, beta)),
        (dgamma, gamma, lambda gamma: nn.batch_norm(x, gamma, beta)),
        (dbeta, beta, lambda beta: nn.batch_norm(x, gamma, beta)),
    ):
        measured = nn.numerical_gradient(lambda v, f=f: np.sum(grad * f(v)), at)
        assert nn.relative_error(ours, measured) < 1e-7


LAYERS = [
    (nn.BatchNorm1d, torch.nn.BatchNorm1d, (6, 3)),
    (nn.BatchNorm2d, torch.nn.BatchNorm2d, (4, 3, 5, 2)),
]


@pytest.mark.parametrize(("ours", "theirs", "shape"), LAYERS)
@pytest.mark.parametrize("options", [{}, dict(eps=0.5, momentum=0.3)])
def test_training_then_evaluation_equal_torch(ours, theirs, shape, options, rng):
    layer, oracle = ours(3, **options, dtype=np.float64), theirs(3, **options, dtype=torch.float64)
    for step in range(4):
        if step == 3:
            layer.eval(), oracle.eval()
        x, grad = rng.normal(step, 2, shape), rng.normal(size=shape)
        tensor = torch.tensor(x, requires_grad=True)
        oracle.zero_grad()
        wanted = oracle(tensor)
        wanted.backward(torch.tensor(grad))
        np.testing.assert_allclose(layer(x), wanted.detach(), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(layer.backward(grad), tensor.grad, rtol=1e-7, atol=1e-11)
        np.testing.assert_allclose(layer.grads["gamma"], oracle.weight.grad, rtol=1e-8)
        np.testing.assert_allclose(layer.grads["beta"], oracle.bias.grad, rtol=1e-8)
    np.testing.assert_allclose(layer.buffers["running_mean"], oracle.running_mean, rtol=1e-12)
    np.testing.assert_allclose(layer.buffers["running_var"], oracle.running_var, rtol=1e-12)


@pytest.mark.parametrize(("ours", "_", "shape"), LAYERS)
def test_float32_stays_float32(ours, _, shape):
    layer, x = ours(3), np.random.default_rng(0).normal(size=shape).astype(np.float32)
    for mode in (layer.train, layer.eval):
        mode()
        y = layer(x)
        dx = layer.backward(y)
        kept = (y, dx, *layer.buffers.values(), *layer.grads.values())
        assert {a.dtype for a in kept} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: nn.BatchNorm1d(0), "features is 0, wanted at least 1"),
        (lambda: nn.BatchNorm1d(3, momentum=2), "momentum is 2"),
        (lambda: nn.BatchNorm1d(3, eps=0), "eps is 0"),
        (
            lambda: nn.BatchNorm1d(3)(np.ones((2, 3, 4, 4))),
            r"BatchNorm1d.forward: x has shape \(2, 3, 4, 4\), wanted \(N, 3\)",
        ),
        (
            lambda: nn.BatchNorm2d(3)(np.ones((2, 3))),
            r"BatchNorm2d.forward: x has shape \(2, 3\), wanted \(N, 3, H, W\)",
        ),
        (
            lambda: nn.BatchNorm1d(3)(np.ones((2, 4))),
            r"x has shape \(2, 4\), wanted \(N, features, ...\) with features = 3",
        ),
        (
            lambda: nn.BatchNorm1d(3).eval()(np.ones((2, 4))),
            r"x has shape \(2, 4\), wanted \(N, features, ...\) with features = 3",
        ),
        (lambda: nn.BatchNorm1d(3)(np.ones((1, 3))), "more than one value per feature"),
        (lambda: nn.BatchNorm1d(3).backward(np.ones((1, 3))), "call forward first"),
        (lambda: nn.batch_norm_backward(np.ones((2, 2)), np.ones((3, 2)), np.ones(2)), "x has sh"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_backward_belongs_to_the_forward_pass_before_it():
    rng = np.random.default_rng(0)
    x, grad = rng.normal(2, 3, (6, 2)), rng.normal(size=(6, 2))
    one, same = (nn.BatchNorm1d(2, dtype=np.float64) for _ in range(2))
    one.forward(x)
    same.forward(x)
    np.testing.assert_array_equal(one.eval().backward(grad), same.backward(grad))
