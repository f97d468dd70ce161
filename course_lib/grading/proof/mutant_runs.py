"""Run the mutants of one solution on its tests, each in a process of its own that may be ended.

Imports little, because it is imported anew in each worker.
"""

import contextlib
import importlib
import math
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.mutants import Mutant, mutants
from course_lib.grading.testing.question import Question

SURVIVED, KILLED = 0, 1  # exit codes of the process that runs a mutant
MEMORY = 2**30  # bytes that a mutant may take on top of what is there
PATIENCE = 5  # how much longer than the solution a mutant may compute
SOLUTION_SECONDS = 60


class Killed(BaseException):
    """A check was failed, the rest need not be run."""


def _end_at_first_failure() -> None:
    """Have each question of this process end it at the first check that is not passed.

    The class itself changes: a notebook may have imported it in any cell, under any name.
    """
    judge = Question.check

    @contextlib.contextmanager
    def check(self: Question, *args: Any, **kwargs: Any) -> Iterator[None]:
        with judge(self, *args, **kwargs):
            yield
        if not self.checks[-1].passed:
            raise Killed

    Question.check = check  # type: ignore[method-assign]


def surviving(before: list[str], solution: str, after: list[str]) -> tuple[int, list[Mutant]]:
    """How many mutants ``solution`` has, and those that pass all checks.

    before, after: sources of the cells around the solution's; the last one is the test cell.
    ``CourseProblem`` if the solution itself does not pass.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for source in before:
        exec(source, namespace)
    if "torch" in sys.modules:
        importlib.import_module("torch._dynamo")  # else the first optimizer does, in each process
    code, seconds = run([solution, *after], namespace, SOLUTION_SECONDS)
    if code != SURVIVED:
        raise CourseProblem("the solution itself does not get full points.")
    limit = math.ceil(PATIENCE * seconds)
    everyone = list(mutants(solution))
    alive = [one for one in everyone if run([one.source, *after], namespace, limit)[0] == SURVIVED]
    return len(everyone), alive


def run(sources: list[str], namespace: dict[str, Any], seconds: int) -> tuple[int, float]:
    """Run ``sources`` in a process of their own; returns its exit code and its seconds.

    One that computes longer than ``seconds``, or waits for minutes, is ended.
    """
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            _limit(seconds)
            _end_at_first_failure()
            for source in sources:
                exec(source, namespace)
            code = SURVIVED
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def _limit(seconds: int) -> None:
    """No output, and an end to loops and to memory."""
    for output in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)
    signal.alarm(60 + 20 * seconds)  # the machine may be busy
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (_data() + MEMORY,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _data() -> int:
    """Bytes of data that this process has mapped."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
