from dataclasses import replace

import numpy as np
import pytest

from course_lib import data, nn, optim
from course_lib.training import fit
from tests.unit.pytorch.networks import CASES, F64, double

# No option but lr, which the schedule sets, has its default: one that is not passed on shows.
OPTIMIZERS = [
    lambda: optim.SGD(0.1, momentum=0.9, nesterov=True, weight_decay=1e-3),
    lambda: optim.Adagrad(0.05, eps=1e-3, weight_decay=1e-3),
    lambda: optim.RMSprop(0.01, alpha=0.9, eps=1e-3, weight_decay=1e-3),
    lambda: optim.Adadelta(rho=0.8, eps=1e-3, weight_decay=1e-3),
    lambda: optim.Adam(0.01, betas=(0.8, 0.95), eps=1e-3, weight_decay=1e-3),
    lambda: optim.AdamW(0.01, betas=(0.7, 0.9), eps=1e-3, weight_decay=0.1),
]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(("make", "load"), CASES)
def test_training_takes_the_same_path(make, load, optimizer):
    """More than 20 steps, the last mini-batch of each epoch a small one."""
    ours, theirs, toy = make(), make(), load()
    options = dict(epochs=6, batch_size=14, schedule=optim.exponential_decay(0.02, 0.001, 10))
    options |= dict(seed=3, progress=False)
    one, other = optimizer(), optimizer()
    history = fit(ours, toy, one, **options)
    again = fit(theirs, toy, other, device="cpu", **options)
    assert len(history.loss) >= 24
    for name in ("loss", "lr", "train_loss", "train_accuracy", "val_loss", "val_accuracy"):
        np.testing.assert_allclose(getattr(again, name), getattr(history, name), rtol=1e-8)
    for name, array in (*ours.params.items(), *ours.buffers.items()):
        same = {**theirs.params, **theirs.buffers}[name]
        np.testing.assert_allclose(same, array, rtol=1e-8, atol=1e-10)
    assert one.lr == other.lr
    assert not theirs.training


LOSSES = [
    (nn.CrossEntropyLoss(), True),
    (nn.HingeLoss(0.5), True),
    (nn.MSELoss(), False),
    (nn.L1Loss(), False),
    (nn.BCELoss(), False),
    (nn.BCEWithLogitsLoss(), False),
    (nn.DiceLoss(0.5), False),
]


@pytest.mark.parametrize(("loss", "labelled"), LOSSES)
def test_every_loss_has_its_counterpart(loss, labelled):
    toy = double(data.moons())
    if not labelled:
        column = {f"y_{p}": getattr(toy, f"y_{p}")[:, None] * 1.0 for p in ("train", "val", "test")}
        toy = replace(toy, **column)
    paths = []
    for device in ("numpy", "cpu"):
        layers = [nn.Linear(2, 4 if labelled else 1, rng=0, **F64), nn.Sigmoid()]
        model = nn.Sequential(*layers)
        history = fit(
            model, toy, optim.SGD(0.2), epochs=2, loss=loss, device=device, progress=False
        )
        paths.append((history.loss, history.val_loss, history.train_accuracy))
    for ours, theirs in zip(*paths, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)
