"""The training loop, and what it remembers."""

import os
import time
from dataclasses import dataclass, field

import numpy as np

from course_lib.checks import check_count, check_finite
from course_lib.data import batches
from course_lib.metrics import accuracy
from course_lib.nn import CrossEntropyLoss
from course_lib.training.progress_bar import progress as show_progress


@dataclass
class History:
    """What happened during ``fit``: lists with one entry per step or per epoch.

    Per step: ``loss``, of the mini-batch before its step, and ``lr``, the rate of that step.
    Per epoch: ``train_loss``, the mean over its mini-batches, and ``train_accuracy``, the share of
    its samples that were read right when it was their turn; ``val_loss`` and ``val_accuracy``,
    measured after it in evaluation mode. Validation's are empty without a validation part,
    accuracies where the loss does not take labels.
    seconds: the whole time, measuring included.
    """

    loss: list[float] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)
    train_loss: list[float] = field(default_factory=list)
    train_accuracy: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_accuracy: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def end_epoch(self, accuracy, validation):
        """Close an epoch: its training accuracy (or None), then loss and accuracy (or None) on the
        validation part (or None without one).
        """
        steps = len(self.loss) // (len(self.train_loss) + 1)  # every epoch has as many
        self.train_loss.append(float(np.mean(self.loss[-steps:])))
        if accuracy is not None:
            self.train_accuracy.append(float(accuracy))
        if validation is not None:
            self.val_loss.append(validation[0])
            if validation[1] is not None:
                self.val_accuracy.append(validation[1])


class EarlyStopping:
    """Stop when the validation loss has not improved by ``min_delta`` for ``patience`` epochs.

    The best epoch's state, its parameters and buffers, is put back. Source: Prechelt 1998.
    """

    def __init__(self, patience=5, min_delta=0.0):
        if patience < 1:
            raise ValueError(f"patience is {patience}, wanted at least 1")
        self.patience = patience
        self.min_delta = min_delta
        self.reset()

    def reset(self):
        """Forget an earlier training; ``fit`` begins with it."""
        self.best_loss, self.best_state, self.waited = np.inf, None, 0

    def should_stop(self, val_loss, state):
        """Look at one epoch's validation loss; True if training should end."""
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.waited = val_loss, 0
            self.best_state = [array.copy() for array in state]
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, state):
        """Put the best epoch's values back, in place."""
        for array, best in zip(state, self.best_state or state, strict=True):
            array[...] = best


def fit(
    model,
    data,
    optimizer,
    *,
    epochs,
    batch_size=100,
    loss=None,
    schedule=None,
    augment=None,
    early_stopping=None,
    device="numpy",
    seed=0,
    progress=True,
):
    """Train ``model`` on ``data.X_train`` with mini-batch gradient descent; returns a ``History``.

    model: a layer or ``Sequential``, changed in place, left in evaluation mode.
    loss: an object of ``nn.losses``, ``CrossEntropyLoss()`` if None.
    schedule: function of the step (from 0) that gives the rate; None keeps the optimizer's.
    augment: function of (pictures, rng) that returns changed pictures, called for each mini-batch.
    device: "numpy" for the reference, "cpu", "cuda" or "auto" (a GPU if there is one) for PyTorch.
    seed: a whole number that decides the order of the samples and the augmentation.
    The test part is never looked at.
    Raises ``ValueError`` naming the argument that does not fit, before anything is trained.
    """
    loss = CrossEntropyLoss() if loss is None else loss
    _check_fit(model, data, loss, epochs, batch_size, early_stopping, device, seed)
    if early_stopping:
        early_stopping.reset()
    if device != "numpy":
        from course_lib import pytorch

        return pytorch.fit(
            model, data, optimizer, History(), epochs=epochs, batch_size=batch_size, loss=loss,
            schedule=schedule, augment=augment, early_stopping=early_stopping, device=device,
            seed=seed, progress=progress,
        )  # fmt: skip
    start, history, rng = time.perf_counter(), History(), np.random.default_rng(seed)
    params = list(model.params.values())
    state = [*params, *model.buffers.values()]
    for _ in show_progress(range(epochs), label="epochs", show=progress):
        model.train()
        right = 0
        for x, y in batches(data.X_train, data.y_train, batch_size, rng):
            if augment is not None:
                x = augment(x, rng)
            if schedule is not None:
                optimizer.lr = schedule(len(history.loss))
            outputs, value = train_step(model, x, y, loss, optimizer)
            history.loss.append(value)
            history.lr.append(optimizer.lr)
            if loss.labels:
                right += np.sum(outputs.argmax(axis=1) == y)
        validation = evaluate(model, data.X_val, data.y_val, loss) if len(data.y_val) else None
        history.end_epoch(right / len(data.y_train) if loss.labels else None, validation)
        if early_stopping and early_stopping.should_stop(history.val_loss[-1], state):
            break
    if early_stopping:
        early_stopping.restore(state)
    model.eval()
    history.seconds = time.perf_counter() - start
    return history


