"""The ladder: the lectures' networks on the full MNIST, from a softmax to what we do best.

A rung is a recipe: the network and how it is trained. All 60,000 training pictures are used; the
test pictures are looked at once, after the last step. What a recipe fixes was chosen with the last
5,000 training pictures held out.
"""

import json
import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course_lib.course.environment import installed_version
from course_lib.data import mnist
from course_lib.data.augment import RandomTransform
from course_lib.nn import (
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    Sigmoid,
    xavier_normal,
)
from course_lib.optim import SGD, Adam, AdamW, exponential_decay, warmup_cosine
from course_lib.training import History, evaluate, fit

STEPS = 600  # mini-batches of 100 in an epoch of 60,000 pictures
DEEP = (784, 200, 100, 60, 30, 10)


def softmax(rng):
    """784-10: ten weighted sums of the pixels."""
    model = Sequential(Flatten(), Linear(784, 10, rng=rng))
    return model, dict(optimizer=SGD(0.5), epochs=60, schedule=exponential_decay(0.5, 0.02, 6000))


def sigmoid5(rng):
    """Five layers of sigmoids, which learn late or not at all."""
    layers = [Flatten()]
    for n_in, n_out in pairwise(DEEP):
        layers += [Linear(n_in, n_out, rng=rng, init=xavier_normal), Sigmoid()]
    return Sequential(*layers[:-1]), dict(optimizer=Adam(0.003), epochs=17)


def relu5(rng, dropout=0.0, peak=0.002, epochs=17):
    """Five layers of ReLU; about 10,000 steps."""
    layers = [Flatten()]
    for n_in, n_out in pairwise(DEEP):
        layers += [Linear(n_in, n_out, rng=rng), ReLU()]
    if dropout:
        layers.insert(3, Dropout(dropout, rng=rng))
    return Sequential(*layers[:-1]), recipe(peak, epochs)


def relu5_dropout(rng):
    """A quarter of the first hidden layer dropped; the narrow ones can't spare theirs."""
    return relu5(rng, dropout=0.25, peak=0.003, epochs=40)


def cnn(rng, channels=(4, 8, 12), windows=(5, 5, 4), dropout=()):
    """Three convolutions, strides 1, 2, 2, then 200 fully connected ReLUs."""
    layers, sizes = [], pairwise((1, *channels))
    for (n_in, n_out), window, stride in zip(sizes, windows, (1, 2, 2), strict=True):
        layers += [Conv2d(n_in, n_out, window, stride, "same", rng=rng), ReLU()]
    dense = [Linear(49 * channels[-1], 200, rng=rng), ReLU()]
    if dropout:
        before, after = dropout
        dense = [Dropout(before, rng=rng), *dense, Dropout(after, rng=rng)]
    return Sequential(*layers, Flatten(), *dense, Linear(200, 10, rng=rng)), recipe(0.003, 17)


def cnn_dropout(rng):
    """Wider, with larger windows, and dropout before both fully connected layers."""
    return cnn(rng, channels=(6, 12, 24), windows=(6, 5, 4), dropout=(0.3, 0.5))


def best(rng):
    """Pairs of small windows, batch normalisation, and pictures that never come twice the same."""
    layers = []
    for n_in, n_out in ((1, 16), (16, 16), (16, 64), (64, 64), (64, 128)):
        layers += [Conv2d(n_in, n_out, 3, rng=rng), BatchNorm2d(n_out), ReLU()]
        if n_in == n_out:
            layers.append(MaxPool2d(2))
    layers += [Flatten(), Linear(4 * 128, 128, rng=rng), BatchNorm1d(128), ReLU()]
    model = Sequential(*layers, Dropout(0.4, rng=rng), Linear(128, 10, rng=rng))
    augment = RandomTransform(rotation=10, shift=2, zoom=0.1, elastic=0.6)
    return model, recipe(0.003, 30) | dict(augment=augment)


