"""The two terms of a variational autoencoder, and its gradients, against PyTorch."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_lib.experiments import autoencoders
from course_lib.experiments.autoencoders import (
    AutoEncoder,
    kl_backward,
    kl_to_standard_normal,
    train_autoencoder,
)
from course_lib.optim import SGD


def test_distance_and_its_gradient_are_pytorch_s():
    rng = np.random.default_rng(0)
    mean, log_var, grad = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.normal(size=4)
    m, v = (torch.tensor(a, requires_grad=True) for a in (mean, log_var))
    cloud = torch.distributions.Normal(m, torch.exp(v / 2))
    expected = torch.distributions.kl_divergence(cloud, torch.distributions.Normal(0, 1)).sum(1)
    (expected * torch.tensor(grad)).sum().backward()
    np.testing.assert_allclose(kl_to_standard_normal(mean, log_var), expected.detach(), atol=1e-12)
    for ours, theirs in zip(kl_backward(grad, mean, log_var), (m.grad, v.grad), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("mean", "var", "kl"), [(0, 1, 0), (1, 1, 0.5), (0, 4, 0.807)])
def test_distances_by_hand(mean, var, kl):
    found = kl_to_standard_normal(np.array([[float(mean)]]), np.log([[float(var)]]))
    assert found[0] == pytest.approx(kl, abs=5e-4)


@pytest.mark.parametrize("variational", [False, True])
def test_one_step_follows_pytorch_s_gradient(variational, monkeypatch):
    monkeypatch.setattr(autoencoders, "HIDDEN", 6)
    model = AutoEncoder(2, variational=variational, rng=0)
    x = np.random.default_rng(1).random((5, 784)).astype(np.float32)
    tensors = [
        {
            name: torch.tensor(array.copy(), requires_grad=True)
            for name, array in part.params.items()
        }
        for part in (model.encoder, model.decoder)
    ]
    noise = torch.tensor(np.random.default_rng(2).normal(size=(5, 2)).astype(np.float32))
    model.rng = np.random.default_rng(2)

    def network(x, p):
        return torch.relu(x @ p["0.W"] + p["0.b"]) @ p["2.W"] + p["2.b"]

    answer, kl = network(torch.tensor(x), tensors[0]), torch.zeros(5)
    if variational:
        mean, log_var = answer.chunk(2, dim=1)
        kl = ((log_var.exp() + mean**2 - 1 - log_var) / 2).sum(1)
        answer = mean + torch.exp(log_var / 2) * noise
    drawn = functional.binary_cross_entropy_with_logits(
        network(answer, tensors[1]), torch.tensor(x), reduction="sum"
    ) / 5  # fmt: skip
    (drawn + kl.mean()).backward()
    ours = model.train_step(x, SGD(0.01))
    assert ours == pytest.approx((drawn.item(), kl.mean().item()), rel=1e-4)
    for part, theirs in zip((model.encoder, model.decoder), tensors, strict=True):
        for name, tensor in theirs.items():
            np.testing.assert_allclose(
                part.params[name], (tensor - 0.01 * tensor.grad).detach(), rtol=0, atol=2e-5
            )


def test_training_lowers_the_loss_and_codes_have_their_size():
    rng = np.random.default_rng(0)
    x = np.repeat(rng.random((4, 784)) > 0.5, 25, axis=0).astype(np.float32)
    model, history = train_autoencoder(x, code=3, variational=True, steps=60)
    assert history.shape == (60, 2)
    assert history[-10:].sum(axis=1).mean() < 0.8 * history[:10].sum(axis=1).mean()
    assert model.encode(x).shape == (100, 3)
    drawn = model.decode(model.encode(x))
    assert drawn.shape == x.shape
    assert 0 <= drawn.min() <= drawn.max() <= 1
