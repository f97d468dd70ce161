"""Optimizers, and learning-rate schedules as functions of the step; in NumPy alone.

``optimizers.py`` has what all optimizers share and one class for each rule, ``schedules.py`` the
rates. Not here: the loop that calls them (``training``).
"""

from course_lib.optim.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, Optimizer, RMSprop
from course_lib.optim.schedules import constant, exponential_decay, step_decay, warmup_cosine

__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Optimizer",
    "RMSprop",
    "constant",
    "exponential_decay",
    "step_decay",
    "warmup_cosine",
]
