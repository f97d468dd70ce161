"""When to stop, and which state of the network to keep."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_count, check_not_negative


class EarlyStopping:
    """Stop when the validation loss has not improved by ``min_delta`` for ``patience`` epochs.

    The best epoch's state, its parameters and buffers, is put back. Source: Prechelt 1998.
    """

    def __init__(self, patience: int = 5, min_delta: float = 0.0):
        self.patience = check_count("patience", patience, 1)
        self.min_delta = check_not_negative("min_delta", min_delta)
        self.reset()

    def reset(self) -> None:
        """Forget an earlier training; ``fit`` begins with it."""
        self.best_loss, self.waited = float("inf"), 0
        self.best_state: list[NDArray] | None = None

    def should_stop(self, val_loss: float, state: Sequence[NDArray]) -> bool:
        """Look at one epoch's validation loss; True if training should end."""
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.waited = val_loss, 0
            self.best_state = [np.copy(array) for array in state]
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, state: Sequence[NDArray]) -> None:
        """Put the best epoch's values back, in place."""
        for array, best in zip(state, self.best_state or state, strict=True):
            array[...] = best
