"""A layer, a loss and an optimizer of one's own, as somebody writes them outside the package."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from course_lib import data, nn, pytorch
from course_lib.nn import Layer, Loss
from course_lib.optim import Optimizer
from course_lib.training import evaluate, fit


def swish(z, beta):
    """``z * sigmoid(beta * z)``, with a beta (D,) that is learnt for each column of z (N, D)."""
    return z * nn.sigmoid(beta * z)


def swish_backward(grad, z, beta):
    """dL/dz (N, D) and dL/dbeta (D,)."""
    s = nn.sigmoid(beta * z)
    slope = s * (1 - s)
    return grad * (s + beta * z * slope), (grad * z**2 * slope).sum(axis=0)


class Swish(Layer):
    """``swish``. Source: Ramachandran, Zoph and Le 2017."""

    def __init__(self, features):
        super().__init__()
        self.params = {"beta": np.ones(features)}

    def forward(self, x):
        self.remember(x)
        return swish(x, self.params["beta"])

    def backward(self, grad):
        dx, self.grads["beta"] = swish_backward(grad, self.recall(), self.params["beta"])
        return dx


def log_cosh(y_hat, y):
    """Mean of ``log cosh(y_hat - y)``: a parabola near 0, a straight line far away."""
    return float(np.mean(np.logaddexp(y_hat - y, y - y_hat) - np.log(2)))


def log_cosh_backward(y_hat, y):
    return np.tanh(y_hat - y) / y_hat.size


class LogCoshLoss(Loss):
    function, function_backward = staticmethod(log_cosh), staticmethod(log_cosh_backward)


class Lion(Optimizer):
    """Steps of one size: the sign of a running mean. Source: Chen et al. 2023."""

    memory = ("m",)

    def update(self, w, g, m):
        w -= self.lr * np.sign(0.9 * m + 0.1 * g)
        m *= 0.99
        m += 0.01 * g


class TorchSwish(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.slope = torch.nn.Parameter(torch.empty(features))

    def forward(self, x):
        return x * torch.sigmoid(self.slope * x)


class TorchLion(torch.optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                state = self.state[w]
                mean = state.setdefault("mean", torch.zeros_like(w))
                w -= group["lr"] * torch.sign(0.9 * mean + 0.1 * w.grad)
                mean.mul_(0.99).add_(w.grad, alpha=0.01)


@pytest.fixture
def registered(monkeypatch):
    """Tell ``register`` of the three, for one test."""
    monkeypatch.setattr(
        "course_lib.pytorch.registry.COUNTERPARTS", dict(pytorch.registry.COUNTERPARTS)
    )
    pytorch.register(
        Swish, lambda layer: TorchSwish(len(layer.params["beta"])), names={"beta": "slope"}
    )
    pytorch.register(
        LogCoshLoss, lambda loss: lambda y_hat, y: torch.log(torch.cosh(y_hat - y)).mean()
    )
    pytorch.register(
        Lion, lambda optimizer, tensors: TorchLion(tensors, optimizer.lr), names={"m": "mean"}
    )


def network():
    return nn.Sequential(
        nn.Linear(2, 6, rng=0, dtype=float), Swish(6), nn.Linear(6, 1, rng=1, dtype=float)
    )


def waves(samples=80):
    """Points of the plane, and the sine of their sum."""
    x = np.random.default_rng(0).uniform(-2, 2, (samples, 2))
    toy = data.train_val_test_split(x, np.sin(x.sum(axis=1, keepdims=True)))
    return replace(toy, name="waves")


def test_its_gradients_are_right():
    rng = np.random.default_rng(0)
    x, y, model, loss = rng.normal(size=(5, 2)), rng.normal(size=(5, 1)), network(), LogCoshLoss()
    loss(model(x), y)
    dx = model.backward(loss.backward())
    slope = nn.numerical_gradient(lambda x: log_cosh(model(x), y), x)
    assert nn.relative_error(dx, slope) < 1e-7

    def with_values(values, array):
        array[...] = values
        return log_cosh(model(x), y)

    for name, array in model.params.items():
        grad, before = model.grads[name].copy(), array.copy()
        slope = nn.numerical_gradient(lambda values, array=array: with_values(values, array), array)
        array[...] = before
        assert nn.relative_error(grad, slope) < 1e-7


def test_it_is_trained_on_numpy_and_on_pytorch_alike(registered):
    ours, theirs, one, other = network(), network(), Lion(0.01), Lion(0.01)
    options = dict(epochs=5, batch_size=10, loss=LogCoshLoss(), progress=False)
    for _ in range(2):
        history = fit(ours, waves(), one, **options)
        again = fit(theirs, waves(), other, device="cpu", **options)
        np.testing.assert_allclose(again.loss, history.loss, rtol=1e-9)
        np.testing.assert_allclose(again.val_loss, history.val_loss, rtol=1e-9)
    for name, array in ours.params.items():
        np.testing.assert_allclose(theirs.params[name], array, rtol=1e-9)
    np.testing.assert_allclose(other.memories[1][0], one.memories[1][0], rtol=1e-9)
    assert history.loss[-1] < history.loss[0]
    assert not np.allclose(ours.params["1.beta"], 1)
    part = waves()
    assert evaluate(ours, part.X_test, part.y_test, LogCoshLoss())[1] is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (dict(), "loss is a LogCoshLoss, which has no counterpart in PyTorch: tell pytorch.reg"),
        (dict(loss=nn.MSELoss()), "optimizer is a Lion, which has no counterpart"),
        (dict(model=network()), "model has a Swish, which has no counterpart"),
    ],
)
def test_what_is_not_registered_is_named_before_training(changed, words):
    model = nn.Sequential(nn.Linear(2, 1, rng=0, dtype=float))
    options = dict(model=model, loss=LogCoshLoss(), optimizer=Lion(0.01), data=waves())
    with pytest.raises(TypeError, match=words):
        fit(**options | changed, epochs=1, device="cpu")


def test_only_what_can_be_trained_is_registered():
    with pytest.raises(TypeError, match="kind is 3, wanted a subclass of Layer, Loss or Optimizer"):
        pytorch.register(3, lambda: None)
    with pytest.raises(TypeError, match="wanted a subclass of Layer, Loss or Optimizer"):
        pytorch.register(dict, lambda: None)
