"""One training loop, ``fit``, and what it remembers; the engines that it drives do the steps."""

from course_lib.training.loop import (
    EarlyStopping,
    History,
    check_device,
    evaluate,
    fit,
    predict,
    train_step,
)

__all__ = [
    "EarlyStopping",
    "History",
    "check_device",
    "evaluate",
    "fit",
    "predict",
    "train_step",
]
