"""The ladder: the lectures' networks on the full MNIST, from a softmax to what we do best.

Here are the recipes, each a network and how it is trained, the training of them all, the report,
the ``benchmark`` of a step, and what a ``gpu`` is worth (``gpu_results.json``: as it was measured).
What trains them is in ``training`` and ``pytorch``; the command ``course ladder`` in ``commands``.
"""

from course_lib.ladder.climbing import RUNGS, Climb, Measured, Rung, climb, climb_all
from course_lib.ladder.recipes import (
    best,
    cnn,
    cnn_dropout,
    relu5,
    relu5_dropout,
    sigmoid5,
    softmax,
)
from course_lib.ladder.reporting import curves, report, save, table

__all__ = [
    "RUNGS",
    "Climb",
    "Measured",
    "Rung",
    "best",
    "climb",
    "climb_all",
    "cnn",
    "cnn_dropout",
    "curves",
    "relu5",
    "relu5_dropout",
    "report",
    "save",
    "sigmoid5",
    "softmax",
    "table",
]
