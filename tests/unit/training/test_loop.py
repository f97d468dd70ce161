from dataclasses import replace

import numpy as np
import pytest
import torch

from course_lib import data, nn, optim
from course_lib.training import evaluate, fit
from tests.unit.training.networks import network, train


def test_learns_the_moons():
    model, moons = network(), data.moons()
    history = train(model, moons, epochs=100)
    assert evaluate(model, moons.X_test, moons.y_test)[1] > 0.95
    assert len(history.loss) == len(history.lr) == 100 * 9
    assert len(history.train_loss) == len(history.val_accuracy) == 100
    assert history.train_loss[-1] < history.train_loss[0] / 3
    assert history.seconds > 0
    assert not model.training


def test_same_path_as_torch():
    """Same start, same mini-batches: every loss of 20 epochs agrees."""
    model, moons = network(dtype=np.float64), data.moons()
    moons = replace(moons, X_train=moons.X_train.astype(float), X_val=moons.X_val[:0].astype(float))
    moons = replace(moons, y_val=moons.y_val[:0])
    tensors = [torch.tensor(p, requires_grad=True) for p in model.params.values()]
    history = train(model, moons, epochs=20, optimizer=optim.SGD(0.1, momentum=0.9), seed=5)

    oracle = torch.optim.SGD(tensors, 0.1, momentum=0.9)
    rng, losses = np.random.default_rng(5), []
    for _ in range(20):
        for x, y in data.batches(moons.X_train, moons.y_train, 20, rng):
            W1, b1, W2, b2 = tensors
            logits = torch.relu(torch.tensor(x) @ W1 + b1) @ W2 + b2
            loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
            oracle.zero_grad()
            loss.backward()
            oracle.step()
            losses.append(loss.item())
    np.testing.assert_allclose(history.loss, losses, rtol=1e-8)


def test_same_seed_same_path():
    one, same, other = (train(seed=seed).loss for seed in (0, 0, 1))
    assert one == same
    assert one != other


def test_schedule_sets_the_rate_of_every_step():
    history = train(epochs=2, schedule=lambda step: 0.1 / (1 + step))
    assert history.lr == [0.1 / (1 + step) for step in range(18)]


def test_augmentation_sees_each_mini_batch_of_training_only():
    seen = []

    def augment(x, rng):
        seen.append(len(x))
        return x + rng.normal(0, 0.01, x.shape).astype(x.dtype)

    plain, changed = train(epochs=1), train(epochs=1, augment=augment)
    assert seen == [20] * 9
    assert plain.loss[0] != changed.loss[0]


def test_regression_has_no_accuracy():
    x = np.linspace(-1, 1, 60, dtype=np.float32)[:, np.newaxis]
    toy = data.train_val_test_split(x, 3 * x + 1)
    model = nn.Linear(1, 1, rng=0)
    history = fit(
        model, toy, optim.SGD(0.3), epochs=60, loss=nn.MSELoss(), batch_size=10, progress=False
    )
    assert history.train_accuracy == history.val_accuracy == []
    assert history.val_loss[-1] < 1e-6
    np.testing.assert_allclose(model.params["W"], [[3]], atol=1e-3)
    assert evaluate(model, toy.X_test, toy.y_test, nn.MSELoss())[1] is None


def test_the_test_part_is_never_looked_at():
    moons = data.moons()
    spoilt = replace(moons, X_test=np.full_like(moons.X_test, np.nan))
    assert train(toy=moons).loss == train(toy=spoilt).loss


@pytest.mark.parametrize("device", ["numpy", "cpu"])
@pytest.mark.parametrize("loss", [nn.BCELoss(), nn.MSELoss()])
def test_whole_numbers_as_targets_are_no_labels(device, loss):
    toy = data.moons(60)
    toy = replace(toy, y_train=toy.y_train[:, None], y_val=toy.y_val[:, None])
    model = nn.Sequential(nn.Linear(2, 1, rng=0), nn.Sigmoid())
    history = fit(model, toy, optim.SGD(0.1), epochs=2, loss=loss, device=device, progress=False)
    assert history.train_accuracy == history.val_accuracy == []
    assert len(history.val_loss) == 2
    assert evaluate(model, toy.X_val, toy.y_val, loss)[1] is None
