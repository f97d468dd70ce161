"""Many submissions on their way at a time, on this machine: threads that wait for processes.

What takes long is done in the sandboxed processes of the examination, so threads are enough.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")
AHEAD = 2  # that may be ready and wait for whoever takes them


@contextmanager
def in_threads(
    work: Callable[[Item, threading.Event], Done], items: Iterable[Item], workers: int
) -> Iterator[Iterator[Done]]:
    """A context with an iterator over ``work(item, stop)`` of all items, the first ready first.

    Not more than a few are begun before their results are taken. When the context is left, in any
    way, ``stop`` is set and nothing more is begun; what is at work is waited for.
    """
    stop, waiting = threading.Event(), iter(items)
    threads = ThreadPoolExecutor(workers)

    def results() -> Iterator[Done]:
        begun: set[Future[Done]] = set()
        while True:
            more = islice(waiting, workers + AHEAD - len(begun))
            begun |= {threads.submit(work, item, stop) for item in more}
            if not begun:
                return
            done, begun = wait(begun, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()

    try:
        yield results()
    finally:
        stop.set()
        threads.shutdown(cancel_futures=True)
