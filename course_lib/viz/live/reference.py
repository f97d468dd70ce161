"""The library's own computation behind each live figure: for its picture, and for the tests."""

import json
from base64 import b64encode
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from course_lib.data import mnist, toys
from course_lib.nn import (
    CrossEntropyLoss,
    Linear,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    he_normal,
    xavier_normal,
)
from course_lib.optim import SGD
from course_lib.training import train_step
from course_lib.viz.live.train_digit_reader import FILE

MISREAD = (8, 33, 63)  # the first test digits that the softmax misreads and the network does not
LAYERS = {"tanh": Tanh, "sigmoid": Sigmoid, "relu": ReLU, "linear": None}
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
    _, _, noise, most = SETS[name]
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
        "noises": [round(most * i / 10, 3) for i in range(11)],
    }


def build_network(sizes: Sequence[int], activation: str, rng: int = 0) -> Sequential:
    """The fully connected network of these sizes in float64, logits at its end."""
    generator = np.random.default_rng(rng)
    init = he_normal if activation == "relu" else xavier_normal
    layers: list = []
    for n_in, n_out in pairwise(sizes):
        layers.append(Linear(n_in, n_out, rng=generator, init=init, dtype=float))
        if LAYERS[activation]:
            layers.append(LAYERS[activation]())
    return Sequential(*(layers[:-1] if LAYERS[activation] else layers))


def train_network(
    model: Sequential,
    x: NDArray,
    y: NDArray,
    batches: Sequence[Sequence[int]],
    *,
    rate: float,
    decay: float = 0.0,
) -> list[float]:
    """Plain SGD over the batches, lists of row numbers; the loss of each before its step."""
    optimizer, loss = SGD(rate, weight_decay=decay), CrossEntropyLoss()
    return [train_step(model, x[rows], y[rows], loss, optimizer)[1] for rows in batches]


def numbers(rng: int = 0) -> tuple[NDArray, NDArray, NDArray]:
    """Small whole numbers for a convolution: x (3, 5, 5), W (2, 3, 3, 3), b (2,)."""
    generator = np.random.default_rng(rng)
    x = generator.integers(0, 3, (3, 5, 5))
    return x, generator.integers(-1, 2, (2, 3, 3, 3)), np.array([1, 0])


def digit_readers() -> dict:
    """Both models as packed by ``train_digit_reader``, with their accuracy on the test digits."""
    return json.loads(FILE.read_text())


def digit_examples() -> list[dict]:
    """The first test digit of each class, then those of ``MISREAD``."""
    data = mnist()
    first = [int(np.argmax(data.y_test == k)) for k in range(10)]
    notes = [""] * 10 + [", misread by the softmax"] * len(MISREAD)
    return [
        {
            "label": f"{data.y_test[n]}{note}",
            "pixels": b64encode(np.rint(data.X_test[n] * 255).astype(np.uint8).tobytes()).decode(),
        }
        for n, note in zip([*first, *MISREAD], notes, strict=True)
    ]
