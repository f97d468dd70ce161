"""Optimizers and learning-rate schedules, in NumPy alone."""

from course_lib.optim.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop
from course_lib.optim.schedules import constant, exponential_decay, step_decay, warmup_cosine

__all__ = [name for name, value in list(vars().items()) if callable(value)]
