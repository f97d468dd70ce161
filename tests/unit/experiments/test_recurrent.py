"""Recurrent units and their way back through time against PyTorch's, in float64."""

import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.experiments.recurrent import UNITS, Recurrent, first_symbol

TORCH = {"RNN": torch.nn.RNN, "GRU": torch.nn.GRU, "LSTM": torch.nn.LSTM}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("sizes", [(1, 1, 1, 1), (3, 7, 2, 5)])
def test_last_output_and_gradients_are_pytorch_s(unit, sizes):
    n, steps, features, hidden = sizes
    rng = np.random.default_rng(0)
    ours = Recurrent(unit, features, hidden, keep=0.3, rng=1, dtype=float)
    theirs = TORCH[unit](features, hidden, batch_first=True, dtype=torch.float64)
    names = {"W": "weight_ih_l0", "U": "weight_hh_l0", "b": "bias_ih_l0", "c": "bias_hh_l0"}
    with torch.no_grad():
        theirs.bias_hh_l0.zero_()
        for name, array in ours.params.items():
            getattr(theirs, names[name]).copy_(torch.tensor(array.T))
    x = rng.normal(size=(n, steps, features))
    tensor = torch.tensor(x, requires_grad=True)
    h, outputs = ours(x), theirs(tensor)[0]
    outputs.retain_grad()
    np.testing.assert_allclose(h, outputs[:, -1].detach().numpy(), rtol=0, atol=1e-12)
    grad = rng.normal(size=h.shape)
    dx = ours.backward(grad)
    (outputs[:, -1] * torch.tensor(grad)).sum().backward()
    np.testing.assert_allclose(dx, tensor.grad.numpy(), rtol=0, atol=1e-12)
    for name in ours.params:
        expected = getattr(theirs, names[name]).grad.numpy().T
        np.testing.assert_allclose(ours.grads[name], expected, rtol=0, atol=1e-12)


def test_state_gradients_are_those_of_a_network_that_starts_there():
    rng = np.random.default_rng(0)
    model = Recurrent("RNN", 2, 4, rng=1, dtype=float)
    x, grad = rng.normal(size=(3, 6, 2)), rng.normal(size=(3, 4))
    states = [np.zeros((3, 4))]
    for t in range(6):
        states.append(UNITS["RNN"][0](x[:, t], states[-1], *model.params.values()))

    def loss_from(state):
        for t in range(2, 6):
            state = UNITS["RNN"][0](x[:, t], state, *model.params.values())
        return float(np.sum(grad * state))

    model(x)
    model.backward(grad)
    measured = nn.numerical_gradient(loss_from, states[2])
    assert nn.relative_error(model.state_grads[1], measured) < 1e-8


def test_keep_opens_the_gate_that_keeps():
    for unit in ("GRU", "LSTM"):
        plain, kept = (Recurrent(unit, 2, 3, keep=keep, rng=0) for keep in (0.0, 3.0))
        moved = kept.params["b"] - plain.params["b"]
        np.testing.assert_allclose(moved, np.repeat([0, 3, 0, 0][: len(moved) // 3], 3), atol=1e-6)


def test_sequences_are_labelled_with_their_first_symbol():
    x, y = first_symbol(50, 7, 0)
    assert x.shape == (50, 7, 4)
    np.testing.assert_array_equal(x[:, 0].argmax(axis=1), y)
    assert set(x.sum(axis=2).ravel()) == {1}
    assert set(y) == {0, 1, 2, 3}


def test_an_unknown_unit_is_named():
    with pytest.raises(ValueError, match="unit is 'MGU', wanted 'RNN'"):
        Recurrent("MGU", 2, 3)


def test_what_was_recorded_is_whole():
    from course_lib.experiments.record_memory import (
        CONTESTANTS,
        LENGTHS,
        SEEDS,
        recorded,
        row_reader,
    )

    found = recorded()
    assert list(found["memory"]) == list(CONTESTANTS)
    for shares in found["memory"].values():
        assert list(shares) == [str(length) for length in LENGTHS]
        assert all(len(values) == len(SEEDS) for values in shares.values())
    model = row_reader()
    assert found["rows"]["parameters"] == sum(a.size for a in model.params.values())
    x = np.zeros((2, 1, 28, 28), np.float32)
    assert model(x).shape == (2, 10)
    assert model.backward(np.ones((2, 10), np.float32)).shape == x.shape
