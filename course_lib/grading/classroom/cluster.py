"""Examine on the workers of a Dask cluster; Dask is needed for nothing else.

Nothing but the notebook, the files beside it and its requirements goes there; what comes back is
the notebook, as text, and notes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import exams
from course_lib.grading.examination.endings import GivenUp
from course_lib.grading.examination.exams import Examined
from course_lib.grading.examination.requirements import Requirements
from course_lib.grading.examination.sandbox.limits import Limits

POLL = 0.2  # seconds between two looks whether to give up
INSTALL = "pip install 'dask[distributed]'"


class Cluster:
    """The workers of a cluster. workers: how many notebooks they examine at a time."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.workers = sum(client.nthreads().values())

    def examine(
        self,
        required: Requirements,
        notebook: NotebookNode,
        files: dict[str, bytes],
        limits: Limits,
        stop: threading.Event,
    ) -> Examined:
        """``exams.examine`` on a worker."""
        text = nbformat.writes(notebook)
        task = self.client.submit(_examine, required, text, files, limits, pure=False)
        done = threading.Event()  # Dask's own wait with a timeout sometimes loses the result
        task.add_done_callback(lambda _: done.set())
        while not done.wait(POLL):
            if stop.is_set():
                task.cancel()
                raise GivenUp
        try:
            text, notes = task.result()
        except CancelledError as error:
            raise CourseProblem("the Dask cluster went away") from error
        return Examined(nbformat.reads(text, as_version=4), notes)


def _examine(
    required: Requirements, text: str, files: dict[str, bytes], limits: Limits
) -> tuple[str, list[str]]:
    """On the worker, in the warm processes that it keeps for this assignment."""
    examined = exams.examine(required, nbformat.reads(text, as_version=4), files, limits)
    return nbformat.writes(examined.notebook), examined.notes


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """The cluster whose scheduler has this address; ``CourseProblem`` if there is none."""
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseProblem(
            f"To grade on several machines, Dask is needed on each of them: {INSTALL}"
        ) from error
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseProblem(f"There is no Dask scheduler at {scheduler}: {error}") from error
    with client:
        if not client.nthreads():
            raise CourseProblem(f"The Dask scheduler at {scheduler} has no workers.")
        yield Cluster(client)
