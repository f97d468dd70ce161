"""What would otherwise go wrong in the middle of a training is refused before it begins."""

import os
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from course_lib.checks import (
    check_choice,
    check_count,
    check_finite,
    check_instance,
    check_same_length,
)
from course_lib.data import Dataset
from course_lib.nn import Layer, Loss
from course_lib.optim import Optimizer
from course_lib.training.early_stopping import EarlyStopping
from course_lib.training.evaluation import predict

DEVICES = ("numpy", "cpu", "cuda", "auto")


def check_device(device: str) -> None:
    """``ValueError`` for an unknown device, ``RuntimeError`` for one that is not there."""
    check_choice("device", device, DEVICES)
    if device == "numpy" and team_size() > 1:
        raise ValueError(
            "device is 'numpy', which is not shared: with torchrun use 'cpu' or 'cuda'"
        )
    if device != "numpy":
        from course_lib import pytorch

        pytorch.choose_device(device)


def team_size() -> int:
    """How many processes ``torchrun`` started; 1 without it."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def check_fit(
    model: Layer,
    data: Dataset,
    optimizer: Optimizer,
    loss: Loss,
    *,
    epochs: int,
    batch_size: int,
    schedule: Callable | None,
    augment: Callable | None,
    early_stopping: EarlyStopping | None,
    device: str,
    seed: int,
) -> None:
    """``TypeError`` or ``ValueError`` for arguments of ``fit`` that do not fit, or not together."""
    check_device(device)
    check_instance("fit: model", model, Layer)
    if not hasattr(data, "X_train"):
        raise TypeError(f"fit: data is of type {type(data).__name__}, wanted a Dataset")
    _check_optimizer(optimizer, device)
    check_instance("fit: loss", loss, Loss)
    if early_stopping is not None:
        check_instance("fit: early_stopping", early_stopping, EarlyStopping)
    check_count("fit: epochs", epochs, 1)
    check_count("fit: batch_size", batch_size, 1)
    check_count("fit: seed", seed, 0)
    _check_function("schedule", schedule, "a function of the step, such as constant(0.1)")
    _check_function("augment", augment, "a function of (pictures, rng)")
    if len(data.X_train) == 0:
        raise ValueError("fit: data.X_train is empty, wanted at least one sample")
    if early_stopping and len(data.y_val) == 0:
        raise ValueError("fit: data.X_val is empty, wanted samples for early_stopping")
    for part in ("train", "val"):
        _check_part(model, data, loss, part)
    _check_smallest_share(model, data, batch_size)
    if isinstance(optimizer, Optimizer):
        optimizer.prepare(list(model.params.values()))


def _check_optimizer(optimizer: Any, device: str) -> None:
    """NumPy needs a rate and steps, no more: readers can train with a class of their own."""
    own = callable(getattr(optimizer, "step", None)) and hasattr(optimizer, "lr")
    if device != "numpy" or isinstance(optimizer, type) or not own:
        check_instance("fit: optimizer", optimizer, Optimizer)


def _check_function(name: str, value: Any, wanted: str) -> None:
    if isinstance(value, type):
        raise TypeError(
            f"fit: {name} is the class {value.__name__}, wanted an object: {value.__name__}(...)"
        )
    if value is not None and not callable(value):
        raise TypeError(f"fit: {name} is {value!r}, wanted {wanted}")


def _check_part(model: Layer, data: Dataset, loss: Loss, part: str) -> None:
    x, y = getattr(data, f"X_{part}"), getattr(data, f"y_{part}")
    check_same_length(f"fit: data.y_{part}", y, f"data.X_{part}", x)
    check_finite(f"fit: data.X_{part}", x)
    if len(x) == 0:
        return
    outputs = predict(model, x[:1])  # a wrong shape fails here, with the layer's own words
    for start in range(0, len(y), 1000):  # and so does a label out of range
        some = y[start : start + 1000]
        loss(np.repeat(outputs, len(some), axis=0), some)


def _check_smallest_share(model: Layer, data: Dataset, batch_size: int) -> None:
    """Batch normalisation can't learn from one sample: no mini-batch may come down to that.

    Of a team each process gets its share of every mini-batch, so the shares count.
    """
    samples = len(data.X_train)
    smallest = samples % batch_size or min(samples, batch_size)
    if smallest >= 2 * team_size():
        return
    try:
        deepcopy(model).train().forward(data.X_train[:1])
    except ValueError as error:
        whose = "the last mini-batch has one sample"
        if team_size() > 1:
            whose = f"a process's share of the last mini-batch, of {smallest}, is one sample"
        raise ValueError(
            f"fit: batch_size is {batch_size}, wanted another one for {samples} samples:"
            f" {whose}, and {error}"
        ) from error
