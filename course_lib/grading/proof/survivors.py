"""Proof that an assignment's tests notice slips: every mutant of its solutions, run on its tests.

Questions are judged here in one process with their tests, and a mutant is done with at the first
check that it fails: nothing is handed in, so thousands take a minute. A mutant that passes all of
them is a survivor. Survivors that are right all the same are listed with the reason in the corpus,
in ``tests/corpus/02_perceptron/survivors.toml``:

    [[decide]]
    why = "no decision depends on it"
    changes = [
      "line before  ->  line after",
    ]

Where all is the student's choice and a training is graded by what it reaches, no change is wrong
by itself, and the same one survives here and not there. ``changes = "all"`` leaves such a question
out.
"""

import contextlib
import ctypes
import json
import multiprocessing
import os
import signal
import sys
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import corpus_folder
from course_lib.grading.proof.graded_corpus import read_source
from course_lib.grading.proof.mutant_runs import surviving
from course_lib.grading.proof.mutants import Mutant
from course_lib.grading.testing.contract import (
    cell_name,
    name_of_test,
    questions,
    waits_for_answers,
)
from course_lib.threads import VARIABLES

EXPLANATIONS, ALL = "survivors.toml", "all"
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass
class Survivors:
    """How the mutants of one question came out; ``unexplained`` and ``stale`` must be empty."""

    assignment: str
    question: str
    tried: int  # 0: left out
    survivors: list[Mutant]
    explained: dict[str, str]  # change: why

    @property
    def unexplained(self) -> list[Mutant]:
        """Survivors that nobody has explained."""
        return [mutant for mutant in self.survivors if mutant.change not in self.explained]

    @property
    def stale(self) -> list[str]:
        """Explanations of what does not survive, or is no mutant any more."""
        return sorted(self.explained.keys() - {mutant.change for mutant in self.survivors})

    @property
    def faults(self) -> list[str]:
        """A line for each of both, with the change as ``survivors.toml`` wants it."""
        lines = [f"line {m.line}, not explained: {json.dumps(m.change)}" for m in self.unexplained]
        return lines + [f"stale: {json.dumps(change)}" for change in self.stale]

    @property
    def holds(self) -> bool:
        return not (self.unexplained or self.stale)


def count_questions(course: Course, assignments: Iterable[str]) -> int:
    """How many ``Survivors`` ``try_mutants`` comes to."""
    return sum(len(questions(read_source(course, name))) for name in assignments)


def try_mutants(course: Course, assignments: list[str], workers: int = 2) -> Iterator[Survivors]:
    """The ``Survivors`` of every question of these assignments, as they come.

    ``CourseProblem`` if a solution does not get full points, or an explanation can't be read.
    """
    sources = {name: read_source(course, name) for name in assignments}
    explained = {name: explanations(course, name, source) for name, source in sources.items()}
    asked = [(name, question) for name, source in sources.items() for question in questions(source)]
    with _one_thread_each(), _pool(workers) as pool:
        runs = {
            (name, question): pool.submit(surviving, *cells_of(sources[name], question))
            for name, question in asked
            if ALL not in explained[name].get(question, {})
        }
        try:
            for name, question in asked:
                if (name, question) in runs:
                    tried, alive = _outcome(runs[name, question], f"{name}, {question}")
                    why = explained[name].get(question, {})
                    yield Survivors(name, question, tried, alive, why)
                else:
                    yield Survivors(name, question, 0, [], {})
        finally:
            pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")  # what forks must not have threads
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Else a worker whose parent is killed waits for work for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        parent = multiprocessing.parent_process()
        if parent and not parent.is_alive():  # it ended before
            os._exit(1)


def _outcome(run: Future, place: str) -> tuple[int, list[Mutant]]:
    try:
        return run.result()
    except CourseProblem as problem:
        raise CourseProblem(f"{place}: {problem}") from None


def explanations(course: Course, assignment: str, source: NotebookNode) -> dict[str, dict]:
    """What the corpus says about survivors: {question: {change: why}}."""
    path = corpus_folder(course, assignment) / EXPLANATIONS
    if not path.exists():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        explained = {
            question: {change: group["why"] for group in groups for change in _changes(group)}
            for question, groups in entries.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseProblem(f"{path}: {error!r}; wanted [[question]], why and changes.") from None
    unknown = explained.keys() - questions(source).keys()
    if unknown:
        raise CourseProblem(f"{path}: no such question: {', '.join(sorted(unknown))}.")
    return explained


def _changes(group: dict) -> list[str]:
    return [ALL] if group["changes"] == ALL else group["changes"]


def cells_of(notebook: NotebookNode, question: str) -> tuple[list[str], str, list[str]]:
    """Sources: what runs before the question's solution, the solution, the rest to its tests."""
    cells = {
        cell_name(cell): cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell_name(cell) and _takes_part(cell, question)
    }
    names, sources = list(cells), list(cells.values())
    start, end = names.index(question), names.index(name_of_test(question))
    return sources[:start], sources[start], sources[start + 1 : end + 1]


def _takes_part(cell: NotebookNode, question: str) -> bool:
    """Solutions, setups and the question's own tests do; a picture at the end of a question not."""
    if is_grade(cell):
        return cell_name(cell) == name_of_test(question)
    return is_solution(cell) or (is_locked(cell) and not waits_for_answers(cell))


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started meanwhile compute with one thread, as a process that forks has to."""
    saved = {name: os.environ.get(name) for name in VARIABLES}
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    try:
        yield
    finally:
        for name, value in saved.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
