"""What a trained network answers, and how good its answers are."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_count, check_finite
from course_lib.data import batches
from course_lib.metrics import accuracy
from course_lib.nn import CrossEntropyLoss, Layer, Loss

PIXELS = 32_000  # of pictures in a batch: layers remember many times as much for ``backward``


def predict(model: Layer, x: NDArray, batch_size: int | None = None) -> NDArray:
    """Outputs of ``model`` in evaluation mode for all rows of x, a batch at a time.

    x: (N, ...)  ->  (N, K), also for N = 0. The model's mode is left as it was. batch_size: by
    default as many as need little memory. ``ValueError`` for NaN in x, which would pass for an
    answer.
    """
    check_finite("predict: x", x)
    if batch_size is None:
        batch_size = 1000 if x.ndim <= 2 else max(1, PIXELS // max(1, x[:1].size))
    check_count("predict: batch_size", batch_size, 1)
    with _evaluation_mode(model):
        if len(x) == 0:  # one made-up sample shows what the outputs look like
            return model.forward(np.zeros((1, *x.shape[1:]), x.dtype))[:0]
        return np.concatenate([model.forward(part) for part, _ in batches(x, x, batch_size)])


def evaluate(
    model: Layer, x: NDArray, y: NDArray, loss: Loss | None = None
) -> tuple[float, float | None]:
    """Loss and accuracy of ``model`` on (x, y) in evaluation mode; accuracy None without labels.

    The model's mode is left as it was. ``ValueError`` for an empty x: nothing has no mean.
    """
    if len(x) == 0:
        raise ValueError("evaluate: x is empty, wanted at least one sample")
    loss = CrossEntropyLoss() if loss is None else loss
    outputs = predict(model, x)
    return loss(outputs, y), accuracy(outputs.argmax(axis=1), y) if loss.labels else None


@contextmanager
def _evaluation_mode(model: Layer) -> Iterator[None]:
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        if was_training:
            model.train()
