"""The grades of a class as a CSV file, for a spreadsheet, Moodle or Canvas.

``MoodleExport`` and ``CanvasExport`` are nbgrader's export plugins:
``nbgrader export --exporter=course_lib.grading.classroom.exports.MoodleExport --to=moodle.csv``.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry, Student
from nbgrader.plugins import CsvExportPlugin, ExportPlugin

from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem


class TableExport(ExportPlugin):
    """A row for each student, a column for each assignment.

    Who handed in nothing has an empty cell, which changes nothing on import.
    """

    columns: tuple[str, ...] = ()
    default_name = "grades.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file ``to``; of all students and assignments, or those that are named."""
        names = [str(name) for name in self.assignment]
        names = sorted(names or [assignment.name for assignment in gradebook.assignments])
        wanted = {str(student) for student in self.student}
        with open(self.to or self.default_name, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow([*self.columns, *names])
            rows.writerows(self.more_head(gradebook, names))
            for student in gradebook.students:
                if student.id in wanted or not wanted:
                    scores = [_score(gradebook, name, student.id) for name in names]
                    rows.writerow([*self.about(student), *scores])

    def more_head(self, gradebook: Gradebook, names: list[str]) -> Iterator[list[Any]]:
        """Rows between the names of the columns and the students."""
        yield from ()

    def about(self, student: Student) -> list[str]:
        """What stands in the ``columns`` of a student."""
        raise NotImplementedError


class MoodleExport(TableExport):
    """What Moodle's import of grades knows: students by their ID number."""

    columns = ("First name", "Last name", "ID number", "Email address")
    default_name = "moodle.csv"

    def about(self, student: Student) -> list[str]:
        return [student.first_name or "", student.last_name or "", student.id, student.email or ""]


class CanvasExport(TableExport):
    """What Canvas's import of grades knows: students by their login, with the points possible."""

    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    default_name = "canvas.csv"

    def more_head(self, gradebook: Gradebook, names: list[str]) -> Iterator[list[Any]]:
        max_scores = [gradebook.find_assignment(name).max_score for name in names]
        yield ["    Points Possible", "", "", "", "", *max_scores]

    def about(self, student: Student) -> list[str]:
        name = ", ".join(filter(None, [student.last_name, student.first_name])) or student.id
        return [name, student.lms_user_id or "", student.id, student.id, ""]


NBGRADER, MOODLE, CANVAS = "nbgrader", "moodle", "canvas"
LAYOUTS: dict[str, type[ExportPlugin]] = {
    NBGRADER: CsvExportPlugin,
    MOODLE: MoodleExport,
    CANVAS: CanvasExport,
}


def export(
    course: Course, to: str | Path, assignments: Collection[str] = (), layout: str = NBGRADER
) -> Path:
    """Write all grades, or those of ``assignments``, to the CSV file ``to``; returns its path.

    layout: a row for each submission as nbgrader has it, or a row for each student in the columns
    that Moodle's or Canvas's import knows. The file is complete or not there; an older one is
    replaced. ``CourseProblem`` if it can't be written or there is nothing to write.
    """
    to = Path(to).resolve()
    if layout not in LAYOUTS:
        raise CourseProblem(f"layout is {layout!r}, wanted one of {', '.join(LAYOUTS)}.")
    if not to.parent.is_dir():
        raise CourseProblem(f"{to} can't be written: there is no folder {to.parent}.")
    if to.is_dir():
        raise CourseProblem(f"{to} is a folder, wanted the name of a file.")
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with course.gradebook() as gradebook:
            if not gradebook.assignments:
                raise CourseProblem(
                    "The gradebook is empty: grade an assignment first, with `course grade NAME`."
                )
            known = [assignment.name for assignment in gradebook.assignments]
            for name in assignments:
                if name not in known:
                    raise CourseProblem(f"The gradebook has no {name!r}, only {', '.join(known)}.")
            LAYOUTS[layout](to=str(draft), assignment=list(assignments)).export(gradebook)
        draft.replace(to)
    except OSError as error:
        raise CourseProblem(f"{to} can't be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return to


def unmarked(course: Course, assignments: Collection[str] = ()) -> list[tuple[str, str]]:
    """Submissions with an answer that nobody has marked by hand yet: [(assignment, student)].

    Their grades are those of the tests alone. assignments: as for ``export``.
    """
    with course.gradebook() as gradebook:
        return [
            (assignment.name, submission.student.id)
            for assignment in gradebook.assignments
            if assignment.name in assignments or not assignments
            for submission in assignment.submissions
            if submission.needs_manual_grade
        ]


def _score(gradebook: Gradebook, assignment: str, student: str) -> float | str:
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return ""
    return max(0.0, submission.score - (submission.late_submission_penalty or 0.0))
