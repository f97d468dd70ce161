"""Grades that lack something: who failed, waits for marks, is gone, or is not on Canvas's list."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from nbgrader.api import SubmittedAssignment

from course_lib.grading.classroom import fingerprints, marks
from course_lib.grading.classroom.canvas_template import CanvasTemplate
from course_lib.grading.classroom.course import Course

NOT_GRADED = "it was not graded"


def unmarked(course: Course, assignments: Collection[str] = ()) -> list[tuple[str, str]]:
    """Submissions with an answer that nobody has marked by hand yet: [(assignment, student)].

    Their grades are those of the tests alone. assignments: all if none is named.
    """
    with course.gradebook() as gradebook:
        return [
            (submission.assignment.name, submission.student.id)
            for submission in marks.submissions(gradebook, assignments)
            if problem(course.root, submission) is None
            and any(map(marks.waits, marks.grades(submission)))
        ]


def failed(course: Course, assignments: Collection[str] = ()) -> list[tuple[str, str, str]]:
    """Submissions that are exported as empty: [(assignment, student, why)].

    assignments: all if none is named.
    """
    found = {}
    with course.gradebook() as gradebook:
        for submission in marks.submissions(gradebook, assignments):
            where = submission.assignment.name, submission.student.id
            found[where] = problem(course.root, submission)
        names = list(assignments) or [one.name for one in gradebook.assignments]
    for name in names:
        for student in course.students(name):
            if (name, student) not in found:
                found[name, student] = failure(course.root, name, student)
    return [(name, student, why) for (name, student), why in sorted(found.items()) if why]


def gone(course: Course, assignments: Collection[str] = ()) -> list[tuple[str, str]]:
    """Submissions with points whose folder is not there any more: [(assignment, student)].

    assignments: all if none is named.
    """
    with course.gradebook() as gradebook:
        graded = [
            (submission.assignment.name, submission.student.id)
            for submission in marks.submissions(gradebook, assignments)
            if marks.was_graded(submission)
        ]
    return [(name, one) for name, one in graded if not course.submitted(one, name).is_dir()]


def not_in_template(
    course: Course, template: str | Path, assignments: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Submissions of students whom a file of Canvas's doesn't have: [(assignment, student)]."""
    with course.gradebook() as gradebook:
        found = {one for _, one in CanvasTemplate.read(template).students(gradebook.students)}
        return [
            (submission.assignment.name, submission.student.id)
            for submission in marks.submissions(gradebook, assignments)
            if submission.student.id not in found
        ]


def problem(root: str | Path, submission: SubmittedAssignment) -> str | None:
    """Why a submission has no points; None if it has."""
    why = failure(root, submission.assignment.name, submission.student.id)
    if not marks.was_graded(submission):
        return why or NOT_GRADED
    untouched = all(grade.auto_score is None for grade in marks.grades(submission))
    return why if untouched and any(map(marks.waits, marks.grades(submission))) else None


def failure(root: str | Path, assignment: str, student: str) -> str | None:
    """Why the last run could not grade a submission."""
    data = fingerprints.last(root, assignment, student)
    why = data.get("problem") if isinstance(data, dict) else None
    return why if isinstance(why, str) and why else None