def recipe(peak, epochs):
    """AdamW, its rate warmed up in half an epoch and brought down along half a cosine."""
    return dict(
        optimizer=AdamW(weight_decay=0.05),
        epochs=epochs,
        schedule=warmup_cosine(peak, STEPS // 2, epochs * STEPS, end=1e-5),
    )


@dataclass(frozen=True)
class Rung:
    """A recipe (rng -> model, arguments of ``fit``), the accuracy published and ours to reach."""

    recipe: Callable
    published: str
    goal: float | None


RUNGS = {
    "softmax": Rung(softmax, "92 %", 0.925),
    "sigmoid5": Rung(sigmoid5, "slow start", None),
    "relu5": Rung(relu5, "98 %", 0.983),
    "relu5-dropout": Rung(relu5_dropout, "98.2 %", 0.985),
    "cnn": Rung(cnn, "98.9 %", 0.991),
    "cnn-dropout": Rung(cnn_dropout, "99.3 %", 0.9935),
    "best": Rung(best, "99.5 to 99.58 %", 0.9965),
}


@dataclass
class Climb:
    """One trained rung: the model, its test accuracy at the end of training, and the way there."""

    model: Sequential
    accuracy: float
    history: History


def climb(name, *, seed=0, data=None, device="numpy", progress=True, **changes):
    """Train the rung ``name`` on MNIST (or ``data``) from ``seed``, then test it, once.

    ``changes`` replace arguments of ``fit`` that the recipe gives, such as ``epochs``.
    """
    if name not in RUNGS:
        raise ValueError(f"rung is {name!r}, wanted one of {', '.join(RUNGS)}")
    data = mnist().join_validation() if data is None else data
    model, settings = RUNGS[name].recipe(np.random.default_rng(seed))
    settings = settings | changes | dict(device=device, seed=seed, progress=progress)
    history = fit(model, data, **settings)
    _, accuracy = evaluate(model, data.X_test, data.y_test)
    return Climb(model, accuracy, history)


@dataclass
class Measured:
    """A rung trained from several seeds, one ``Climb`` each."""

    name: str
    climbs: list[Climb]

    @property
    def parameters(self):
        """Number of learnt values."""
        return sum(array.size for array in self.climbs[0].model.params.values())

    @property
    def accuracy(self):
        """Mean test accuracy over the seeds."""
        return statistics.mean(one.accuracy for one in self.climbs)

    @property
    def spread(self):
        """Standard deviation of the test accuracy over the seeds; None for a single one."""
        accuracies = [one.accuracy for one in self.climbs]
        return statistics.stdev(accuracies) if len(accuracies) > 1 else None

    @property
    def seconds(self):
        """Mean training time."""
        return statistics.mean(one.history.seconds for one in self.climbs)

    def record(self):
        """All of it as plain data, for JSON."""
        rung = RUNGS[self.name]
        return {
            "rung": self.name,
            "parameters": self.parameters,
            "accuracy": self.accuracy,
            "spread": self.spread,
            "accuracies": [one.accuracy for one in self.climbs],
            "published": rung.published,
            "goal": rung.goal,
            "seconds": round(self.seconds, 1),
            "train_loss": [one.history.train_loss for one in self.climbs],
        }


def table(measured):
    """What was measured beside what was published, as a ``rich`` table."""
    from rich.table import Table

    columns = ("rung", "parameters", "test accuracy", "published", "goal", "seconds")
    rows = Table(*columns, header_style="bold")
    for one in measured:
        rung, spread = RUNGS[one.name], f" ± {one.spread:.2%}" if one.spread is not None else ""
        rows.add_row(
            one.name,
            f"{one.parameters:,}",
            f"{one.accuracy:.2%}{spread}",
            rung.published,
            f"{rung.goal:.2%}" if rung.goal else "",
            f"{one.seconds:.0f}",
        )
    return rows


def report(measured, device):
    """What was measured, where and with what, as plain data for JSON."""
    return {
        "device": _device_name(device),
        "processes": int(os.environ.get("WORLD_SIZE", "1")),  # of torchrun
        "threads": os.environ.get("OMP_NUM_THREADS", os.cpu_count()),
        "versions": {
            name: version
            for name in ("numpy", "torch")
            if (version := installed_version(name)) and (name == "numpy" or device != "numpy")
        },
        "python": platform.python_version(),
        "rungs": [one.record() for one in measured],
    }


def _device_name(device):
    if device == "numpy":
        return "CPU, NumPy"
    from course_lib import pytorch

    return pytorch.describe(pytorch.choose_device(device))


def save(measured, device, folder):
    """Write ``report`` and ``curves`` into ``folder``; returns their paths."""
    paths = folder / "ladder.json", folder / "curves.png"
    paths[0].write_text(json.dumps(report(measured, device), indent=1))
    curves(measured).savefig(paths[1], dpi=144)
    return paths


def curves(measured):
    """The training loss of every rung, epoch by epoch, as a figure: first seed of each."""
    from course_lib.viz import charts

    histories = {one.name: one.climbs[0].history.train_loss for one in measured}
    return charts.lines(
        {name: (range(1, len(loss) + 1), loss) for name, loss in histories.items()},
        xlabel="epoch",
        ylabel="training loss",
        title="Training loss of each rung",
        yscale="log",
    )
