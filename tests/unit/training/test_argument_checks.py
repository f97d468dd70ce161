from dataclasses import replace

import numpy as np
import pytest

from course_lib import data, nn, optim
from course_lib.training import EarlyStopping
from course_lib.training.argument_checks import check_fit
from tests.unit.training.networks import network, train


def moons_with(**parts):
    return replace(data.moons(), **parts)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (dict(device="gpu"), ValueError, "device is 'gpu', wanted"),
        (dict(epochs=0), ValueError, "epochs is 0, wanted at least 1"),
        (dict(batch_size=0), ValueError, "size is 0, wanted at least 1"),
        (dict(toy=moons_with(y_train=np.arange(180))), ValueError, "labels has the value 2, want"),
        (dict(toy=moons_with(y_val=np.full(60, -1))), ValueError, "labels has the value -1, want"),
        (dict(toy=moons_with(y_train=np.zeros(9, int))), ValueError, "data.y_train has 9 entries"),
        (dict(toy=moons_with(y_train=np.zeros(180))), TypeError, "labels has dtype float64"),
        (
            dict(toy=moons_with(X_train=np.full((180, 2), np.nan, np.float32))),
            ValueError,
            "data.X_train has NaN or infinite values, wanted finite numbers",
        ),
        (
            dict(toy=moons_with(X_train=np.ones((180, 3), np.float32))),
            ValueError,
            r"x has shape \(1, 3\), wanted \(N, in_features\) with in_features = 2",
        ),
        (
            dict(
                toy=moons_with(X_val=data.moons().X_val[:0], y_val=data.moons().y_val[:0]),
                early_stopping=EarlyStopping(),
            ),
            ValueError,
            "data.X_val is empty, wanted samples for early_stopping",
        ),
    ],
)
def test_bad_input_is_named_before_anything_is_trained(options, error, words):
    model = network()
    before = {name: array.copy() for name, array in model.params.items()}
    with pytest.raises(error, match=words):
        train(model, **options)
    for name, array in model.params.items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize(
    ("batch_size", "refused"), [(20, False), (90, False), (59, True), (3, True)]
)
def test_in_a_team_the_smallest_share_of_a_mini_batch_counts(batch_size, refused, monkeypatch):
    """180 samples: in mini-batches of 59 the last has 3, of which one process gets one."""
    monkeypatch.setenv("WORLD_SIZE", "2")
    model = nn.Sequential(nn.Linear(2, 4, rng=0), nn.BatchNorm1d(4), nn.Linear(4, 2, rng=1))
    settings = dict(
        epochs=1, schedule=None, augment=None, early_stopping=None, device="cpu", seed=0
    )
    check = (model, data.moons(), optim.SGD(0.1), nn.CrossEntropyLoss())
    if not refused:
        check_fit(*check, batch_size=batch_size, **settings)
        return
    with pytest.raises(ValueError, match="a process's share of the last mini-batch, of 3, is one"):
        check_fit(*check, batch_size=batch_size, **settings)
