"""Record how rungs learn, epoch by epoch: ``python -m course_lib.ladder.record_curves [SEEDS]``.

Lectures 08 and 11 draw what it writes, ``curves.json`` beside this file, and read it with
``recorded``. The test pictures are only watched: no recipe was chosen by them, and what counts is
the last value of a curve, never its best. A seed takes about ten minutes of one core, and a run
that is cut off goes on where it was.
"""

import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.data import Dataset, mnist
from course_lib.ladder import recipes
from course_lib.optim import Adam, constant, exponential_decay
from course_lib.optim.schedules import Schedule
from course_lib.training import fit

FILE = Path(__file__).with_name("curves.json")


def at_rate(rng: np.random.Generator, schedule: Schedule) -> recipes.Recipe:
    """The five layers of ReLU for 10,200 steps of Adam."""
    model, _ = recipes.relu5(rng)
    return model, dict(optimizer=Adam(0.003), epochs=17, schedule=schedule)


# name: (recipe, engine that is faster for it)
RUNS: dict[str, tuple[Any, str]] = {
    "relu5, constant rate": (partial(at_rate, schedule=constant(0.003)), "numpy"),
    "relu5, decay": (partial(at_rate, schedule=exponential_decay(0.003, 0.0001, 2000)), "numpy"),
    "softmax": (recipes.softmax, "numpy"),
    "sigmoid5": (recipes.sigmoid5, "numpy"),
    "relu5": (recipes.relu5, "numpy"),
    "relu5-dropout": (recipes.relu5_dropout, "numpy"),
    "relu5-dropout, nothing dropped": (partial(recipes.relu5, peak=0.003, epochs=40), "numpy"),
    "cnn": (recipes.cnn, "cpu"),
}


def watch(name: str, seed: int, data: Dataset) -> dict[str, list[float]]:
    """Losses and accuracies on the training and the test pictures, after each epoch."""
    recipe, device = RUNS[name]
    model, settings = recipe(np.random.default_rng(seed))
    history = fit(model, data, **settings, device=device, seed=seed, progress=False)
    return {
        "train_loss": [float(f"{loss:.3g}") for loss in history.train_loss],
        "train_accuracy": [round(share, 5) for share in history.train_accuracy],
        "test_loss": [float(f"{loss:.3g}") for loss in history.val_loss],
        "test_accuracy": [round(share, 5) for share in history.val_accuracy],
    }


def watched_mnist() -> Dataset:
    """All 60,000 training pictures, and the test pictures where ``fit`` looks for validation."""
    data = mnist().join_validation()
    return replace(data, X_val=data.X_test, y_val=data.y_test)


def recorded() -> dict[str, list[dict[str, list[float]]]]:
    """What ``main`` wrote: for each name in ``RUNS`` what ``watch`` returned, a list by seed."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def main(seeds: int = 1) -> None:
    """Train what is not there yet, the first seed of all before the second; save after each."""
    found, data = recorded(), watched_mnist()
    for seed in range(seeds):
        for name in RUNS:
            runs = found.setdefault(name, [])
            if len(runs) > seed:
                continue
            runs.append(watch(name, seed, data))
            print(f"{name}, seed {seed}: {runs[-1]['test_accuracy'][-1]:.2%}", flush=True)
            FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
