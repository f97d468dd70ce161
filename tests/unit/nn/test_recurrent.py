import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn


def case(N, D, H):
    rng = np.random.default_rng(0)
    shapes = (N, D), (N, H), (D, 3 * H), (H, 3 * H), (3 * H,), (3 * H,)
    return [rng.normal(size=shape) for shape in shapes]


@given(N=st.sampled_from([1, 15]), D=st.sampled_from([1, 11]), H=st.sampled_from([1, 12]))
def test_forward_and_backward_equal_torch(N, D, H):
    x, h, W, U, b, c = case(N, D, H)
    cell = torch.nn.GRUCell(D, H, dtype=torch.float64)
    with torch.no_grad():
        for tensor, array in zip(cell.parameters(), (W.T, U.T, b, c), strict=True):
            tensor.copy_(torch.from_numpy(array))
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, h)]
    wanted = cell(*tensors)
    grad = np.random.default_rng(1).normal(size=(N, H))
    wanted.backward(torch.from_numpy(grad))
    np.testing.assert_allclose(nn.gru_cell(x, h, W, U, b, c), wanted.detach(), rtol=1e-10)
    dx, dh, dW, dU, db, dc = nn.gru_cell_backward(grad, x, h, W, U, b, c)
    ours = dx, dh, dW.T, dU.T, db, dc
    for mine, theirs in zip(ours, [*tensors, *cell.parameters()], strict=True):
        np.testing.assert_allclose(mine, theirs.grad, rtol=1e-8, atol=1e-12)


def test_backward_equals_finite_differences(rng):
    arguments = case(2, 3, 4)
    grad = rng.normal(size=(2, 4))
    for index, ours in enumerate(nn.gru_cell_backward(grad, *arguments)):

        def f(value, index=index):
            changed = [value if i == index else array for i, array in enumerate(arguments)]
            return np.sum(grad * nn.gru_cell(*changed))

        measured = nn.numerical_gradient(f, arguments[index])
        assert nn.relative_error(ours, measured) < 1e-7


def test_an_update_gate_at_one_keeps_the_old_state():
    x, h, W, U, b, c = case(2, 3, 4)
    b[4:8] = 100  # z
    np.testing.assert_allclose(nn.gru_cell(x, h, W, U, b, c), h)


def test_large_inputs_neither_overflow_nor_warn():
    x, h, W, U, b, c = case(2, 3, 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        after = nn.gru_cell(1e6 * x, h, W, U, b, c)
        gradients = nn.gru_cell_backward(after, 1e6 * x, h, W, U, b, c)
    assert all(np.isfinite(array).all() for array in (after, *gradients))


def test_float32_stays_float32():
    arguments = [array.astype(np.float32) for array in case(2, 3, 4)]
    after = nn.gru_cell(*arguments)
    assert {a.dtype for a in (after, *nn.gru_cell_backward(after, *arguments))} == {
        np.dtype(np.float32)
    }


def test_bad_input_is_named():
    x, h, W, U, b, c = case(2, 3, 4)
    with pytest.raises(ValueError, match=r"gru_cell: W has shape \(4, 12\), wanted .* with D = 3"):
        nn.gru_cell(x, h, U, U, b, c)
    with pytest.raises(ValueError, match=r"gru_cell: W has shape \(3, 8\), wanted \(3, 12\)"):
        nn.gru_cell(x, h, W[:, :8], U[:, :8], b[:8], c[:8])
    with pytest.raises(ValueError, match=r"h has shape \(1, 4\)"):
        nn.gru_cell(x, h[:1], W, U, b, c)
