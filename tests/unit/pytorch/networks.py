"""Networks and data with every layer that has a counterpart, for the tests of this folder."""

from dataclasses import replace

import numpy as np

from course_lib import data, nn

F64 = dict(dtype=np.float64)


def mlp():
    """Normalised after the activation: before it, a bias has no gradient but rounding errors."""
    norm = nn.BatchNorm1d(8, eps=0.02, momentum=0.3, **F64)
    return nn.Sequential(
        nn.Linear(2, 8, rng=0, **F64),
        nn.Tanh(),
        nn.Sequential(nn.Linear(8, 8, rng=1, **F64), nn.LeakyReLU(0.1), norm),
        nn.Linear(8, 2, rng=2, **F64),
    )


def cnn():
    """Every layer that has a counterpart, and padding "same" at stride 2 with uneven sizes."""
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, rng=0, **F64),
        nn.ReLU(),
        nn.BatchNorm2d(4, eps=0.05, momentum=0.2, **F64),
        nn.MaxPool2d(2, 1),
        nn.Conv2d(4, 5, (4, 3), stride=2, padding="same", rng=1, **F64),
        nn.Sigmoid(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.0),
        nn.Linear(20, 3, rng=2, **F64),
    )


def modern():
    """The layers of lectures 13 to 18 that pictures go through; "same" with groups, no biases."""
    body = nn.Sequential(
        nn.Conv2d(4, 4, 3, padding="same", groups=2, bias=False, rng=1, **F64),
        nn.BatchNorm2d(4, **F64),
        nn.GELU(),
        nn.Conv2d(4, 4, 3, padding=1, groups=4, rng=2, **F64),
    )
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, padding=1, rng=0, **F64),
        nn.MaxPool2d(3, 2, padding=1),
        nn.Residual(body),
        nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, rng=3, **F64),
        nn.Residual(nn.ReLU(), nn.Conv2d(3, 3, 1, rng=4, **F64)),
        nn.Upsample2d(2),
        nn.GlobalAvgPool2d(),
        nn.LayerNorm(3, eps=0.1, **F64),
        nn.Linear(3, 3, rng=5, **F64),
    )


def double(dataset):
    return replace(
        dataset,
        **{part: getattr(dataset, part).astype(float) for part in ("X_train", "X_val", "X_test")},
    )


def pictures():
    """Small labelled pictures, 50 + 10 + 10."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(70, 1, 8, 9)), rng.integers(0, 3, 70)
    cut = (50, 60)
    (X_train, X_val, X_test), (y_train, y_val, y_test) = np.split(x, cut), np.split(y, cut)
    return data.Dataset(X_train, y_train, X_val, y_val, X_test, y_test)


CASES = [(mlp, lambda: double(data.moons())), (cnn, pictures), (modern, pictures)]
