"""Points by question from the gradebook, checks by their reports in the graded notebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import nbformat
from nbgrader.api import SubmittedAssignment

from course_lib.grading.classroom import marks
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from course_lib.grading.testing.contract import is_test, title
from course_lib.grading.testing.report import Report

SHARE = 0.25  # of those who began a question: a check that so many fail is worth a lesson


@dataclass
class Check:
    """A check of a question. asked: how many had begun the question; messages: of who failed."""

    question: str
    name: str
    asked: int = 0
    messages: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many did not pass."""
        return self.messages.total()


@dataclass
class Question:
    """A question. points: of each who has them; waiting: how many wait for a person's mark."""

    name: str
    max_points: float
    points: list[float] = field(default_factory=list)
    waiting: int = 0
    not_begun: int = 0

    @property
    def mean(self) -> float | None:
        """Points that it brought on average; None if nobody has any yet."""
        return sum(self.points) / len(self.points) if self.points else None


@dataclass
class Counts:
    """A class. graded, failed: how many submissions; questions in the order of the notebook."""

    graded: int = 0
    failed: int = 0
    questions: dict[str, Question] = field(default_factory=dict)
    checks: dict[tuple[str, str], Check] = field(default_factory=dict)

    def hard(self) -> list[Check]:
        """The checks that two or more failed, and a quarter of those who began; worst first."""
        found = [
            one
            for one in self.checks.values()
            if one.failed >= 2 and one.failed >= SHARE * one.asked
        ]
        return sorted(found, key=lambda one: (-one.failed / one.asked, one.question, one.name))


def count(course: Course, assignment: str) -> Counts:
    """Count what a class has done. ``CourseProblem`` if nothing of it was graded."""
    course.check_assignment(assignment)
    counts = Counts()
    with course.gradebook() as gradebook:
        for submission in marks.submissions(gradebook, [assignment]):
            if not marks.was_graded(submission):
                counts.failed += 1
                continue
            counts.graded += 1
            _count_points(counts, submission)
            for report in _reports(course, assignment, submission.student.id):
                _count_checks(counts, report)
    if not counts.graded:
        raise CourseProblem(
            f"No submission of {assignment} was graded yet: run `course grade {assignment}` first."
        )
    return counts


def _count_points(counts: Counts, submission: SubmittedAssignment) -> None:
    for notebook in submission.notebooks:
        scores = {grade.name: grade for grade in notebook.grades}
        for cell in notebook.notebook.grade_cells:  # in the order of the notebook
            grade = scores.get(cell.name)
            if grade is None:
                continue
            name = title(cell.name)
            question = counts.questions.setdefault(name, Question(name, cell.max_score))
            if grade.needs_manual_grade:
                question.waiting += 1
            else:
                question.points.append(grade.score)


def _reports(course: Course, assignment: str, student: str) -> Iterator[Report]:
    for path in sorted(course.autograded(student, assignment).glob("*.ipynb")):
        for cell in filter(is_test, nbformat.read(path, as_version=4).cells):
            if report := Report.from_outputs(cell.outputs):
                yield report


def _count_checks(counts: Counts, report: Report) -> None:
    if report.not_done:
        if report.name in counts.questions:
            counts.questions[report.name].not_begun += 1
        return
    for check in report.checks:
        key = report.name, check.name
        one = counts.checks.setdefault(key, Check(*key))
        one.asked += 1
        if not check.passed:
            one.messages[check.message] += 1
