"""The network that learns while you watch, as the library trains it."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.data import batches, toys
from course_lib.experiments.live.run import LiveRun
from course_lib.nn import (
    CrossEntropyLoss,
    Linear,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    he_normal,
    softmax,
    xavier_normal,
)
from course_lib.optim import SGD
from course_lib.training import predict, train_step

STEPS, LIMIT = 1000, 2.2  # of the run that is shown, and of the plane
BATCH, SEED = 10, 1  # to begin with
LAYERS: dict[str, Callable | None] = {
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "relu": ReLU,
    "linear": None,
}
# name -> the function of course_lib.data, how many samples, the noise shown first, the most noise
SETS = {
    "circles": (toys.circles, 200, 0.1, 0.5),
    "moons": (toys.moons, 200, 0.2, 0.5),
    "spiral": (toys.spiral, 210, 0.02, 0.2),
    "xor": (toys.xor, 200, 0.1, 0.5),
    "blobs": (toys.blobs, 200, 1.0, 5.0),
}


def samples(name: str, noise: float, rng: int = 0) -> tuple[NDArray, NDArray]:
    """All samples (N, 2) and labels (N,) of a set, the training part first."""
    make, n, _, _ = SETS[name]
    data = make(n, noise=noise, rng=rng)
    x = np.concatenate([data.X_train, data.X_val, data.X_test]).astype(float)
    return x, np.concatenate([data.y_train, data.y_val, data.y_test])


def noise_apart(name: str, rng: int = 0) -> dict:
    """A set as samples x without noise and their noise e: at each level s it is x + s * e.

    ``course_lib.data`` draws the same places whatever the noise, so that this gives its very
    samples; centered, and scaled until they reach to about 1.7.
    """
    _, _, noise, noise_limit = SETS[name]
    clean, y = samples(name, 0.0, rng)
    loud, _ = samples(name, 1.0, rng)
    low, high = clean.min(axis=0), clean.max(axis=0)
    scale = 3.4 / (high - low).max()
    return {
        "x": ((clean - (low + high) / 2) * scale).round(4).tolist(),
        "e": ((loud - clean) * scale).round(4).tolist(),
        "y": y.tolist(),
        "classes": int(y.max()) + 1,
        "noise": noise,
        "noises": [round(noise_limit * i / 10, 3) for i in range(11)],
    }


def build_network(sizes: Sequence[int], activation: str, rng: int = 0) -> Sequential:
    """The fully connected network of these sizes in float64, logits at its end."""
    generator = np.random.default_rng(rng)
    init = he_normal if activation == "relu" else xavier_normal
    make = LAYERS[activation]
    layers: list = []
    for n_in, n_out in pairwise(sizes):
        layers.append(Linear(n_in, n_out, rng=generator, init=init, dtype=np.float64))
        if make is not None:
            layers.append(make())
    return Sequential(*(layers if make is None else layers[:-1]))


def train_network(
    model: Sequential,
    x: NDArray,
    y: NDArray,
    steps: Sequence,
    *,
    rate: float,
    decay: float = 0.0,
) -> list[float]:
    """Plain SGD over the steps, each the rows of its batch; the loss of each before its step."""
    optimizer, loss = SGD(rate, weight_decay=decay), CrossEntropyLoss()
    return [train_step(model, x[rows], y[rows], loss, optimizer)[1] for rows in steps]


def learning_network(
    data: str = "circles",
    *,
    depth: int = 1,
    width: int = 4,
    activation: str = "tanh",
    rate: float = 0.1,
    split: float = 0.5,
    noise: float | None = None,
) -> LiveRun:
    """A network that learns two inputs: the settings to begin with, and the library's own run.

    data: "circles", "moons", "spiral", "xor" or "blobs" of ``course_lib.data``
    noise: one of ten steps to the most of that set, see ``SETS``; its usual one if None
    depth, width: hidden layers and the units in each  activation: "tanh", "sigmoid", "relu" or
    "linear"  rate: of plain SGD, without decay at first  split: share of the samples for training
    Raises ``ValueError`` for another name.
    """
    check_choice("data", data, SETS)
    check_choice("activation", activation, LAYERS)
    sets = {name: noise_apart(name) for name in SETS}
    noise = sets[data]["noise"] if noise is None else noise
    check_choice("noise", noise, sets[data]["noises"])
    start = {
        "data": data, "noise": noise, "split": split, "batch": BATCH, "depth": depth,
        "width": width, "activation": activation, "rate": rate, "decay": 0.0, "seed": SEED,
        "label": 0, "pair": [0, 1],
    }  # fmt: skip
    x = np.array(sets[data]["x"]) + noise * np.array(sets[data]["e"])
    y = np.array(sets[data]["y"])
    sizes = [2, *[width] * depth, sets[data]["classes"]]
    model, count = build_network(sizes, activation, SEED), round(split * len(y))
    losses: list[float] = []
    rng = np.random.default_rng(SEED)
    before = _answers(model, x, y)
    while len(losses) < STEPS:
        rows = [r for r, _ in batches(np.arange(count), y[:count], BATCH, rng)]
        losses += train_network(model, x, y, rows, rate=rate)
    shown = {
        "data": data, "sizes": sizes, "activation": activation, "x": x, "y": y, "count": count,
        "losses": losses, "answers": [before, _answers(model, x, y)],
    }  # fmt: skip
    return LiveRun({"sets": sets, "start": start}, shown)


def _answers(model: Sequential, x: NDArray, y: NDArray) -> tuple[NDArray, int]:
    """Probabilities (80, 80, K) over the plane, and how many samples the model has wrong."""
    ticks = np.linspace(-LIMIT, LIMIT, 80)
    places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    p = softmax(predict(model, places)).reshape(80, 80, -1)
    return p, int(np.sum(predict(model, x).argmax(axis=1) != y))
