import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.pytorch import from_torch, to_torch


def block(with_shortcut, dtype=np.float64):
    """Two convolutions and what is added to them; with a shortcut, of half the size."""
    stride, channels = (2, 5) if with_shortcut else (1, 4)
    body = nn.Sequential(
        nn.Conv2d(4, channels, 3, stride, 1, bias=False, rng=0, dtype=dtype),
        nn.BatchNorm2d(channels, dtype=dtype),
        nn.ReLU(),
        nn.Conv2d(channels, channels, 3, padding=1, rng=1, dtype=dtype),
    )
    return nn.Residual(body, nn.Conv2d(4, 5, 1, 2, rng=2, dtype=dtype) if with_shortcut else None)


@pytest.mark.parametrize("with_shortcut", [False, True])
def test_all_its_gradients_equal_torch_and_it_converts(with_shortcut, rng):
    model, x = block(with_shortcut), rng.normal(size=(3, 4, 6, 6))
    module, tensor = to_torch(model), torch.tensor(x, requires_grad=True)
    wanted = module(tensor)
    grad = rng.normal(size=wanted.shape)
    wanted.backward(torch.tensor(grad))
    np.testing.assert_allclose(model(x), wanted.detach(), rtol=1e-10, atol=1e-14)
    assert nn.relative_error(model.backward(grad), tensor.grad.numpy()) < 1e-12
    gradients = {name: array.copy() for name, array in model.grads.items()}
    assert gradients.keys() == model.params.keys()
    for ours, parameter in zip(gradients.values(), module.parameters(), strict=True):
        assert nn.relative_error(ours, parameter.grad.numpy()) < 1e-10
    model.backward_params(grad)
    for name, array in model.grads.items():
        np.testing.assert_array_equal(array, gradients[name])
    with torch.no_grad():
        for parameter in module.parameters():
            parameter *= 2
    module.eval()
    other = from_torch(module, block(with_shortcut)).eval()
    np.testing.assert_allclose(other(x), module(torch.tensor(x)).detach(), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("with_shortcut", [False, True])
def test_backward_equals_finite_differences(with_shortcut, rng):
    model, x = block(with_shortcut), rng.normal(size=(2, 4, 4, 4))
    grad = rng.normal(size=model(x).shape)
    measured = nn.numerical_gradient(lambda x: np.sum(grad * model(x)), x)
    model(x)
    assert nn.relative_error(model.backward(grad), measured) < 1e-7


def test_with_a_body_of_zeros_it_changes_nothing(rng):
    x = rng.normal(size=(2, 3))
    model = nn.Residual(nn.Linear(3, 3, init=lambda shape, rng: np.zeros(shape)))
    np.testing.assert_array_equal(model(x), x)
    np.testing.assert_array_equal(model.backward(x), x)


def test_float32_stays_and_x_is_left_alone(rng):
    model, x = block(True, np.float32), rng.normal(size=(2, 4, 4, 4)).astype(np.float32)
    before = x.copy()
    y = model(x)
    assert y.dtype == model.backward(y).dtype == np.float32
    np.testing.assert_array_equal(x, before)


def test_train_and_eval_reach_both():
    model = nn.Residual(nn.Dropout(0.5), nn.Dropout(0.5)).eval()
    assert not any(layer.training for layer in model.layers)


def test_bad_input_is_named():
    with pytest.raises(TypeError, match="Residual: layer 0 is the class ReLU"):
        nn.Residual(nn.ReLU)
    relu = nn.ReLU()
    with pytest.raises(ValueError, match="layer 1 is or has a ReLU that was used before"):
        nn.Residual(relu, relu)
    with pytest.raises(ValueError, match="call forward first"):
        nn.Residual(relu).backward(np.ones((1, 1)))
    with pytest.raises(
        ValueError, match=r"the output of body has shape \(1, 1, 2, 2\), wanted \(1, 1, 4, 4\)"
    ):
        nn.Residual(nn.MaxPool2d(2))(np.ones((1, 1, 4, 4)))
    model = nn.Residual(nn.Linear(3, 3))
    model(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"grad has shape \(2, 1\), wanted \(2, 3\)"):
        model.backward(np.ones((2, 1)))
