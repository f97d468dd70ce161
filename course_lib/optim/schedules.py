"""Schedules: the learning rate as a function of the step, counted from 0."""

import math

from course_lib.optim.checks import check, positive


def constant(lr):
    """The same rate at every step."""
    positive("lr", lr)
    return lambda step: lr


def step_decay(start, factor, every):
    """``start``, multiplied by ``factor`` after every ``every`` steps."""
    positive("start", start), positive("factor", factor), positive("every", every)
    return lambda step: start * factor ** (step // every)


def exponential_decay(start, end, rate):
    """From ``start`` towards ``end``: ``end + (start - end) * exp(-step / rate)``."""
    positive("start", start), positive("end", end), positive("rate", rate)
    return lambda step: end + (start - end) * math.exp(-step / rate)


def warmup_cosine(peak, warmup, total, end=0.0):
    """A straight climb to ``peak`` in ``warmup`` steps, then half a cosine down to ``end``.

    Source: Loshchilov and Hutter 2017 (cosine); Goyal et al. 2017 (warm-up).
    """
    positive("peak", peak)
    check("warmup", warmup, warmup >= 0, "0 or more")
    check("total", total, total > warmup, f"more than {warmup}, the steps of the warm-up")
    check("end", end, end >= 0, "0 or more")

    def rate(step):
        if step < warmup:
            return peak * (step + 1) / warmup
        share = min(1.0, (step - warmup) / (total - warmup))
        return end + (peak - end) * (1 + math.cos(math.pi * share)) / 2

    return rate
