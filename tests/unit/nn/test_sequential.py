import numpy as np
import pytest
import torch

from course_lib import nn


def network(dtype=np.float64):
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(6, 5, rng=0, dtype=dtype),
        nn.Tanh(),
        nn.Linear(5, 3, rng=1, dtype=dtype),
    )


def test_forward_and_every_gradient_equal_torch(rng):
    model, x, y = network(), rng.normal(size=(4, 1, 2, 3)), np.array([0, 2, 1, 1])
    W1, b1, W2, b2 = (torch.tensor(p, requires_grad=True) for p in model.params.values())
    tensor = torch.tensor(x, requires_grad=True)
    logits = torch.tanh(tensor.reshape(4, 6) @ W1 + b1) @ W2 + b2
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
    loss.backward()

    outputs = model(x)
    np.testing.assert_allclose(outputs, logits.detach(), rtol=1e-12)
    dx = model.backward(nn.cross_entropy_backward(outputs, y))
    assert nn.relative_error(dx, tensor.grad.numpy()) < 1e-12
    for ours, theirs in zip(model.grads.values(), (W1, b1, W2, b2), strict=True):
        assert nn.relative_error(ours, theirs.grad.numpy()) < 1e-12


def test_params_are_named_by_place_and_are_the_layers_own():
    model = network()
    assert list(model.params) == ["1.W", "1.b", "3.W", "3.b"]
    assert model.params["1.W"] is model.layers[1].params["W"]
    assert isinstance(model.layers, tuple)


def test_train_and_eval_reach_every_layer():
    model = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Tanh()))
    assert model.eval() is model
    assert not model.layers[0].training
    assert not model.layers[1].layers[0].training
    model.train()
    assert model.layers[1].layers[0].training


def test_float32_stays_float32():
    model = network(np.float32)
    outputs = model(np.ones((2, 1, 2, 3), np.float32))
    dx = model.backward(np.ones_like(outputs))
    assert {a.dtype for a in (outputs, dx, *model.grads.values())} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (nn.ReLU, r"layer 1 is the class ReLU, wanted an object: ReLU\(\)"),
        (np.tanh, "layer 1 is ufunc, wanted an object of a class derived from Layer"),
    ],
)
def test_what_is_no_layer_is_refused(layer, words):
    with pytest.raises(TypeError, match=words):
        nn.Sequential(nn.Flatten(), layer)


def test_a_layer_that_stands_there_twice_is_refused():
    relu = nn.ReLU()
    with pytest.raises(
        ValueError, match="layer 2 is or has a ReLU that was used before, wanted a new ReLU"
    ):
        nn.Sequential(relu, nn.Linear(2, 2), relu)
    with pytest.raises(ValueError, match="layer 2 is or has a ReLU that was used before"):
        nn.Sequential(relu, nn.Linear(2, 2), nn.Sequential(nn.Sequential(relu)))
    chain = nn.Sequential(nn.Linear(2, 2))
    with pytest.raises(ValueError, match="layer 1 is or has a Sequential that was used before"):
        nn.Sequential(chain, chain)


def test_without_layers_or_parameters_there_is_nothing_to_learn():
    x = np.ones((2, 3))
    for model in (nn.Sequential(), nn.Sequential(nn.Sequential()), nn.Sequential(nn.Tanh())):
        y = model.forward(x)
        assert y.shape == model.backward(y).shape == x.shape
        model.backward_params(y)
        assert model.params == model.grads == model.buffers == {}
    assert nn.Sequential().forward(x) is x


def test_learning_skips_the_gradient_of_the_first_input():
    class Watched(nn.Linear):
        def backward(self, grad):
            raise AssertionError("dL/dx of the first layer that learns is not used")

    model = nn.Sequential(nn.Flatten(), nn.Sequential(Watched(3, 2, rng=0), nn.ReLU()))
    model.backward_params(model.forward(np.ones((4, 3))))
    assert list(model.grads) == ["1.0.W", "1.0.b"]


def test_a_network_in_a_network_is_shown_indented():
    inner = nn.Sequential(nn.Linear(2, 3), nn.Sequential())
    assert repr(nn.Sequential(nn.Flatten(), inner)) == (
        "Sequential(\n"
        "  Flatten(),\n"
        "  Sequential(\n"
        "    Linear(W (2, 3), b (3,)),\n"
        "    Sequential(),\n"
        "  ),\n"
        ")"
    )


@pytest.mark.parametrize(
    ("layer", "x", "wrong"),
    [
        (nn.Linear(3, 2), (4, 3), (5, 2)),
        (nn.Linear(3, 2), (4, 3), (4, 5)),
        (nn.Conv2d(1, 2, 3), (3, 1, 4, 5), (1, 2, 2, 3)),
        (nn.Conv2d(1, 2, 3), (3, 1, 4, 5), (3, 2, 3, 2)),
        (nn.BatchNorm1d(3), (4, 3), (1, 3)),
        (nn.Flatten(), (2, 3, 4), (2, 3, 4)),
        (nn.ReLU(), (4, 3), (1, 3)),
        (nn.MaxPool2d(2), (1, 1, 4, 4), (1, 1, 4, 4)),
        (nn.Dropout(0.5), (4, 3), (1, 3)),
        (nn.Dropout(0.5).eval(), (4, 3), (1, 3)),
    ],
)
def test_a_gradient_of_another_shape_than_the_output_is_refused(layer, x, wrong):
    layer.forward(np.ones(x, np.float32))
    for backward in (layer.backward, layer.backward_params):
        with pytest.raises(ValueError, match=r"backward: \w+ has shape"):
            backward(np.ones(wrong, np.float32))
