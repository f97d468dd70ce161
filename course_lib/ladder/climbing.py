"""Climbing: the rungs are trained, each from several seeds, and tested once at the end."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.checks import check_choice, check_count
from course_lib.data import Dataset, mnist
from course_lib.ladder import recipes
from course_lib.nn import Sequential
from course_lib.training import History, check_device, evaluate, fit
from course_lib.training.progress_bar import first_of_team


@dataclass(frozen=True)
class Rung:
    """A recipe (rng -> model, arguments of ``fit``), the accuracy published and ours to reach."""

    recipe: Callable[[np.random.Generator], recipes.Recipe]
    published: str
    goal: float | None


RUNGS = {
    "softmax": Rung(recipes.softmax, "92 %", 0.925),
    "sigmoid5": Rung(recipes.sigmoid5, "slow start", None),
    "relu5": Rung(recipes.relu5, "98 %", 0.983),
    "relu5-dropout": Rung(recipes.relu5_dropout, "98.2 %", 0.985),
    "cnn": Rung(recipes.cnn, "98.9 %", 0.991),
    "cnn-dropout": Rung(recipes.cnn_dropout, "99.3 %", 0.9935),
    "best": Rung(recipes.best, "99.5 to 99.58 %", 0.9965),
}


@dataclass
class Climb:
    """One trained rung: the model, its test accuracy at the end of training, and the way there."""

    model: Sequential
    accuracy: float
    history: History


def climb(
    name: str,
    *,
    seed: int = 0,
    data: Dataset | None = None,
    device: str = "numpy",
    progress: bool = True,
    **changes: Any,
) -> Climb:
    """Train the rung ``name`` on MNIST (or ``data``) from ``seed``, then test it, once.

    ``changes`` replace arguments of ``fit`` that the recipe gives, such as ``epochs``.
    """
    check_choice("rung", name, RUNGS)
    data = mnist().join_validation() if data is None else data
    model, settings = RUNGS[name].recipe(np.random.default_rng(seed))
    settings = settings | changes | dict(device=device, seed=seed, progress=progress)
    history = fit(model, data, **settings)
    _, accuracy = evaluate(model, data.X_test, data.y_test)
    assert accuracy is not None  # MNIST has labels
    return Climb(model, accuracy, history)


@dataclass
class Measured:
    """A rung trained from several seeds, one ``Climb`` each."""

    name: str
    climbs: list[Climb]

    @property
    def parameters(self) -> int:
        """Number of learnt values."""
        return sum(array.size for array in self.climbs[0].model.params.values())

    @property
    def accuracy(self) -> float:
        """Mean test accuracy over the seeds."""
        return statistics.mean(top.accuracy for top in self.climbs)

    @property
    def spread(self) -> float | None:
        """Standard deviation of the test accuracy over the seeds; None for a single one."""
        accuracies = [top.accuracy for top in self.climbs]
        return statistics.stdev(accuracies) if len(accuracies) > 1 else None

    @property
    def seconds(self) -> float:
        """Mean training time."""
        return statistics.mean(top.history.seconds for top in self.climbs)

    def record(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        rung = RUNGS[self.name]
        return {
            "rung": self.name,
            "parameters": self.parameters,
            "accuracy": self.accuracy,
            "spread": self.spread,
            "accuracies": [top.accuracy for top in self.climbs],
            "published": rung.published,
            "goal": rung.goal,
            "seconds": round(self.seconds, 1),
            "train_loss": [top.history.train_loss for top in self.climbs],
        }


def climb_all(
    names: Iterable[str],
    device: str = "numpy",
    seeds: int = 3,
    folder: Path = Path("ladder"),
    say: Callable[[str], None] = print,
) -> list[Measured]:
    """Train these rungs from each of the seeds 0, 1, ...; ``reporting.save`` after every training.

    say: told what begins. Of a team of ``torchrun`` every process trains and the first one reports:
    the others say and save nothing, and return an empty list.
    Raises ``ValueError`` for an unknown rung or device, ``RuntimeError`` for a device that is not
    there, ``OSError`` for a folder that can't be made: all before the first training.
    """
    from course_lib.ladder.reporting import save

    names = list(names)
    for name in names:
        check_choice("rung", name, RUNGS)
    check_count("seeds", seeds, 1)
    check_device(device)
    reports = first_of_team()
    if reports:
        folder.mkdir(parents=True, exist_ok=True)
    measured: list[Measured] = []
    for name in names:
        measured.append(Measured(name, []))
        for seed in range(seeds):
            if reports:
                say(f"{name}, seed {seed}")
            measured[-1].climbs.append(climb(name, seed=seed, device=device))
            if reports:  # the next training may take hours
                save(measured, device, folder)
    return measured if reports else []
