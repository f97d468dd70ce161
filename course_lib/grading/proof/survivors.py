"""Proof that an assignment's tests notice slips: every mutant of its solutions, tried on its tests.

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
import json
import multiprocessing
import os
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import is_grade, is_locked, is_solution

from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.corpus import FOLDER, graded_cells, read
from course_lib.grading.proof.trying import survivors

EXPLAINED, ALL = "survivors.toml", "all"
THREADS = "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"


@dataclass
class Mutation:
    """How the mutants of one question came out; ``unexplained`` and ``stale`` must be empty."""

    assignment: str
    question: str
    tried: int  # 0: left out
    survivors: list  # of Mutant
    explained: dict[str, str]  # change: why

    @property
    def unexplained(self):
        """Survivors that nobody has explained."""
        return [mutant for mutant in self.survivors if mutant.change not in self.explained]

    @property
    def stale(self):
        """Explanations of what does not survive, or is no mutant any more."""
        return sorted(self.explained.keys() - {mutant.change for mutant in self.survivors})

    @property
    def faults(self):
        """A line for each of both, with the change as ``survivors.toml`` wants it."""
        lines = [f"line {m.line}, not explained: {json.dumps(m.change)}" for m in self.unexplained]
        return lines + [f"stale: {json.dumps(change)}" for change in self.stale]

    @property
    def holds(self):
        return not (self.unexplained or self.stale)


def try_mutants(course, names, workers=2):
    """A ``Mutation`` for every question of the assignments ``names``, as they come.

    ``CourseProblem`` if a solution does not get full points, or an explanation can't be read.
    """
    asked = [(name, question) for name in names for question in questions(course, name)]
    explained = {name: explanations(course, name) for name in names}
    for name in names:
        unknown = {(name, question) for question in explained[name]} - set(asked)
        if unknown:
            raise CourseProblem(f"{_file(course, name)}: no such question: {sorted(unknown)}.")
    spawn = multiprocessing.get_context("spawn")  # what forks must not have threads
    with _one_thread_each(), ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        trials = {
            (name, question): pool.submit(survivors, *_cells(course, name, question))
            for name, question in asked
            if ALL not in explained[name].get(question, {})
        }
        try:
            for name, question in asked:
                why, trial = explained[name].get(question, {}), trials.get((name, question))
                found = _result(trial, f"{name}, {question}") if trial else (0, [])
                yield Mutation(name, question, *found, why if trial else {})
        finally:
            pool.shutdown(cancel_futures=True)


def _result(trial, place):
    try:
        return trial.result()
    except CourseProblem as problem:
        raise CourseProblem(f"{place}: {problem}") from None


def questions(course, name):
    """Names of the questions of an assignment that a test cell grades."""
    cells = graded_cells(_notebook(course, name))
    return [key.removeprefix("test_") for key, cell in cells.items() if not is_solution(cell)]


def explanations(course, name):
    """What the corpus says about survivors: {question: {change: why}}."""
    path = _file(course, name)
    if not path.exists():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            question: {change: group["why"] for group in groups for change in _changes(group)}
            for question, groups in entries.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseProblem(f"{path}: {error!r}; wanted [[question]], why and changes.") from None


def _changes(group):
    return [ALL] if group["changes"] == ALL else group["changes"]


def _file(course, name):
    return Path(course, FOLDER, name, EXPLAINED)


def _notebook(course, name):
    return read(Path(course, "solutions", name, f"{name}.ipynb"))


def _cells(course, name, question):
    """Sources: what runs before the question's solution, the solution, the rest to its tests."""
    cells = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in _notebook(course, name).cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata and _takes_part(cell, question)
    }
    names, sources = list(cells), list(cells.values())
    place, end = names.index(question), names.index(f"test_{question}")
    return sources[:place], sources[place], sources[place + 1 : end + 1]


def _takes_part(cell, question):
    """Solutions, setups and the question's own tests do; a picture at the end of a question not."""
    if is_grade(cell):
        return cell.metadata.nbgrader.grade_id == f"test_{question}"
    return is_solution(cell) or (is_locked(cell) and "with when_done(" not in cell.source)


@contextlib.contextmanager
def _one_thread_each():
    """Processes started meanwhile compute with one thread, as a process that forks has to."""
    saved = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in saved.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
