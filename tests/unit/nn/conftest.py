"""PyTorch as the oracle of every forward and backward pass."""

import numpy as np
import pytest
import torch


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def torch_gradients(function, *arrays):
    """Output of a torch function of float64 tensors, its gradients, and the upstream gradient.

    The upstream gradient is random, so that no element's contribution can cancel unseen.
    """
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    output = function(*tensors)
    upstream = torch.tensor(np.random.default_rng(1).normal(size=output.shape))
    output.backward(upstream)
    return output.detach().numpy(), [t.grad.numpy() for t in tensors], upstream.numpy()
