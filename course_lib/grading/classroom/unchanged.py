"""Submissions that need not be graded again: their results, and pages that show today's marks."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.converters import GenerateFeedback

from course_lib.grading.classroom import fingerprints, marks, penalties
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.log import LOGGER
from course_lib.grading.classroom.record import fill_in
from course_lib.grading.classroom.result import FAILED, Result
from course_lib.grading.classroom.run_converter import first_line, run
from course_lib.grading.errors import CourseProblem


def kept(
    course: Course, assignment: str, notes: dict[str, list[str]]
) -> tuple[dict[str, Result], set[str]]:
    """The results of earlier runs, by student, as far as gradebook and files still have them.

    notes: of those that have not changed since. A gradebook that was put back from a copy, or
    another one, has other points of the tests than were recorded: these are graded again. The
    second are the students whose page is gone, or older than a mark, a comment or a due date.
    """
    found, outdated = {}, set()
    with course.gradebook() as gradebook:
        for submission in marks.submissions(gradebook, [assignment]):
            student = submission.student.id
            if student not in notes:
                continue
            result = Result(student, assignment, notes=list(notes[student]), new=False)
            fill_in(result, gradebook)
            if result.state == FAILED or not _is_as_recorded(course, gradebook, result):
                continue
            found[student] = result
            if is_outdated(course, gradebook, assignment, student):
                outdated.add(student)
    return {student: found[student] for student in notes if student in found}, outdated


def is_outdated(course: Course, gradebook: Gradebook, assignment: str, student: str) -> bool:
    """Whether marks, comments or a due date changed after the page was written, or it is gone."""
    if not any(course.feedback(student, assignment).glob("*.html")):
        return True
    return _has_changed(course, gradebook.find_submission(assignment, student))


def _has_changed(course: Course, submission: SubmittedAssignment) -> bool:
    """Whether people have decided anything about a submission since it was recorded."""
    recorded = _recorded(course, submission.assignment.name, submission.student.id)
    return recorded.get("marks") != marks.digest(submission)


def count_penalties(course: Course, assignments: list[str]) -> None:
    """Bring the penalties up to date with marks and due dates, without writing pages."""
    with course.gradebook() as gradebook:
        changed = [
            (submission.assignment.name, submission.student.id)
            for submission in marks.submissions(gradebook, assignments)
            if marks.was_graded(submission) and _has_changed(course, submission)
        ]
    for assignment, student in changed:
        penalties.count_again(course, assignment, student)


def bring_up_to_date(course: Course, result: Result) -> None:
    """Write a page again, with today's penalty, without examining anything; the result says so."""
    assignment, student = result.assignment, result.student
    try:
        penalties.count_again(course, assignment, student)
    except CourseProblem as problem:
        result.notes.append(str(problem))
        return
    with course.gradebook() as gradebook:
        now = marks.digest(gradebook.find_submission(assignment, student))
    done = run(GenerateFeedback, course, assignment, student)
    if done.error:
        result.notes.append(f"no feedback page: {first_line(done.error)}")
        return
    fingerprints.change(course, assignment, student, marks=now)
    result.page_is_new = True
    LOGGER.info("%s %s: feedback page written again", assignment, student)


def _is_as_recorded(course: Course, gradebook: Gradebook, result: Result) -> bool:
    """Whether the gradebook has the points that were recorded, and the graded notebook is there."""
    submission = gradebook.find_submission(result.assignment, result.student)
    points = _recorded(course, result.assignment, result.student).get("auto_scores")
    graded = course.autograded(result.student, result.assignment)
    return points == marks.auto_scores(submission) and any(graded.glob("*.ipynb"))


def _recorded(course: Course, assignment: str, student: str) -> dict[str, Any]:
    data = fingerprints.last(course.root, assignment, student)
    return data if isinstance(data, dict) else {}
