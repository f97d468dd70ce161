"""What is measured on a GPU: the parts that ``ladder.gpu`` runs one by one.

A part is given a device, ``save`` for what it has found so far, and whether to do with little data.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.data import Dataset, mnist
from course_lib.data.augment import RandomTransform
from course_lib.ladder.climbing import RUNGS, Measured, climb

ROOT = Path(__file__).parents[2]  # of the course, where its tests are
GOAL = 0.993  # test accuracy of cnn-dropout, as published
MARGIN = 0.0005  # by which the validation accuracy has to be above it
BATCH_SIZES = (100, 1_000, 10_000)
SEEDS = (0, 1, 2)
TRIED = range(5)  # seeds with which a plan is tried
TESTED = range(10, 20)  # and the chosen one measured

Save = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Part:
    """Something to measure: ``measure(device, save, little)``, and the seconds that it may take."""

    measure: Callable[[str, Save, bool], None]
    limit: float


def gpu_tests(device: str, save: Save, little: bool) -> None:
    """The tests marked gpu. The suite's own settings need packages that may not be there."""
    command = [sys.executable, "-m", "pytest", "--noconftest", "-p", "no:cacheprovider", "-q"]
    command += ["-o", "addopts=", "-o", "filterwarnings=default", "-m", "gpu", "tests/unit/pytorch"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    print(done.stdout, done.stderr)
    save({"passed": done.returncode == 0, "summary": done.stdout.strip().splitlines()[-1:]})


LIGHT = RandomTransform(rotation=8, shift=1, zoom=0.08)


def _plans(little: bool) -> list[Any]:
    from course_lib.pytorch.whole_epochs import Plan

    if little:
        return [Plan(50, 2, 0.005, "float32"), Plan(50, 2, 0.005, "bfloat16", LIGHT)]
    long = [
        Plan(size, epochs, peak, precision)
        for size, epochs, peak in ((500, 20, 0.004), (1000, 10, 0.005), (1000, 20, 0.005))
        for precision in ("tf32", "bfloat16")
    ]
    turned = [Plan(1000, 20, 0.005, augment=LIGHT)]
    short = [
        Plan(size, epochs, 0.014, warm_up=0.2, dropout=dropout, label_smoothing=0.05, beta2=0.98)
        for size, epochs in ((1000, 7), (1000, 8), (1000, 9), (700, 6), (700, 7), (700, 8))
        for dropout in ((0.1, 0.1), (0.1, 0.3))
    ]
    return [*short, *long, *turned]


def time_to_accuracy(device: str, save: Save, little: bool) -> None:
    """How fast cnn-dropout learns to read 99.3 % of the test pictures.

    The plan is chosen with the last 5,000 training pictures held out: the fastest that reads enough
    of them. With it the network is trained on all, from seeds of its own, and tested once each.
    """
    data, tried = _mnist(little), []
    for plan in _plans(little):
        runs = _trainings(plan, data.X_train, data.y_train, data.X_val, data.y_val, TRIED, device)
        tried.append({"plan": asdict(plan), "accuracy": "validation", **runs})
        save({"goal": GOAL, "tried": tried})
    good = [trial for trial in tried if np.mean(trial["accuracies"]) >= GOAL + MARGIN]
    best = min(good, key=lambda trial: np.mean(trial["seconds_of_training"])) if good else None
    best = best or max(tried, key=lambda trial: np.mean(trial["accuracies"]))
    plan, joined = _plans(little)[tried.index(best)], data.join_validation()
    runs = _trainings(
        plan, joined.X_train, joined.y_train, data.X_test, data.y_test, TESTED, device
    )
    chosen = {"plan": asdict(plan), "accuracy": "test", **runs}
    save({"goal": GOAL, "tried": tried, "chosen": chosen})


def _trainings(
    plan: Any,
    X: np.ndarray,
    y: np.ndarray,
    X_held: np.ndarray,
    y_held: np.ndarray,
    seeds: Sequence[int],
    device: str,
) -> dict[str, Any]:
    """cnn-dropout trained by the plan from each seed: seconds and accuracies on what was held."""
    from course_lib import pytorch
    from course_lib.pytorch.whole_epochs import WholeEpochs

    starts = {seed: _module("cnn-dropout", seed) for seed in seeds}
    chosen, begin = pytorch.choose_device(device), time.perf_counter()
    module = _module("cnn-dropout")
    trained = WholeEpochs(module, X, y, plan, chosen)
    prepared = time.perf_counter() - begin
    seconds, accuracies, losses = [], [], []
    for seed, start in starts.items():
        taken, means = trained.train(start.state_dict(), seed)
        seconds.append(taken)
        losses.append(means)
        accuracies.append(trained.accuracy(X_held, y_held))
    return {
        "seconds_of_preparation": prepared,
        "seconds_of_training": seconds,
        "accuracies": accuracies,
        "train_loss": losses,
    }


def throughput(device: str, save: Save, little: bool, ways: Sequence[str] = ()) -> None:
    """Pictures a second that networks learn from, by size of the mini-batch, precision and way."""
    import torch

    from course_lib import pytorch
    from course_lib.pytorch.devices import PRECISIONS
    from course_lib.pytorch.throughput import pictures_per_second, relative_error

    chosen, rows = pytorch.choose_device(device), []
    names = ("cnn-dropout",) if little or "compiled" in ways else ("cnn-dropout", "relu5", "best")
    for name in names:
        for precision in ("float32", "bfloat16") if little else PRECISIONS:
            module = _module(name).to(chosen)
            x = torch.rand((100, 1, 28, 28), device=chosen)
            error = relative_error(module, x, precision)
            for way in ways or ("plain", "graph"):
                for batch_size in (10,) if little else BATCH_SIZES:
                    rate = pictures_per_second(
                        _module(name), batch_size, precision, way, chosen, 0.01 if little else 0.3
                    )
                    rows.append(
                        {"rung": name, "batch_size": batch_size, "precision": precision}
                        | {"way": way, "pictures_per_second": rate, "relative_error": error}
                    )
                    save({"rows": rows})


def compiled(device: str, save: Save, little: bool) -> None:
    """The same for ``torch.compile``, which takes its time before it is fast."""
    throughput(device, save, little, ("plain",) if little else ("compiled",))


def _module(name: str, seed: int = 0) -> Any:
    from course_lib import pytorch

    return pytorch.to_torch(RUNGS[name].recipe(np.random.default_rng(seed))[0])


def rung(name: str, seeds: Sequence[int]) -> Callable[[str, Save, bool], None]:
    """A rung of the ladder, from these seeds."""

    def measure(device: str, save: Save, little: bool) -> None:
        climbs, changes = [], {"epochs": 1} if little else {}
        data = _mnist(little).join_validation()
        for seed in seeds:
            climbs.append(
                climb(name, seed=seed, data=data, device=device, progress=False, **changes)
            )
            save(Measured(name, climbs).record())

    return measure


def _mnist(little: bool) -> Dataset:
    data = mnist()
    if not little:
        return data
    parts = {"train": 500, "val": 100, "test": 100}
    return replace(
        data,
        **{f"X_{part}": getattr(data, f"X_{part}")[:size] for part, size in parts.items()},
        **{f"y_{part}": getattr(data, f"y_{part}")[:size] for part, size in parts.items()},
    )


PARTS = {
    "gpu-tests": Part(gpu_tests, 90),
    "time-to-accuracy": Part(time_to_accuracy, 180),
    "throughput": Part(throughput, 110),
    "cnn": Part(rung("cnn", SEEDS), 90),
    "cnn-dropout": Part(rung("cnn-dropout", SEEDS), 90),
    **{f"best-{seed}": Part(rung("best", [seed]), 240) for seed in SEEDS},
    "compiled": Part(compiled, 120),
}
