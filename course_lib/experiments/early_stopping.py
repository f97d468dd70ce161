"""Which epoch early stopping would have kept, from losses that are known already."""

from collections.abc import Sequence

import numpy as np

from course_lib.training import EarlyStopping


def epochs_of(val_losses: Sequence[float], patience: int) -> tuple[int, int | None]:
    """The best epoch and the one after which training stops, counted from 1, as the library does.

    None instead of the second if training goes on to the end.
    """
    watch, epochs = EarlyStopping(patience), enumerate(val_losses, 1)
    stop = next((epoch for epoch, loss in epochs if watch.should_stop(loss, [])), None)
    return 1 + int(np.argmin(val_losses[:stop])), stop
