"""The recipes: each a network and how it is trained, from a softmax to what we do best.

All 60,000 training pictures are used. What a recipe fixes was chosen with the last 5,000 of them
held out. A recipe is a function of a random generator that returns the model, with its first
weights, and arguments of ``training.fit``.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from course_lib.data.augment import RandomTransform
from course_lib.nn import (
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    Sigmoid,
    xavier_normal,
)
from course_lib.optim import SGD, Adam, AdamW, exponential_decay, warmup_cosine

STEPS = 600  # mini-batches of 100 in an epoch of 60,000 pictures
DEEP = (784, 200, 100, 60, 30, 10)

Recipe = tuple[Sequential, dict[str, Any]]


def softmax(rng: np.random.Generator) -> Recipe:
    """784-10: ten weighted sums of the pixels."""
    model = Sequential(Flatten(), Linear(784, 10, rng=rng))
    return model, dict(optimizer=SGD(0.5), epochs=60, schedule=exponential_decay(0.5, 0.02, 6000))


def sigmoid5(rng: np.random.Generator) -> Recipe:
    """Five layers of sigmoids, which learn late or not at all."""
    layers: list[Layer] = [Flatten()]
    for n_in, n_out in pairwise(DEEP):
        layers += [Linear(n_in, n_out, rng=rng, init=xavier_normal), Sigmoid()]
    return Sequential(*layers[:-1]), dict(optimizer=Adam(0.003), epochs=17)


def relu5(
    rng: np.random.Generator, dropout: float = 0.0, peak: float = 0.002, epochs: int = 17
) -> Recipe:
    """Five layers of ReLU; about 10,000 steps."""
    layers: list[Layer] = [Flatten()]
    for n_in, n_out in pairwise(DEEP):
        layers += [Linear(n_in, n_out, rng=rng), ReLU()]
    if dropout:
        layers.insert(3, Dropout(dropout, rng=rng))
    return Sequential(*layers[:-1]), warmed_up(peak, epochs)


def relu5_dropout(rng: np.random.Generator) -> Recipe:
    """A quarter of the first hidden layer dropped; the narrow ones can't spare theirs."""
    return relu5(rng, dropout=0.25, peak=0.003, epochs=40)


def cnn(
    rng: np.random.Generator,
    channels: tuple[int, int, int] = (4, 8, 12),
    windows: tuple[int, int, int] = (5, 5, 4),
    dropout: tuple[()] | tuple[float, float] = (),
) -> Recipe:
    """Three convolutions, strides 1, 2, 2, then 200 fully connected ReLUs.

    dropout: the shares dropped before both fully connected layers; none if empty.
    """
    layers: list[Layer] = []
    for (n_in, n_out), window, stride in zip(
        pairwise((1, *channels)), windows, (1, 2, 2), strict=True
    ):
        layers += [Conv2d(n_in, n_out, window, stride, "same", rng=rng), ReLU()]
    dense: list[Layer] = [Linear(49 * channels[-1], 200, rng=rng), ReLU()]
    if dropout:
        before, after = dropout
        dense = [Dropout(before, rng=rng), *dense, Dropout(after, rng=rng)]
    model = Sequential(*layers, Flatten(), *dense, Linear(200, 10, rng=rng))
    return model, warmed_up(0.003, 17)


def cnn_dropout(rng: np.random.Generator) -> Recipe:
    """Wider, with larger windows, and dropout before both fully connected layers."""
    return cnn(rng, channels=(6, 12, 24), windows=(6, 5, 4), dropout=(0.3, 0.5))


def best(rng: np.random.Generator) -> Recipe:
    """Pairs of small windows, batch normalization, and pictures that never come twice the same."""
    model = Sequential(
        Conv2d(1, 16, 3, rng=rng), BatchNorm2d(16), ReLU(),
        Conv2d(16, 16, 3, rng=rng), BatchNorm2d(16), ReLU(),
        MaxPool2d(2),
        Conv2d(16, 64, 3, rng=rng), BatchNorm2d(64), ReLU(),
        Conv2d(64, 64, 3, rng=rng), BatchNorm2d(64), ReLU(),
        MaxPool2d(2),
        Conv2d(64, 128, 3, rng=rng), BatchNorm2d(128), ReLU(),
        Flatten(),
        Linear(4 * 128, 128, rng=rng), BatchNorm1d(128), ReLU(),
        Dropout(0.4, rng=rng),
        Linear(128, 10, rng=rng),
    )  # fmt: skip
    augment = RandomTransform(rotation=10, shift=2, zoom=0.1, elastic=0.6)
    return model, warmed_up(0.003, 30) | dict(augment=augment)


def warmed_up(peak: float, epochs: int) -> dict[str, Any]:
    """AdamW, its rate warmed up in half an epoch and brought down along half a cosine."""
    return dict(
        optimizer=AdamW(weight_decay=0.05),
        epochs=epochs,
        schedule=warmup_cosine(peak, STEPS // 2, epochs * STEPS, end=1e-5),
    )
