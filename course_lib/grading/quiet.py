"""Warnings ignored in threads: Python's filters belong to the whole process."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_filters = warnings.catch_warnings()
_inside = 0


@contextmanager
def no_warnings() -> Iterator[None]:
    """Ignore warnings meanwhile, whatever other threads that do so begin and end.

    The first saves the filters and the last puts them back: threads that each saved and restored
    them with ``warnings.catch_warnings`` would undo one another.
    """
    global _inside, _filters
    with _lock:
        if _inside == 0:
            _filters = warnings.catch_warnings()
            _filters.__enter__()
            warnings.simplefilter("ignore")
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _filters.__exit__(None, None, None)
