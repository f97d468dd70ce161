"""The reference engine: a step of gradient descent in NumPy, as the lectures build it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course_lib.data import Dataset
from course_lib.nn import Layer, Loss
from course_lib.optim import Optimizer
from course_lib.training.evaluation import evaluate


def train_step(
    model: Layer, x: NDArray, y: NDArray, loss: Loss, optimizer: Optimizer
) -> tuple[NDArray, float]:
    """Forward, loss, backward, step, on one mini-batch: its outputs and loss before the step."""
    outputs = model.forward(x)
    value = loss(outputs, y)
    model.backward_params(loss.backward())
    params, grads = model.params, model.grads  # each gathers anew what the layers hold
    optimizer.step(list(params.values()), [grads[name] for name in params])
    return outputs, value


class NumpyEngine:
    """``train_step`` on mini-batches of ``data``; see ``training.loop.Engine``."""

    def __init__(
        self,
        model: Layer,
        data: Dataset,
        optimizer: Optimizer,
        loss: Loss,
        augment: Callable | None = None,
    ):
        self.model, self.data, self.optimizer = model, data, optimizer
        self.loss, self.augment = loss, augment

    def epoch_order(self, rng: np.random.Generator) -> NDArray:
        self.model.train()
        self.rng = rng
        return rng.permutation(len(self.data.X_train))

    def step(self, indices: NDArray, lr: float) -> tuple[float, int]:
        x, y = self.data.X_train[indices], self.data.y_train[indices]
        if self.augment is not None:
            x = self.augment(x, self.rng)
        self.optimizer.lr = lr
        outputs, value = train_step(self.model, x, y, self.loss, self.optimizer)
        return value, int(np.sum(outputs.argmax(axis=1) == y)) if self.loss.labels else 0

    def totals(self, steps: list[tuple[float, int]]) -> tuple[list[float], int]:
        return [value for value, _ in steps], sum(right for _, right in steps)

    def evaluate(self) -> tuple[float, float | None] | None:
        data = self.data
        return evaluate(self.model, data.X_val, data.y_val, self.loss) if len(data.y_val) else None

    def state(self) -> list[NDArray]:
        return [*self.model.params.values(), *self.model.buffers.values()]

    def finish(self) -> None:
        self.model.eval()
