import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.pytorch import from_torch, to_torch
from tests.unit.nn.conftest import torch_gradients


@given(
    channels=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    others=st.tuples(*[st.integers(1, 3)] * 3),
)
def test_forward_and_backward_equal_torch(channels, others):
    rng, (N, H, W) = np.random.default_rng(0), others
    parts = [rng.normal(size=(N, C, H, W)) for C in channels]
    wanted, grads, grad = torch_gradients(lambda *parts: torch.cat(parts, dim=1), *parts)
    np.testing.assert_array_equal(nn.concatenate(parts), wanted)
    ours = nn.concatenate_backward(grad, channels)
    for mine, theirs in zip(ours, grads, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def inception(dtype=np.float64):
    """Three branches that keep the picture's size: 2 + 3 + 4 channels from 4."""
    return nn.Concatenate(
        nn.Conv2d(4, 2, 1, rng=0, dtype=dtype),
        nn.Sequential(
            nn.Conv2d(4, 2, 1, rng=1, dtype=dtype),
            nn.ReLU(),
            nn.Conv2d(2, 3, 3, padding=1, rng=2, dtype=dtype),
        ),
        nn.Sequential(nn.ReLU()),
    )


def test_layer_and_all_its_gradients_equal_torch(rng):
    model, x = inception(), rng.normal(size=(2, 4, 5, 6))
    module = to_torch(model)
    tensor = torch.tensor(x, requires_grad=True)
    wanted = module(tensor)
    grad = rng.normal(size=(2, 9, 5, 6))
    wanted.backward(torch.tensor(grad))
    np.testing.assert_allclose(model(x), wanted.detach(), rtol=1e-12)
    assert nn.relative_error(model.backward(grad), tensor.grad.numpy()) < 1e-12
    gradients = {name: array.copy() for name, array in model.grads.items()}
    theirs = [parameter.grad.numpy() for parameter in module.parameters()]
    assert (
        list(gradients) == list(model.params) == ["0.W", "0.b", "1.0.W", "1.0.b", "1.2.W", "1.2.b"]
    )
    for ours, wanted in zip(gradients.values(), theirs, strict=True):
        assert nn.relative_error(ours, wanted) < 1e-12
    model.backward_params(grad)
    for name, array in model.grads.items():
        np.testing.assert_array_equal(array, gradients[name])


def test_from_torch_brings_back_what_changed(rng):
    model = inception()
    module = to_torch(model)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 1
    before = {name: array.copy() for name, array in model.params.items()}
    assert from_torch(module, model) is model
    for name, array in model.params.items():
        np.testing.assert_allclose(array, before[name] + 1)


def test_backward_equals_finite_differences(rng):
    model, x, grad = inception(), rng.normal(size=(1, 4, 3, 3)), rng.normal(size=(1, 9, 3, 3))
    measured = nn.numerical_gradient(lambda x: np.sum(grad * model(x)), x)
    model(x)
    assert nn.relative_error(model.backward(grad), measured) < 1e-7


def test_x_is_left_alone_and_float32_stays(rng):
    model, x = inception(np.float32), rng.normal(size=(2, 4, 5, 6)).astype(np.float32)
    before = x.copy()
    y = model(x)
    assert y.dtype == model.backward(y).dtype == np.float32
    np.testing.assert_array_equal(x, before)


def test_train_and_eval_reach_every_branch():
    model = nn.Sequential(nn.Concatenate(nn.ReLU(), nn.Sequential(nn.Dropout(0.5))))
    model.eval()
    assert not model.layers[0].layers[1].layers[0].training
    model.train()
    assert model.layers[0].layers[1].layers[0].training


def test_it_shows_its_branches():
    lines = repr(inception()).splitlines()
    assert lines[0] == "Concatenate("
    assert lines[1].startswith("  Conv2d(W (2, 4, 1, 1)")
    assert lines[3].startswith("    Conv2d(W (2, 4, 1, 1)")


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="branches is empty"):
        nn.Concatenate()
    with pytest.raises(TypeError, match=r"Concatenate: layer 1 is the class ReLU.*ReLU\(\)"):
        nn.Concatenate(nn.ReLU(), nn.ReLU)
    relu = nn.ReLU()
    with pytest.raises(ValueError, match="layer 1 is or has a ReLU that was used before"):
        nn.Concatenate(relu, relu)
    with pytest.raises(ValueError, match="call forward first"):
        nn.Concatenate(relu).backward(np.ones((1, 1, 2, 2)))
    differ = nn.Concatenate(nn.ReLU(), nn.MaxPool2d(2))
    with pytest.raises(ValueError, match=r"parts\[1\] has shape \(1, 1, 2, 2\)"):
        differ(np.ones((1, 1, 4, 4)))
    with pytest.raises(ValueError, match=r"channels is \[1, 1\], wanted numbers that add up to"):
        nn.concatenate_backward(np.ones((1, 3, 2, 2)), [1, 1])
    with pytest.raises(ValueError, match="parts is empty"):
        nn.concatenate([])
    x = np.ones((2, 3, 4, 4))
    with pytest.raises(TypeError, match=r"parts\[1\] is list, wanted a NumPy array"):
        nn.concatenate([x, x.tolist()])
    with pytest.raises(
        ValueError, match=r"parts\[0\] has shape \(3, 4, 4\), wanted \(N, C, H, W\)"
    ):
        nn.concatenate(x)
    with pytest.raises(ValueError, match=r"parts\[1\] has shape \(1, 3, 4, 4\), wanted \(2, C"):
        nn.concatenate([x, x[:1]])
    with pytest.raises(ValueError, match=r"grad has shape .*, wanted no axis of size zero"):
        nn.concatenate_backward(x[:0], [3])
