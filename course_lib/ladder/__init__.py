"""The ladder: recipes for full MNIST, from a softmax to what we do best, trained and reported."""

from course_lib.ladder.rungs import (
    RUNGS,
    Measured,
    best,
    climb,
    cnn,
    cnn_dropout,
    curves,
    report,
    save,
    table,
)

__all__ = [
    "RUNGS",
    "Measured",
    "best",
    "climb",
    "cnn",
    "cnn_dropout",
    "curves",
    "report",
    "save",
    "table",
]
