"""The processors of this machine: a sandbox gets one for itself.

What computes there without end then takes no time from a neighbour. Who comes when all are taken
waits, since two on one processor would take as long and each be slower.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL = 0.2  # seconds between two looks whether to give up
MARK = f"\0{__name__}"  # a socket that belongs to no file and goes with its process


class Processors:
    """Those that this process may use. They are shared with other graders on this machine."""

    def __init__(self) -> None:
        self._lent: dict[int, socket.socket | None] = {}
        self._changed = threading.Condition()

    @contextmanager
    def lend(self, check: Callable[[], None]) -> Iterator[int]:
        """The number of a processor that no other sandbox of this process has meanwhile.

        check: called while it is waited for; what it raises comes through.
        """
        with self._changed:
            while not (free := usable() - self._lent.keys()):
                check()
                self._changed.wait(POLL)
            number, self._lent[number] = self._choose(sorted(free))
        try:
            yield number
        finally:
            with self._changed:
                mark = self._lent.pop(number)
                if mark is not None:
                    mark.close()
                self._changed.notify()

    def _choose(self, free: list[int]) -> tuple[int, socket.socket | None]:
        """One that no other grader on this machine has, if there is one."""
        for number in free:
            mark = socket.socket(socket.AF_UNIX)
            with contextlib.suppress(OSError):
                mark.bind(f"{MARK}.{number}")
                return number, mark
            mark.close()
        return free[os.getpid() % len(free)], None


def usable() -> set[int]:
    """The numbers of the processors that this process may use."""
    return os.sched_getaffinity(0)


PROCESSORS = Processors()
