"""Marks and comments that people gave: which of them hold, and what a submission is worth.

nbgrader has one flag, ``needs_manual_grade``, for two things: nobody has marked an answer yet, and
somebody has, before it was graded again. Here they are two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Query, selectinload, undefer

from course_lib.grading.classroom.course import Course
from course_lib.grading.submissions.restoring import REPAIRS

AT_ONCE = 200  # submissions that are read from the gradebook


def waits(grade: Grade) -> bool:
    """Whether a person has yet to give points."""
    return grade.needs_manual_grade and grade.manual_score is None


def is_old(grade: Grade) -> bool:
    """Whether a person gave points before the answer or its test changed."""
    return grade.needs_manual_grade and grade.manual_score is not None


def grades(submission: SubmittedAssignment) -> Iterator[Grade]:
    for notebook in submission.notebooks:
        yield from notebook.grades


def submissions(gradebook: Gradebook, names: Collection[str] = ()) -> Iterator[SubmittedAssignment]:
    """All submissions of these assignments, of all if none is named, with what belongs to them.

    Sorted by assignment and student. A few queries for hundreds of them: nbgrader's own ways ask
    several times for each. Those that nobody keeps are forgotten, so that a large class needs no
    more memory than a small one.
    """
    notebooks = selectinload(SubmittedAssignment.notebooks)
    graded = notebooks.selectinload(SubmittedNotebook.grades).selectinload(Grade.cell)
    commented = notebooks.selectinload(SubmittedNotebook.comments).selectinload(Comment.cell)
    whole = gradebook.db.query(SubmittedAssignment).options(
        selectinload(SubmittedAssignment.student),
        selectinload(SubmittedAssignment.assignment),
        graded,
        commented,
        undefer(SubmittedAssignment.score),
    )
    ids = [id for (id,) in _sorted(gradebook.db.query(SubmittedAssignment.id), names)]
    for start in range(0, len(ids), AT_ONCE):
        part = SubmittedAssignment.id.in_(ids[start : start + AT_ONCE])
        yield from _sorted(whole.filter(part))


def _sorted(query: Query, names: Collection[str] = ()) -> Query:
    """A query for submissions, by assignment and student; of these assignments, if any is named."""
    query = query.join(SubmittedAssignment.assignment).join(SubmittedAssignment.student)
    query = query.filter(Assignment.name.in_(names)) if names else query
    return query.order_by(Assignment.name, Student.id)


def was_graded(submission: SubmittedAssignment) -> bool:
    """Whether every test has points: those of one that failed were taken back, or never given."""
    return not any(
        grade.auto_score is None and grade.manual_score is None and _is_of_a_test(notebook, grade)
        for notebook in submission.notebooks
        for grade in notebook.grades
    )


def _is_of_a_test(notebook: SubmittedNotebook, grade: Grade) -> bool:
    answers = {cell.name for cell in notebook.notebook.solution_cells}
    return grade.cell_type == "code" and grade.name not in answers


def auto_scores(submission: SubmittedAssignment) -> dict[str, float | None]:
    """What the tests gave, by notebook and cell."""
    return {
        f"{notebook.name}/{grade.name}": grade.auto_score
        for notebook in submission.notebooks
        for grade in notebook.grades
    }


def digest(submission: SubmittedAssignment) -> str:
    """A digest of all that people decide about a submission, and its page and penalty show."""
    student = submission.student
    decided = [
        [student.first_name, student.last_name],
        [submission.timestamp, submission.assignment.duedate, submission.extension],
        [
            [grade.cell_id, grade.manual_score, grade.extra_credit, grade.needs_manual_grade]
            for grade in grades(submission)
        ],
        [
            [comment.cell_id, comment.manual_comment]
            for notebook in submission.notebooks
            for comment in notebook.comments
        ],
    ]
    for part in decided[2:]:
        part.sort(key=lambda entry: str(entry[0]))
    return hashlib.sha256(json.dumps(decided, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Mark:
    """Points that a person gave for what ``work`` holds. points: manual, of the tests, the most."""

    notebook: str
    cell: str
    points: tuple[float | None, float | None, float]
    work: Any


def given(course: Course, gradebook: Gradebook, assignment: str, student: str) -> list[Mark]:
    """The marks that hold now, before a submission is graded again."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return []
    return [
        Mark(notebook.name, grade.name, _points(grade), _work(graded, grade.name))
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.manual_score is not None and not grade.needs_manual_grade
        if (graded := _graded(course, assignment, student, notebook.name)) is not None
    ]


def confirm(
    gradebook: Gradebook,
    assignment: str,
    student: str,
    marks: list[Mark],
    notebooks: Mapping[str, NotebookNode],
) -> None:
    """Let ``marks`` hold again where the work in ``notebooks`` is what they were given for.

    nbgrader asks for another look at all of them.
    """
    for mark in marks:
        if mark.notebook not in notebooks:
            continue
        grade = gradebook.find_grade(mark.cell, mark.notebook, assignment, student)
        if mark.points == _points(grade) and mark.work == _work(
            notebooks[mark.notebook], mark.cell
        ):
            grade.needs_manual_grade = False
    gradebook.db.commit()


def _points(grade: Grade) -> tuple[float | None, float | None, float]:
    return grade.manual_score, grade.auto_score, grade.max_score


def _graded(course: Course, assignment: str, student: str, name: str) -> NotebookNode | None:
    """The notebook that was marked, None if it is not there any more."""
    path = course.autograded(student, assignment) / f"{name}.ipynb"
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        return None


def _work(notebook: NotebookNode, cell_name: str) -> Any:
    """What a mark for this cell was given for: its text, or all of it if it is not an answer."""
    texts = []
    for cell in notebook.cells:
        if cell.get("id") == REPAIRS:
            continue
        text = [cell.cell_type, cell.source, cell.get("attachments")]
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade_id") == cell_name and about.get("solution"):
            return text
        texts.append(text)
    return texts
