"""What is remembered of a training."""

from dataclasses import dataclass, field

import numpy as np


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

    def end_epoch(
        self,
        losses: list[float],
        accuracy: float | None,
        validation: tuple[float, float | None] | None,
    ) -> None:
        """Close an epoch: the loss of each of its steps, its training accuracy (or None), then loss
        and accuracy (or None) on the validation part (or None without one).
        """
        self.loss += losses
        self.train_loss.append(float(np.mean(losses)))
        if accuracy is not None:
            self.train_accuracy.append(accuracy)
        if validation is not None:
            val_loss, val_accuracy = validation
            self.val_loss.append(val_loss)
            if val_accuracy is not None:
                self.val_accuracy.append(val_accuracy)
