"""The surfaces on which optimizers race, and the same race run by ``course_lib.optim``."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.experiments import surfaces
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.surfaces import ROSENBROCK, SADDLE, Surface

SURFACES = {
    surface.name: surface
    for surface in (
        Surface(  # curvatures 1 and 100: condition number 100
            "valley",
            lambda a, b: (a**2 + 100 * b**2) / 2,
            lambda a, b: (a, 100 * b),
            limits=((-5, 5), (-2.5, 2.5)),
            start=(-4.5, 1.5),
            lowest=((0, 0),),
        ),
        Surface(  # by 45 degrees: no weight has a curvature of its own
            "turned valley",
            lambda a, b: ((a + b) ** 2 / 2 + 100 * ((b - a) ** 2 / 2)) / 2,
            lambda a, b: ((a + b) / 2 - 50 * (b - a), (a + b) / 2 + 50 * (b - a)),
            limits=((-5, 5), (-4, 4)),
            start=(-4.2, -2.1),
            lowest=((0, 0),),
        ),
        replace(SADDLE, loss=lambda a, b: SADDLE.loss(a, b) + 0.25),  # 0 at the lowest, for a log
        ROSENBROCK,
        Surface(  # a bowl with waves on it: many local minima, the lowest in the middle
            "bumpy",
            lambda a, b: (a**2 + b**2) / 20 + (2 - np.cos(2 * a) - np.cos(2 * b)) / 4,
            lambda a, b: (a / 10 + np.sin(2 * a) / 2, b / 10 + np.sin(2 * b) / 2),
            limits=((-6, 6), (-5, 5)),
            start=(-5.2, 3.9),
            lowest=((0, 0),),
        ),
    )
}

BEST_RATES = {  # what ``best_rate`` finds
    "valley": dict(
        SGD=0.018, momentum=0.01, Nesterov=0.0056, Adagrad=2.7, RMSprop=0.068, Adam=0.18
    ),
    "turned valley": dict(
        SGD=0.018, momentum=0.01, Nesterov=0.0056, Adagrad=1.8, RMSprop=0.068, Adam=0.82
    ),
    "saddle": dict(SGD=0.18, momentum=0.056, Nesterov=0.22, Adagrad=0.47, RMSprop=0.033, Adam=0.56),
    "Rosenbrock": dict(
        SGD=0.0015, momentum=0.001, Nesterov=0.00056, Adagrad=0.27, RMSprop=0.027, Adam=0.15
    ),
    "bumpy": dict(SGD=2.7, momentum=0.22, Nesterov=1, Adagrad=2.2, RMSprop=0.82, Adam=1.2),
}

STEPS, MOMENTUM = 100, 0.9  # the momentum is that of ``surfaces.RULES``

RULES = {
    name: surfaces.RULES[name]
    for name in ("SGD", "momentum", "Nesterov", "Adagrad", "RMSprop", "Adam")
}

RATES = [
    float(f"{mantissa * 10.0**power:.2g}")
    for power in range(-4, 1)
    for mantissa in (1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2)
]


def race(surface: str, rule: str, rate: float | None = None) -> tuple[NDArray, NDArray]:
    """The path (T + 1, 2) of a rule on a surface and the losses (T + 1,) on it.

    rate: that of ``BEST_RATES`` if None. The path ends early, T < ``STEPS``, if it runs away.
    """
    ground = SURFACES[surface]
    rate = BEST_RATES[surface][rule] if rate is None else rate
    path = surfaces.descend(ground, RULES[rule](rate), STEPS)
    return path, ground.loss(*path.T)


def best_rate(surface: str, rule: str) -> float:
    """The rate of ``RATES`` with the lowest loss after 100 steps.

    Only of those with which the loss never rises above where it began, and has settled to a
    hundredth of that in the last ten steps: a lucky leap is no merit.
    """
    best, lowest = RATES[0], np.inf
    for rate in RATES:
        _, losses = race(surface, rule, rate)
        calm = losses.max() <= losses[0] and np.ptp(losses[-10:]) <= losses[0] / 100
        if len(losses) == STEPS + 1 and calm and losses[-1] < lowest:
            best, lowest = rate, losses[-1]
    return best


def optimizer_race(surface: str = "valley", *, rules: tuple[str, ...] = tuple(RULES)) -> LiveRun:
    """SGD, momentum, Nesterov, Adagrad, RMSprop and Adam on a surface, each at a rate of its own.

    surface: "valley" (condition number 100), "turned valley", "saddle", "Rosenbrock" or "bumpy"
    rules: those that are shown first. Every rule starts at the rate that is best for it on this
    surface in 100 steps with momentum 0.9, see ``best_rate``. Raises ``ValueError`` for another
    name.
    """
    check_choice("surface", surface, SURFACES)
    for rule in rules:
        check_choice("rules", rule, RULES)
    grounds = {
        name: {"limits": s.limits, "start": s.start, "lowest": s.lowest, "rates": BEST_RATES[name]}
        for name, s in SURFACES.items()
    }
    start = {
        "surface": surface, "steps": STEPS, "momentum": MOMENTUM, "rules": list(rules),
        "surfaces": grounds,
    }  # fmt: skip
    ground = SURFACES[surface]
    w1, w2 = np.meshgrid(*(np.linspace(*limits, 200) for limits in ground.limits))
    shown = {
        "surface": surface, "steps": STEPS, "w1": w1, "w2": w2, "loss": ground.loss(w1, w2),
        "start": ground.start, "rates": BEST_RATES[surface],
        "races": {rule: race(surface, rule) for rule in rules},
    }  # fmt: skip
    return LiveRun(start, shown)
