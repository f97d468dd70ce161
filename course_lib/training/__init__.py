"""Training: one loop, ``fit``, over an engine that does the steps, and what it remembers.

Here are the loop, the engine for NumPy, early stopping, the history, evaluation and the progress
bar. Networks, losses and optimizers are in ``nn`` and ``optim``; the engine for PyTorch is in
``pytorch``; recipes for whole trainings are in ``ladder``.
"""

from course_lib.training.argument_checks import check_device
from course_lib.training.early_stopping import EarlyStopping
from course_lib.training.evaluation import evaluate, predict
from course_lib.training.history import History
from course_lib.training.loop import Engine, fit
from course_lib.training.numpy_engine import NumpyEngine, train_step

__all__ = [
    "EarlyStopping",
    "Engine",
    "History",
    "NumpyEngine",
    "check_device",
    "evaluate",
    "fit",
    "predict",
    "train_step",
]
