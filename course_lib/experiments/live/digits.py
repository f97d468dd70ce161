"""The two models that read a drawn digit, and the test digits to begin with."""

import json
from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.data import mnist
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.live.train_digit_reader import BUILDERS, FILE, unpack
from course_lib.nn import Sequential, softmax
from course_lib.training import predict

MISREAD = (8, 33, 63)  # the first test digits that the softmax misreads and the network does not


def readers() -> dict:
    """Both models as packed by ``train_digit_reader``, with their accuracy on the test digits."""
    return json.loads(FILE.read_text())


def trained_reader(name: str = "network") -> Sequential:
    """One of both, "network" or "softmax", as a model of the library, in float64."""
    return unpack(name, readers()[name]["layers"]).eval()


def examples() -> tuple[NDArray, list[str]]:
    """The first test digit of each class, then those of ``MISREAD``: (N, 1, 28, 28), and names."""
    data = mnist()
    rows = [*(int(np.argmax(data.y_test == k)) for k in range(10)), *MISREAD]
    notes = [""] * 10 + [", misread by the softmax"] * len(MISREAD)
    names = [f"{data.y_test[n]}{note}" for n, note in zip(rows, notes, strict=True)]
    return data.X_test[rows].astype(float), names


def digit_reader(models: tuple[str, ...] = ("softmax", "network")) -> LiveRun:
    """The softmax of lecture 06, a network of lecture 11, or both, and what they read in examples.

    Raises ``ValueError`` for another name.
    """
    for name in models:
        check_choice("models", name, BUILDERS)
    known = readers()
    chosen = {name: known[name] for name in models}
    x, names = examples()
    pixels = np.rint(x * 255).astype(np.uint8)
    start = {
        "readers": chosen,
        "examples": [
            {"label": name, "pixels": b64encode(one.tobytes()).decode()}
            for name, one in zip(names, pixels, strict=True)
        ],
    }
    shown = {
        "x": x[:, 0],
        "labels": [name[0] for name in names],
        "p": {n: softmax(predict(unpack(n, r["layers"]), x)) for n, r in chosen.items()},
        "accuracy": {name: reader["accuracy"] for name, reader in chosen.items()},
    }
    return LiveRun(start, shown)
