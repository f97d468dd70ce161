"""The transformer against PyTorch's own layers with the same weights, in float64."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_lib import nn
from course_lib.experiments.tiny_transformer import bits, sample, transformer, windows

SIZES = dict(length=5, features=8, heads=2, blocks=2)


def small(rng=0):
    """A network of 7 tokens in float64, with weights all different from what they start with."""
    model, rng = transformer(7, rng, **SIZES), np.random.default_rng(1)
    for layer in model.all_layers():
        if not layer.layers:
            layer.params = {
                name: array.astype(float) + 0.1 * rng.normal(size=array.shape)
                for name, array in layer.params.items()
            }
    return model


def by_torch(x, params):
    """The scores (N * T, 7) that PyTorch computes with these tensors."""
    (n, t), h = x.shape, params["0.token"][x] + params["0.place"]
    for block in (1, 3):
        name = f"{block}.0."
        normed = functional.layer_norm(h, (8,), params[name + "0.gamma"], params[name + "0.beta"])
        parts = (normed @ params[name + "1.qkv"]).chunk(3, dim=-1)
        q, k, v = (part.reshape(n, t, 2, 4).transpose(1, 2) for part in parts)
        found = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        h = h + found.transpose(1, 2).reshape(n, t, 8) @ params[name + "1.out"]
        name = f"{block + 1}.0."
        normed = functional.layer_norm(h, (8,), params[name + "0.gamma"], params[name + "0.beta"])
        wide = torch.relu(normed @ params[name + "1.W"] + params[name + "1.b"])
        h = h + wide @ params[name + "3.W"] + params[name + "3.b"]
    h = functional.layer_norm(h, (8,), params["5.gamma"], params["5.beta"])
    return (h @ params["6.W"] + params["6.b"]).reshape(n * t, 7)


def test_scores_and_gradients_are_pytorch_s():
    model, rng = small(), np.random.default_rng(2)
    x, y = rng.integers(0, 7, (3, 5)), rng.integers(0, 7, 15)
    theirs = {name: torch.tensor(array, requires_grad=True) for name, array in model.params.items()}
    expected = by_torch(torch.tensor(x), theirs)
    scores = model(x)
    np.testing.assert_allclose(scores, expected.detach().numpy(), rtol=0, atol=1e-12)
    functional.cross_entropy(expected, torch.tensor(y)).backward()
    model.backward(nn.cross_entropy_backward(scores, y))
    for name, tensor in theirs.items():
        np.testing.assert_allclose(model.grads[name], tensor.grad.numpy(), rtol=0, atol=1e-12)


def test_no_token_sees_what_follows():
    model = small()
    x = np.array([[1, 2, 3, 4, 5]])
    other = x.copy()
    other[0, 3:] = 0
    np.testing.assert_array_equal(model(x)[:3], model(other)[:3])
    attention = model.layers[1].layers[0].layers[1]
    assert attention.weights().shape == (1, 2, 5, 5)
    assert np.all(np.triu(attention.weights(), 1) == 0)


def test_windows_are_followed_by_their_next_token():
    x, y = windows(np.arange(50), 4, 0, length=6)
    np.testing.assert_array_equal(x.ravel() + 1, y)


def test_bits_of_a_model_that_knows_nothing_are_those_of_the_alphabet():
    model = transformer(8, **SIZES)
    model.layers[-1].params["W"][...] = 0
    assert bits(model, np.arange(103) % 8, length=5) == pytest.approx(3)


def test_samples_come_from_the_seed_and_grow_greedy_when_cold():
    model = small()
    start = np.array([1, 2])
    a, b = (sample(model, start, 9, 3, length=5) for _ in range(2))
    np.testing.assert_array_equal(a, b)
    cold = list(start)
    for _ in range(6):  # the window moves on when it is full
        recent = cold[-5:]
        scores = model(np.array([recent + [0] * (5 - len(recent))]))
        cold.append(int(scores[len(recent) - 1].argmax()))
    np.testing.assert_array_equal(sample(model, start, 6, 0, temperature=1e-3, length=5), cold)
