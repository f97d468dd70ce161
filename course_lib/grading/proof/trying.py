"""Try the mutants of one solution on its tests, each in a process of its own that may be ended.

Imports little, because it is imported anew in each worker.
"""

import contextlib
import importlib
import math
import os
import resource
import signal
import sys
from pathlib import Path

from course_lib import grading
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.mutants import mutants
from course_lib.grading.testing.question import Question

SURVIVED, KILLED = 0, 1  # exit codes of the process that tries a mutant
MEMORY = 2**30  # bytes that a mutant may take on top of what is there
PATIENCE = 5  # how much longer than the solution a mutant may compute


class Killed(BaseException):
    """A check was failed, the rest need not be tried."""


class Impatient(Question):
    """A question that ends at the first check that is not passed."""

    @contextlib.contextmanager
    def check(self, *args, **kwargs):
        with super().check(*args, **kwargs):
            yield
        if not self.checks[-1].passed:
            raise Killed


def survivors(before, solution, after):
    """How many mutants ``solution`` has, and the list of those that pass all checks.

    before, after: sources of the cells around the solution's; the last one is the test cell.
    ``CourseProblem`` if the solution itself does not pass.
    """
    namespace = {"__name__": "__main__"}
    for source in before:
        exec(source, namespace)
    if "torch" in sys.modules:
        importlib.import_module("torch._dynamo")  # else the first optimizer does, in each process
    code, seconds = run([solution, *after], namespace, 60)
    if code != SURVIVED:
        raise CourseProblem("the solution itself does not get full points.")
    limit = math.ceil(PATIENCE * seconds)
    tried = list(mutants(solution))
    return len(tried), [
        one for one in tried if run([one.source, *after], namespace, limit)[0] == SURVIVED
    ]


def run(sources, namespace, seconds):
    """Run ``sources`` in a process of their own; returns its exit code and its seconds.

    One that computes longer than ``seconds``, or waits for minutes, is ended.
    """
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            _limit(seconds)
            grading.Question = Impatient
            for source in sources:
                exec(source, namespace)
            code = SURVIVED
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def _limit(seconds):
    """No output, and an end to loops and to memory."""
    for output in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)
    signal.alarm(60 + 20 * seconds)  # the machine may be busy
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (_data() + MEMORY,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _data():
    """Bytes of data that this process has mapped."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
