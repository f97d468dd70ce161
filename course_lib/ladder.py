"""The ladder: the lectures' networks on the full MNIST, from a softmax to what we do best.

A rung is a recipe: the network and how it is trained. All 60,000 training pictures are used; the
test pictures are looked at once, after the last step. What a recipe fixes was chosen with the last
5,000 training pictures held out.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course_lib.data import mnist
from course_lib.nn import Flatten, Linear, ReLU, Sequential
from course_lib.optim import SGD, Adam, exponential_decay
from course_lib.training import History, evaluate, fit


def softmax(rng):
    """784-10: ten weighted sums of the pixels."""
    model = Sequential(Flatten(), Linear(784, 10, rng=rng))
    return model, dict(optimizer=SGD(0.5), epochs=20, schedule=exponential_decay(0.5, 0.01, 3000))


def relu5(rng):
    """784-200-100-60-30-10 with ReLU."""
    sizes = [784, 200, 100, 60, 30, 10]
    layers = [Flatten()]
    for n_in, n_out in pairwise(sizes):
        layers += [Linear(n_in, n_out, rng=rng), ReLU()]
    model = Sequential(*layers[:-1])
    return model, dict(optimizer=Adam(), epochs=17, schedule=exponential_decay(0.003, 0.0001, 2000))


@dataclass(frozen=True)
class Rung:
    """A recipe (rng -> model, arguments of ``fit``), the accuracy published and ours to reach."""

    recipe: callable
    published: str
    goal: float


RUNGS = {
    "softmax": Rung(softmax, "92 %", 0.925),
    "relu5": Rung(relu5, "98 %", 0.983),
}


@dataclass
class Climb:
    """One trained rung: the model, its test accuracy at the end of training, and the way there."""

    model: Sequential
    accuracy: float
    history: History


def climb(name, *, seed=0, data=None, progress=True):
    """Train the rung ``name`` on MNIST (or ``data``) from ``seed``, then test it, once."""
    if name not in RUNGS:
        raise ValueError(f"rung is {name!r}, wanted one of {', '.join(RUNGS)}")
    data = mnist().join_validation() if data is None else data
    model, settings = RUNGS[name].recipe(np.random.default_rng(seed))
    history = fit(model, data, **settings, seed=seed, progress=progress)
    _, accuracy = evaluate(model, data.X_test, data.y_test)
    return Climb(model, accuracy, history)
