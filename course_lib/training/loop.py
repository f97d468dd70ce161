"""What training is, said once: ``fit`` drives an engine through epochs of mini-batches."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from course_lib.data import Dataset, batches
from course_lib.nn import CrossEntropyLoss, Layer, Loss
from course_lib.optim import Optimizer
from course_lib.training.argument_checks import check_fit
from course_lib.training.early_stopping import EarlyStopping
from course_lib.training.history import History
from course_lib.training.numpy_engine import NumpyEngine
from course_lib.training.progress_bar import progress as show_progress


class Engine(Protocol):
    """What ``fit`` drives. NumPy's is ``NumpyEngine``, PyTorch's ``course_lib.pytorch.engine``."""

    def epoch_order(self, rng: np.random.Generator) -> NDArray:
        """Begin an epoch: the order of its samples; ``rng`` shuffles now and augments later."""

    def step(self, indices: NDArray, lr: float) -> Any:
        """Learn from these samples: their mean loss before the step, and how many were right."""

    def totals(self, steps: list[Any]) -> tuple[list[float], int]:
        """What ``step`` returned, as numbers: each loss, and how many were right in all."""

    def evaluate(self) -> tuple[float, float | None] | None:
        """Loss and accuracy on the validation part; None without one."""

    def state(self) -> list[NDArray]:
        """The parameters and buffers as they are now, in the order of the model's."""

    def finish(self) -> None:
        """Leave what was learnt in the model, in evaluation mode, and in the optimizer."""


def fit(
    model: Layer,
    data: Dataset,
    optimizer: Optimizer,
    *,
    epochs: int,
    batch_size: int = 100,
    loss: Loss | None = None,
    schedule: Callable[[int], float] | None = None,
    augment: Callable[[NDArray, np.random.Generator], NDArray] | None = None,
    early_stopping: EarlyStopping | None = None,
    device: str = "numpy",
    seed: int = 0,
    progress: bool = True,
) -> History:
    """Train ``model`` on ``data.X_train`` with mini-batch gradient descent; returns a ``History``.

    model: a layer or ``Sequential``, changed in place, left in evaluation mode.
    optimizer: goes on with what it remembers from an earlier ``fit``, on whatever device; its
    ``lr`` is left as it was. With NumPy any object that has ``lr`` and ``step(params, grads)``.
    loss: an object of ``nn.losses``, ``CrossEntropyLoss()`` if None.
    schedule: function of the step (from 0) that gives the rate; None keeps the optimizer's.
    augment: function of (pictures, rng) that returns changed pictures, called for each mini-batch.
    device: "numpy" for the reference, "cpu", "cuda" or "auto" (a GPU if there is one) for PyTorch.
    seed: a whole number that decides the order of the samples and the augmentation.
    The test part is never looked at. A training that is interrupted leaves what it learnt so far.
    Raises ``ValueError`` or ``TypeError`` naming the argument that does not fit, before anything is
    trained; ``RuntimeError`` for a device that is not there.
    """
    loss = CrossEntropyLoss() if loss is None else loss
    check_fit(
        model, data, optimizer, loss, epochs=epochs, batch_size=batch_size, schedule=schedule,
        augment=augment, early_stopping=early_stopping, device=device, seed=seed,
    )  # fmt: skip
    if early_stopping:
        early_stopping.reset()
    start, own_lr = time.perf_counter(), optimizer.lr
    history, rng = History(), np.random.default_rng(seed)
    with _engine(model, data, optimizer, loss, augment, device, batch_size, seed) as engine:
        for _ in show_progress(range(epochs), label="epochs", show=progress):
            order, steps = engine.epoch_order(rng), []
            for indices, _ in batches(order, order, batch_size):
                lr = own_lr if schedule is None else schedule(len(history.lr))
                steps.append(engine.step(indices, lr))
                history.lr.append(lr)
            losses, right = engine.totals(steps)
            accuracy = right / len(order) if loss.labels else None
            history.end_epoch(losses, accuracy, engine.evaluate())
            if early_stopping and early_stopping.should_stop(history.val_loss[-1], engine.state()):
                break
    if early_stopping:
        early_stopping.restore([*model.params.values(), *model.buffers.values()])
    history.seconds = time.perf_counter() - start
    return history


@contextmanager
def _engine(
    model: Layer,
    data: Dataset,
    optimizer: Optimizer,
    loss: Loss,
    augment: Callable | None,
    device: str,
    batch_size: int,
    seed: int,
) -> Iterator[Engine]:
    """The engine for the device; however training ends, the model and the optimizer get it all."""
    engine: Engine
    own_lr = optimizer.lr
    with ExitStack() as settings:
        if device == "numpy":
            engine = NumpyEngine(model, data, optimizer, loss, augment)
        else:
            from course_lib import pytorch

            settings.enter_context(pytorch.training_settings(device, seed, batch_size))
            engine = pytorch.TorchEngine(
                model, data, optimizer, loss, augment, device=device, batch_size=batch_size
            )
        try:
            yield engine
        finally:
            engine.finish()
            optimizer.lr = own_lr
