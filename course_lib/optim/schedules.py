"""Schedules: the learning rate as a function of the step, counted from 0.

Each function here takes rates greater than 0 and returns such a schedule, ``rate(step)``;
``ValueError`` for numbers out of range.
"""

import math
from collections.abc import Callable

from course_lib.checks import check_not_negative, check_number, check_positive, checked

Schedule = Callable[[int], float]


@checked(lr=check_positive)
def constant(lr: float) -> Schedule:
    """The same rate at every step."""
    return lambda step: lr


@checked(start=check_positive, factor=check_positive, every=check_positive)
def step_decay(start: float, factor: float, every: int) -> Schedule:
    """``start``, multiplied by ``factor`` after every ``every`` steps."""
    return lambda step: start * factor ** (step // every)


@checked(start=check_positive, end=check_positive, rate=check_positive)
def exponential_decay(start: float, end: float, rate: float) -> Schedule:
    """From ``start`` towards ``end``: ``end + (start - end) * exp(-step / rate)``."""
    return lambda step: end + (start - end) * math.exp(-step / rate)


@checked(peak=check_positive, warmup=check_not_negative, end=check_not_negative)
def warmup_cosine(peak: float, warmup: float, total: float, end: float = 0.0) -> Schedule:
    """A straight climb to ``peak`` in ``warmup`` steps, then half a cosine down to ``end``.

    Source: Loshchilov and Hutter 2017 (cosine); Goyal et al. 2017 (warm-up).
    """
    wanted = f"more than {warmup}, the steps of the warm-up"
    check_number("warmup_cosine: total", total, lambda total: total > warmup, wanted)

    def rate(step: int) -> float:
        if step < warmup:
            return peak * (step + 1) / warmup
        share = min(1.0, (step - warmup) / (total - warmup))
        return end + (peak - end) * (1 + math.cos(math.pi * share)) / 2

    return rate
