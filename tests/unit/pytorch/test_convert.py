import numpy as np
import pytest
import torch

from course_lib import nn, pytorch
from tests.unit.pytorch.networks import CASES, mlp


@pytest.mark.parametrize(("make", "load"), CASES)
@pytest.mark.parametrize("training", [True, False])
def test_same_outputs_and_gradients(make, load, training):
    model, toy = make(), load()
    x, y = toy.X_train[:7], toy.y_train[:7]
    model.train() if training else model.eval()
    module = pytorch.to_torch(model)
    tensor = torch.tensor(x, requires_grad=True)
    outputs = module(tensor)
    torch.nn.functional.cross_entropy(outputs, torch.tensor(y)).backward()
    ours = model(x)
    assert nn.relative_error(ours, outputs.detach().numpy()) < 1e-12
    dx = model.backward(nn.cross_entropy_backward(ours, y))
    assert nn.relative_error(dx, tensor.grad.numpy()) < 1e-10
    gradients = [p.grad.numpy() for p in module.parameters()]
    for grad, theirs in zip(model.grads.values(), gradients, strict=True):
        theirs = theirs.T if grad.ndim == 2 else theirs
        np.testing.assert_allclose(grad, theirs, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize(("make", "load"), CASES)
def test_there_and_back_again(make, load):
    model, other = make(), make()
    module = pytorch.to_torch(model)
    with torch.no_grad():
        for tensor in module.state_dict().values():
            if tensor.is_floating_point():
                tensor += torch.rand_like(tensor)
    assert pytorch.from_torch(module, other) is other
    x = load().X_test
    module.eval(), other.eval()
    assert nn.relative_error(other(x), module(torch.tensor(x)).detach().numpy()) < 1e-12
    assert not np.array_equal(model.params["0.W"], other.params["0.W"])  # a copy, no view


class Odd(nn.Flatten):
    """A layer that PyTorch does not know."""


def test_what_has_no_counterpart_is_named():
    with pytest.raises(TypeError, match="model has a Odd, which has no counterpart in PyTorch"):
        pytorch.to_torch(nn.Sequential(Odd(), nn.Linear(2, 2)))
    with pytest.raises(TypeError, match="model has a Perceptron"):
        pytorch.to_torch(nn.Perceptron(2))
    with pytest.raises(ValueError, match="module has 1 layers, wanted 4"):
        pytorch.from_torch(torch.nn.Sequential(torch.nn.ReLU()), mlp())
    with pytest.raises(ValueError, match=r"shape \(3, 2\), wanted \(4, 2\)"):
        pytorch.from_torch(torch.nn.Linear(2, 3), nn.Linear(2, 4))
    with pytest.raises(ValueError, match="module has a ReLU, wanted the counterpart of Linear"):
        pytorch.from_torch(torch.nn.ReLU(), nn.Linear(2, 4))
