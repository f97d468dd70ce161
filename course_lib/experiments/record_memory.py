"""Train what lecture 18 compares: ``python -m course_lib.experiments.record_memory``.

How far back recurrent units remember: each learns to name the first of 10, 20 or 40 symbols, with
three seeds, in 400 steps of one recipe for all. And a GRU reads MNIST, a row of pixels at a time.
All of it is the library's NumPy code; it takes about five minutes on one core and writes
``memory.json`` beside this file, which the lecture reads with ``recorded``.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import nn
from course_lib.data import mnist
from course_lib.experiments.blocks import parameters
from course_lib.experiments.recurrent import Recurrent, first_symbol
from course_lib.metrics import accuracy
from course_lib.optim import Adam, warmup_cosine
from course_lib.training import evaluate, fit, train_step

FILE = Path(__file__).with_name("memory.json")
SEEDS, LENGTHS, STEPS, HIDDEN, SYMBOLS = (0, 1, 2), (10, 20, 40), 400, 32, 4
# the name in the table: the unit, and what is added to the biases of its gate that keeps
CONTESTANTS = {
    "RNN": ("RNN", 0.0),
    "GRU": ("GRU", 0.0),
    "LSTM": ("LSTM", 0.0),
    "GRU, keeps 95 %": ("GRU", 3.0),
    "LSTM, keeps 95 %": ("LSTM", 3.0),
}


def remember_first(unit: str, keep: float, length: int, seed: int) -> float:
    """The share of 1,000 new sequences whose first symbol the trained network names."""
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        Recurrent(unit, SYMBOLS, HIDDEN, keep=keep, rng=rng), nn.Linear(HIDDEN, SYMBOLS, rng=rng)
    )
    optimizer, loss = Adam(0.005), nn.CrossEntropyLoss()
    for _ in range(STEPS):
        train_step(model, *first_symbol(32, length, rng, SYMBOLS), loss, optimizer)
    x, y = first_symbol(1000, length, rng, SYMBOLS)
    return accuracy(model(x).argmax(axis=1), y)


class Rows(nn.Layer):
    """Pictures (N, 1, H, W) -> sequences of their rows (N, H, W)."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x[:, 0]

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad[:, np.newaxis]


def row_reader(rng: int = 0) -> nn.Sequential:
    """A GRU of 64 units that reads a picture from its first row to its last, and ten scores."""
    return nn.Sequential(
        Rows(), Recurrent("GRU", 28, 64, keep=1.0, rng=rng), nn.Linear(64, 10, rng=rng + 1)
    )


def read_rows(epochs: int = 3) -> dict[str, Any]:
    """The size of the row reader, and the share of MNIST's test pictures that it reads right."""
    data, model = mnist(), row_reader()
    schedule = warmup_cosine(0.005, 100, epochs * 550, end=1e-5)
    fit(model, data, Adam(), epochs=epochs, schedule=schedule, progress=False)
    return {
        "parameters": parameters(model),
        "epochs": epochs,
        "test_accuracy": evaluate(model, data.X_test, data.y_test)[1],
    }


def recorded() -> dict[str, Any]:
    """What ``main`` wrote.

    ``memory``: for each name in ``CONTESTANTS``, and each of ``LENGTHS`` as a string, the shares
    that were named right, one for each of ``SEEDS``; ``rows``: what ``read_rows`` returned.
    """
    return json.loads(FILE.read_text(encoding="utf-8"))


def main() -> None:
    """Train all, write the file."""
    found: dict[str, Any] = {"memory": {name: {} for name in CONTESTANTS}}
    for length in LENGTHS:
        for name, (unit, keep) in CONTESTANTS.items():
            shares = [remember_first(unit, keep, length, seed) for seed in SEEDS]
            found["memory"][name][str(length)] = shares
            print(length, name, *(f"{share:.1%}" for share in shares), flush=True)
    found["rows"] = read_rows()
    print(found["rows"])
    FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
