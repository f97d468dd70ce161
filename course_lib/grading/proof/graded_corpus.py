"""Proof that an assignment's grades are right: answers whose points are known, graded as handed in.

The corpus holds right and wrong answers to every question (see ``answer_files``). The k-th answers
to all questions go into one submission, so that one run grades many.

The cells that show what answers make, with ``when_done``, often train a network and earn nothing.
The untouched release, the solution and the first answers have them. The other answers, nine tenths
of all, go into a shorter notebook without.
"""

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.result import FAILED
from course_lib.grading.classroom.scratch_course import ScratchCourse
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import Answer, corpus_answers, fill
from course_lib.grading.testing.contract import (
    checks,
    graded_cells,
    name_of_test,
    questions,
    solutions,
    waits_for_answers,
)
from course_lib.grading.testing.report import Report

UNTOUCHED, SOLUTION, FIRST = "untouched", "solution", "answers00"  # students who hand in these
SHORTER = "{}_without_play"  # the assignment that all others hand in


@dataclass
class GradedCorpus:
    """An assignment's source, its release in ``course``, and how its corpus was graded there."""

    assignment: str
    course: Course
    source: NotebookNode
    answers: dict[str, list[Answer]]  # by question
    points: dict[str, dict[str, float | None]]  # by student and test cell; None: to be marked
    _graded: dict[str, NotebookNode] = field(default_factory=dict, repr=False)  # read so far

    @property
    def max_points(self) -> dict[str, float]:
        """Points of each question that is graded by its test cell."""
        tests = questions(self.source)
        return {question: cell.metadata.nbgrader.points for question, cell in tests.items()}

    def graded(self, student: str) -> NotebookNode:
        """The graded notebook of ``student``, the same for all who ask: not to be changed."""
        if student not in self._graded:
            given = _given(self.assignment, student)
            self._graded[student] = read(self.course.autograded(student, given) / f"{given}.ipynb")
        return self._graded[student]

    def report(self, student: str, question: str) -> Report | None:
        """What the test cell of ``question`` reported for ``student``, if it came that far."""
        cell = graded_cells(self.graded(student))[name_of_test(question)]
        return Report.from_outputs(cell.outputs)

    def checks(self, question: str) -> tuple[set[str], set[str]]:
        """Names of the visible and of the hidden checks of ``question``."""
        declared = checks(questions(self.source)[question].source)
        hidden = {check.name for check in declared if check.hidden}
        return {check.name for check in declared} - hidden, hidden

    def judged(self, question: str) -> "Iterator[Judged]":
        """Each answer to ``question`` with what it got."""
        max_points = self.max_points[question]
        for number, answer in enumerate(self.answers.get(question, [])):
            student = _student(number)
            points = self.points[student][name_of_test(question)]
            wanted = max_points if answer.points is None else answer.points
            yield Judged(answer, points, wanted, max_points, self.report(student, question))


@dataclass
class Judged:
    """An answer of the corpus, the points that it got, those that it must get, its report."""

    answer: Answer
    points: float | None
    wanted: float
    max_points: float
    report: Report | None

    def __str__(self) -> str:
        return (
            f"{self.answer.kind} ({self.answer.why}): got {self.points} of {self.max_points}, "
            f"wanted {self.wanted}\n{self.report or 'there is no report'}"
        )


@dataclass
class Proof:
    """How one question's grades came out; all but the counts of answers must be empty.

    marked_down: right answers without full marks. full_marks: wrong answers that have them.
    unexercised: hidden checks that stop no answer that passes the visible ones. points_off: answers
    with other points than they must get.
    """

    assignment: str
    question: str
    right: int
    wrong: int
    marked_down: list[str]
    full_marks: list[str]
    unexercised: list[str]
    points_off: list[str]

    @property
    def holds(self) -> bool:
        return not (self.marked_down or self.full_marks or self.unexercised or self.points_off)


def read_source(course: Course, assignment: str) -> NotebookNode:
    """The instructor's notebook; ``CourseProblem`` if it is not named after the assignment."""
    path = course.source(assignment) / f"{assignment}.ipynb"
    if not path.is_file():
        raise CourseProblem(f"There is no {path.relative_to(course.root)}.")
    return read(path)


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def grade_corpus(
    course: Course, assignment: str, folder: str | Path, workers: int | None = None
) -> GradedCorpus:
    """Grade the corpus of an assignment of ``course`` in a course of its own in ``folder``.

    The untouched release and the solution are graded too. workers: see ``grading.grade``.
    ``CourseProblem`` if a submission can't be graded.
    """
    source = read_source(course, assignment)
    questions(source)  # or a name is wrong
    scratch = ScratchCourse.like(course, folder)
    scratch.add(assignment, course.source(assignment))
    shorter = _add_shorter(scratch, assignment, source)
    released = {name: scratch.release(name) for name in (assignment, shorter)}
    answers = corpus_answers(course, assignment)
    right = {name: cell.source for name, cell in solutions(source).items()}
    submissions = {UNTOUCHED: {}, SOLUTION: right}
    for number, row in enumerate(itertools.zip_longest(*answers.values())):
        submissions[_student(number)] = {one.question: one.source for one in row if one}
    for student, sources in submissions.items():
        given = _given(assignment, student)
        scratch.hand_in(student, given, fill(released[given], sources))
    points = {}
    for result in itertools.chain(*(scratch.grade(name, workers=workers) for name in released)):
        if result.state == FAILED:
            raise CourseProblem(f"{assignment}, {result.student}: {result.problem}")
        points[result.student] = result.points
    return GradedCorpus(assignment, scratch.course, source, answers, points)


def prove(corpus: GradedCorpus) -> Iterator[Proof]:
    """A ``Proof`` for each question of an assignment."""
    for question in corpus.max_points:
        judged = list(corpus.judged(question))
        yield Proof(
            corpus.assignment,
            question,
            right=sum(one.answer.kind == "right" for one in judged),
            wrong=sum(one.answer.kind == "wrong" for one in judged),
            marked_down=[
                one.answer.why
                for one in judged
                if one.answer.kind == "right" and one.points != one.max_points
            ],
            full_marks=[
                one.answer.why
                for one in judged
                if one.answer.kind == "wrong" and one.points == one.max_points
            ],
            unexercised=_unexercised(*corpus.checks(question), judged),
            points_off=[str(one) for one in judged if one.points != one.wanted],
        )


def _unexercised(visible: set[str], hidden: set[str], judged: list[Judged]) -> list[str]:
    stopped = set()
    for one in judged:
        failed = set(one.report.failed) if one.report else set()
        if not failed & visible:
            stopped |= failed
    return sorted(hidden - stopped)


def _add_shorter(scratch: ScratchCourse, assignment: str, source: NotebookNode) -> str:
    """Give the course the assignment once more, without the cells that play; its name there."""
    shorter = SHORTER.format(assignment)
    folder = scratch.course.source(assignment)
    scratch.add(shorter, folder)
    source = copy.copy(source)
    source.cells = [cell for cell in source.cells if not waits_for_answers(cell)]
    copied = scratch.course.source(shorter) / f"{assignment}.ipynb"
    nbformat.write(source, copied.rename(copied.with_stem(shorter)))
    return shorter


def _given(assignment: str, student: str) -> str:
    """The assignment that a student hands in, see ``SHORTER``."""
    return assignment if student in (UNTOUCHED, SOLUTION, FIRST) else SHORTER.format(assignment)


def _student(number: int) -> str:
    """Who hands in the answers of this number to all questions."""
    return f"answers{number:02}"
