"""Examine on the workers of a Dask cluster; Dask is needed for nothing else.

Nothing but the notebook, the files beside it and its requirements goes there; what comes back is
the notebook, as text, and notes. A worker that is lost costs nothing, because the scheduler gives
its work to another; a scheduler that is lost and comes back is asked once more.
"""

from __future__ import annotations

import logging
import platform
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_lib.grading.classroom.fingerprints import code_and_settings
from course_lib.grading.classroom.log import LOGGER
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import exams
from course_lib.grading.examination.endings import GivenUp
from course_lib.grading.examination.exams import Examined
from course_lib.grading.examination.requirements import Requirements
from course_lib.grading.examination.sandbox.limits import Limits

POLL = 0.2  # seconds between two looks whether to give up
CONTACT = 10  # seconds that a scheduler may take to answer at first
RETURN = 60  # seconds that one may be away in the middle of a run: it is being started again
INSTALL = "pip install 'dask[distributed]'"
GONE = f"the Dask scheduler went away and was not back after {RETURN} seconds"


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
        task = (_software(required), required, nbformat.writes(notebook), files, limits)
        while True:
            try:
                text, notes = self._run(stop, *task)
                return Examined(nbformat.reads(text, as_version=4), notes)
            except CancelledError:  # the scheduler that is back knows nothing of the task
                LOGGER.warning("the Dask scheduler was lost: asking again")

    def _run(self, stop: threading.Event, *task: Any) -> tuple[str, list[str]]:
        """``_examine`` on a worker; ``CancelledError`` if the scheduler was lost meanwhile."""
        from distributed.client import ClosedClientError
        from distributed.scheduler import NoValidWorkerError, NoWorkerError

        try:
            # It first cancels what the lost scheduler had, then forgets it and all asked meanwhile.
            while self.client.status == "connecting":
                if stop.wait(POLL):
                    raise GivenUp
            asked = self.client.submit(_examine, *task, pure=False)
            done = threading.Event()  # Dask's own wait with a timeout sometimes loses the result
            asked.add_done_callback(lambda _: done.set())
            while not done.wait(POLL):
                if stop.is_set():
                    asked.cancel()
                    raise GivenUp
                if self.client.status == "closed":
                    raise CourseProblem(GONE)
            return asked.result()
        except ClosedClientError as error:
            raise CourseProblem(GONE) from error
        except (NoWorkerError, NoValidWorkerError) as error:
            raise CourseProblem("the Dask cluster has had no worker for too long") from error


def _software(required: Requirements) -> list[str]:
    """What must be the same everywhere, or grades would depend on where they were made."""
    return [platform.python_version(), *code_and_settings(required.libraries, required.sandbox)]


def _examine(
    software: list[str],
    required: Requirements,
    text: str,
    files: dict[str, bytes],
    limits: Limits,
) -> tuple[str, list[str]]:
    """On the worker, in the warm processes that it keeps for this assignment."""
    if _software(required) != software:
        raise CourseProblem(
            f"{platform.node()} has another Python or another state of the course than this machine"
        )
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
        Client(scheduler, timeout=CONTACT, set_as_default=False).close()
        client = Client(scheduler, timeout=RETURN, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseProblem(f"There is no Dask scheduler at {scheduler}: {error}") from error
    # What it says of a lost scheduler is a traceback of its own; ``Cluster`` says it in words.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with client:
        if not client.nthreads():
            raise CourseProblem(f"The Dask scheduler at {scheduler} has no workers.")
        yield Cluster(client)
