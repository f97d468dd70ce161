"""What is made of a cluster's answers; tests/whole/test_cluster.py has a real one."""

import platform
import threading
from concurrent.futures import CancelledError

import nbformat
import pytest
from distributed.client import ClosedClientError
from distributed.scheduler import NoWorkerError

from course_lib.grading.classroom import cluster
from course_lib.grading.classroom.cluster import Cluster
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.endings import GivenUp
from course_lib.grading.examination.requirements import Requirements
from course_lib.grading.examination.sandbox.limits import Limits

NOTEBOOK = nbformat.v4.new_notebook()
DONE = (nbformat.writes(nbformat.v4.new_notebook(metadata={"who": "worker"})), ["a note"])


class Task:
    def __init__(self, answer):
        self.answer, self.cancelled = answer, False

    def add_done_callback(self, call):
        if self.answer is not None:
            call(self)

    def cancel(self):
        self.cancelled = True

    def result(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Client:
    """Answers each task with the next of ``answers``; None is a task without an end."""

    def __init__(self, *answers, status="running"):
        self.tasks, self.status = [], status
        self.answers = list(answers)

    def nthreads(self):
        return {"tls://10.0.0.1:1": 3, "tls://10.0.0.2:1": 5}

    def submit(self, function, *arguments, pure):
        answer = self.answers.pop(0)
        if isinstance(answer, ClosedClientError):
            raise answer
        self.tasks.append(Task(answer))
        return self.tasks[-1]


REQUIRED = Requirements((), (), sandbox="none")


def examine(client, stop=None):
    return Cluster(client).examine(REQUIRED, NOTEBOOK, {}, None, stop or threading.Event())


def test_a_worker_for_each_thread():
    assert Cluster(Client()).workers == 8


def test_a_task_that_the_scheduler_lost_is_asked_again():
    client = Client(CancelledError(), CancelledError(), DONE)
    examined = examine(client)
    assert (examined.notebook.metadata.who, examined.notes) == ("worker", ["a note"])
    assert len(client.tasks) == 3


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (Client(CancelledError(), ClosedClientError()), "scheduler went away"),
        (Client(None, status="closed"), "scheduler went away"),
        (Client(NoWorkerError("task", 300.0)), "no worker for too long"),
    ],
)
def test_a_cluster_that_is_gone_ends_the_run_and_costs_nobody(client, words):
    with pytest.raises(CourseProblem, match=words):
        examine(client)


def test_a_worker_with_other_software_is_named():
    software = [*cluster._software(REQUIRED)[:-1], "another state"]
    with pytest.raises(CourseProblem, match=f"{platform.node()} has another Python"):
        cluster._examine(software, REQUIRED, nbformat.writes(NOTEBOOK), {}, Limits())


def test_what_a_submission_does_is_not_the_clusters_fault():
    with pytest.raises(ZeroDivisionError):
        examine(Client(ZeroDivisionError()))


def test_who_gives_up_calls_the_task_back():
    client, stop = Client(None), threading.Event()
    stop.set()
    with pytest.raises(GivenUp):
        examine(client, stop)
    assert client.tasks[0].cancelled


class ConnectingClient(Client):
    """Dask's loses what is asked before it is connected again: a task without an end."""

    looks = iter(())

    @property
    def status(self):
        return next(self.looks, "running")

    @status.setter
    def status(self, now):
        self.looks = iter(["connecting"] * 3)

    def submit(self, function, *arguments, pure):
        lost = self.status == "connecting"
        return Task(None) if lost else super().submit(function, *arguments, pure=pure)


def test_nothing_is_asked_while_it_connects_again(monkeypatch):
    monkeypatch.setattr(cluster, "POLL", 0.01)
    stop = threading.Event()
    timer = threading.Timer(5, stop.set)
    timer.start()
    assert examine(ConnectingClient(DONE), stop).notes == ["a note"]
    timer.cancel()


def test_who_waits_for_the_connection_can_give_up():
    stop = threading.Event()
    stop.set()
    with pytest.raises(GivenUp):
        examine(Client(status="connecting"), stop)
