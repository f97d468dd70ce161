"""A class graded in parallel: many examinations at a time, one writer.

What takes long, running a notebook, goes to Dask: workers in this process, or any cluster. Nothing
but the notebook goes there and comes back. Everything that touches the course's files and its
gradebook happens here, one submission at a time.
"""

import os
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed

import nbformat

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import preprocessor as examine
from course_lib.grading.examination.student_process import GivenUp

POLL = 0.2  # seconds between two looks whether to give up
AHEAD = 2  # submissions prepared while all workers are busy
TRIES = 3  # workers that may die under one submission
LOOPBACK = "127.0.0.1:0"  # Dask's web pages, which it always serves: nobody else's, and empty
QUIET = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "logging.distributed": "error",
}


class Crew:
    """Examines notebooks on Dask workers; a context.

    workers: how many at a time, on this machine; as many as it has processors if None. scheduler:
    the address of a Dask cluster to use instead.
    """

    def __init__(self, workers=None, scheduler=None):
        self.writer = threading.RLock()
        self.ending = threading.Event()
        self.client = _client(workers or os.cpu_count(), scheduler)
        self.workers = sum(self.client.nthreads().values())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ending.set()
        examine.STOP.set()
        self.client.close()
        if self.client.cluster is not None:
            self.client.cluster.close()
        examine.STOP.clear()

    def __deepcopy__(self, memo):
        """nbgrader copies its settings, and ``examine`` is one; there is but one crew."""
        return self

    def grade(self, grade_one, students):
        """``grade_one(student, runner)`` for all; yields what it returns, the first ready first.

        ``grade_one`` runs under the writer's lock, which is free while ``runner`` waits.
        """

        def alone(student):
            if self.ending.is_set():
                raise GivenUp
            with self.writer:
                return grade_one(student, self.examine)

        threads = ThreadPoolExecutor(self.workers + AHEAD)
        try:
            for done in as_completed([threads.submit(alone, student) for student in students]):
                yield done.result()
        finally:
            self.ending.set()
            threads.shutdown(cancel_futures=True)

    def examine(self, exam, notebook, files, limits):
        """The ``runner`` of ``examine.Examine``: have a worker do it, and wait."""
        task = self.client.submit(
            _examine, exam, nbformat.writes(notebook), files, limits, pure=False, retries=TRIES
        )
        self.writer.release()
        try:
            text, notes = self._wait(task)
        finally:
            self.writer.acquire()
            os.environ["NBGRADER_EXECUTION"] = "autograde"  # as nbgrader left it with this thread
        notebook.update(nbformat.reads(text, as_version=4))
        return notes

    def _wait(self, task):
        done = threading.Event()  # Dask's own wait with a timeout sometimes loses the result
        task.add_done_callback(lambda _: done.set())
        while not done.wait(POLL):
            if self.ending.is_set():
                task.cancel()
                raise GivenUp
        try:
            return task.result()
        except CancelledError as error:
            raise CourseProblem("the Dask cluster went away") from error


def _examine(exam, text, files, limits):
    """On the worker: run the notebook in the warm processes that it keeps for this assignment."""
    notebook = nbformat.reads(text, as_version=4)
    notes = examine.examine_here(exam, notebook, files, limits)
    return nbformat.writes(notebook), notes


def _client(workers, scheduler):
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise CourseProblem(
            "To grade a class, Dask is needed. In the course's folder: "
            '.venv/bin/pip install -c constraints.txt -e ".[grade]"'
        ) from error
    if scheduler is None:
        with dask.config.set(QUIET):
            return Client(
                processes=False,  # the work is done in processes of the examination's own
                n_workers=1,
                threads_per_worker=workers,
                dashboard_address=LOOPBACK,
                worker_dashboard_address=LOOPBACK,
                set_as_default=False,
            )
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise CourseProblem(f"There is no Dask scheduler at {scheduler}: {error}") from error
    if not client.nthreads():
        client.close()
        raise CourseProblem(f"The Dask scheduler at {scheduler} has no workers.")
    return client
