"""A small network and a short training, for the tests of this folder."""

import numpy as np

from course_lib import data, nn, optim
from course_lib.training import fit


def network(classes=2, dtype=np.float32):
    return nn.Sequential(
        nn.Linear(2, 16, rng=0, dtype=dtype), nn.ReLU(), nn.Linear(16, classes, rng=1, dtype=dtype)
    )


def train(model=None, toy=None, **options):
    options = dict(epochs=5, batch_size=20, progress=False) | options
    optimizer = options.pop("optimizer", optim.SGD(0.3))
    return fit(model or network(), toy or data.moons(), optimizer, **options)
