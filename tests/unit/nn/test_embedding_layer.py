import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import data, nn, optim
from course_lib.pytorch import from_torch, to_torch
from course_lib.training import fit


@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    words=st.integers(1, 4),
    size=st.integers(1, 3),
)
def test_forward_and_backward_equal_torch(shape, words, size):
    rng = np.random.default_rng(0)
    indices, W = rng.integers(0, words, shape), rng.normal(size=(words, size))
    tensor = torch.tensor(W, requires_grad=True)
    wanted = torch.nn.functional.embedding(torch.tensor(indices), tensor)
    grad = rng.normal(size=wanted.shape)
    wanted.backward(torch.tensor(grad))
    np.testing.assert_array_equal(nn.embedding(indices, W), wanted.detach())
    ours = nn.embedding_backward(grad, indices, W)
    np.testing.assert_allclose(ours, tensor.grad, rtol=1e-12, atol=1e-14)


def test_it_is_a_one_hot_product(rng):
    indices, W = np.array([2, 0, 2]), rng.normal(size=(3, 4))
    np.testing.assert_allclose(nn.embedding(indices, W), np.eye(3)[indices] @ W)
    grad = rng.normal(size=(3, 4))
    np.testing.assert_allclose(nn.embedding_backward(grad, indices, W), np.eye(3)[indices].T @ grad)


def test_layer_learns_and_converts(rng):
    layer, x = nn.Embedding(5, 2, rng=0, dtype=np.float64), np.array([[1, 4], [1, 0]])
    y, grad = layer(x), rng.normal(size=(2, 2, 2))
    assert not layer.backward(grad).any()
    np.testing.assert_array_equal(
        layer.grads["W"], nn.embedding_backward(grad, x, layer.params["W"])
    )
    module = to_torch(layer)
    np.testing.assert_array_equal(module(torch.from_numpy(x)).detach(), y)
    np.testing.assert_array_equal(from_torch(module, nn.Embedding(5, 2, dtype=float))(x), y)


@pytest.mark.parametrize("device", ["numpy", "cpu"])
def test_it_is_trained_as_the_first_layer(device):
    words = np.arange(40)[:, np.newaxis] % 4
    toy = data.Dataset(words, words[:, 0] % 2, words, words[:, 0] % 2, words, words[:, 0] % 2)
    model = nn.Sequential(nn.Embedding(4, 3, rng=0), nn.Flatten(), nn.Linear(3, 2, rng=1))
    history = fit(
        model, toy, optim.Adam(0.1), epochs=10, batch_size=10, device=device, progress=False
    )
    assert history.val_accuracy[-1] == 1


def test_bad_input_is_named():
    W = np.ones((3, 2))
    with pytest.raises(ValueError, match="embedding: indices has the value 3, wanted 0 to 2"):
        nn.embedding(np.array([0, 3]), W)
    with pytest.raises(ValueError, match="indices has the value -1"):
        nn.embedding(np.array([-1]), W)
    with pytest.raises(TypeError, match="indices has dtype float64, wanted integers"):
        nn.embedding(np.array([0.0]), W)
    with pytest.raises(ValueError, match=r"grad has shape \(2, 3\), wanted \(2, 2\)"):
        nn.embedding_backward(np.ones((2, 3)), np.array([0, 1]), W)
    with pytest.raises(ValueError, match="Embedding: num_embeddings is 0"):
        nn.Embedding(0, 2)
    with pytest.raises(ValueError, match="call forward first"):
        nn.Embedding(3, 2).backward(np.ones((1, 2)))