def train_step(model, x, y, loss, optimizer):
    """Forward, loss, backward, step, on one mini-batch: its outputs and loss before the step."""
    outputs = model.forward(x)
    value = loss(outputs, y)
    model.backward_params(loss.backward())
    params, grads = model.params, model.grads  # each gathers anew what the layers hold
    optimizer.step(list(params.values()), [grads[name] for name in params])
    return outputs, value


def predict(model, x, batch_size=100):
    """Outputs of ``model`` in evaluation mode for all rows of x, a batch at a time.

    ``ValueError`` for NaN in x, which would pass for an answer.
    """
    check_finite("predict: x", x)
    model.eval()
    return np.concatenate([model.forward(part) for part, _ in batches(x, x, batch_size)])


def evaluate(model, x, y, loss=None):
    """Loss and accuracy of ``model`` on (x, y) in evaluation mode; accuracy None without labels."""
    loss = CrossEntropyLoss() if loss is None else loss
    outputs = predict(model, x)
    return loss(outputs, y), accuracy(outputs.argmax(axis=1), y) if loss.labels else None


def check_device(device):
    """``ValueError`` for an unknown device, ``RuntimeError`` for one that is not there."""
    if device not in ("numpy", "cpu", "cuda", "auto"):
        raise ValueError(f"device is {device!r}, wanted 'numpy', 'cpu', 'cuda' or 'auto'")
    if device == "numpy" and int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise ValueError(
            "device is 'numpy', which is not shared: with torchrun use 'cpu' or 'cuda'"
        )
    if device != "numpy":
        from course_lib import pytorch

        pytorch.choose_device(device)


def _check_fit(model, data, loss, epochs, batch_size, early_stopping, device, seed):
    """``ValueError`` for what would otherwise go wrong in the middle of training."""
    check_device(device)
    for name, value, low in (
        ("epochs", epochs, 1),
        ("batch_size", batch_size, 1),
        ("seed", seed, 0),
    ):
        check_count(name, value, low)
    if len(data.X_train) == 0:
        raise ValueError("fit: data.X_train is empty, wanted at least one sample")
    if early_stopping and len(data.y_val) == 0:
        raise ValueError("fit: data.X_val is empty, wanted samples for early_stopping")
    for part in ("train", "val"):
        x, y = getattr(data, f"X_{part}"), getattr(data, f"y_{part}")
        if len(x) != len(y):
            raise ValueError(f"fit: data.y_{part} has {len(y)} labels, wanted {len(x)}")
        check_finite(f"fit: data.X_{part}", x)
        if len(x):
            outputs = predict(model, x[:1])  # a wrong shape fails here, with the layer's own words
            loss(np.repeat(outputs, len(y), axis=0), y)  # and so does a label out of range
