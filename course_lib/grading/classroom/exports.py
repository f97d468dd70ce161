"""The grades of a class as a CSV file, for a spreadsheet, Moodle or Canvas.

``GradesExport``, ``MoodleExport`` and ``CanvasExport`` are nbgrader's export plugins:
``nbgrader export --exporter=course_lib.grading.classroom.exports.MoodleExport --to=moodle.csv``.
All write UTF-8 without a byte order mark. What failed, or has no points of the tests, is empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from course_lib.grading.classroom import marks, unchanged
from course_lib.grading.classroom.canvas_template import CanvasTemplate
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.incomplete import failure, problem
from course_lib.grading.classroom.whole_file import whole_file
from course_lib.grading.errors import CourseProblem

FORMULA = re.compile(r"[=+\-@\t\r]")  # how a cell begins that a spreadsheet computes
NUMBER = re.compile(r"[+-][\d .,]+")


class Export(ExportPlugin):
    """What the layouts share: which assignments and students, and what a submission is worth."""

    default_name = "grades.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file ``to``; of all students and assignments, or those that are named."""
        names = {str(name) for name in self.assignment}
        wanted = {str(student) for student in self.student}
        assignments = sorted(gradebook.assignments, key=lambda one: one.name)
        assignments = [one for one in assignments if one.name in names or not names]
        students = [one for one in gradebook.students if one.id in wanted or not wanted]
        self.submissions = {
            (one.assignment.name, one.student.id): one
            for one in marks.submissions(gradebook, names)
        }
        with open(self.to or self.default_name, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            for row in self.rows(assignments, students):
                rows.writerow([harmless(cell) for cell in row])

    def rows(self, assignments: list[Assignment], students: list[Student]) -> Iterator[list[Any]]:
        """The rows of the file, the names of the columns first."""
        raise NotImplementedError

    def points(
        self, assignment: str, student: str
    ) -> tuple[SubmittedAssignment | None, str | None]:
        """A submission, None if there is none, and why it has no points, None if it has."""
        submission = self.submissions.get((assignment, student))
        if submission is None:
            return None, failure(self._root(), assignment, student)
        return submission, problem(self._root(), submission)

    def _root(self) -> str:
        """The course's folder: nbgrader's own application has it too."""
        parent = self.parent
        directory = parent if isinstance(parent, CourseDirectory) else parent and parent.coursedir
        return directory.root if directory else "."


class GradesExport(Export):
    """nbgrader's own columns, a row for each student and assignment, with every text quoted."""

    columns = (
        *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
        *("raw_score", "late_submission_penalty", "score", "max_score"),
    )

    def rows(self, assignments: list[Assignment], students: list[Student]) -> Iterator[list[Any]]:
        yield list(self.columns)
        for assignment in assignments:
            for student in students:
                submission, why = self.points(assignment.name, student.id)
                about = [assignment.name, assignment.duedate, submission and submission.timestamp]
                about += [student.id, student.last_name, student.first_name, student.email]
                if why:
                    scores: list[Any] = ["", "", ""]
                elif submission is None:
                    scores = [0.0, 0.0, 0.0]
                else:
                    penalty = submission.late_submission_penalty or 0.0
                    scores = [submission.score, penalty, _score(submission)]
                yield [*about, *scores, assignment.max_score]


class TableExport(Export):
    """A row for each student, a column for each assignment.

    Who handed in nothing has an empty cell, which changes nothing on import.
    """

    columns: tuple[str, ...] = ()

    def rows(self, assignments: list[Assignment], students: list[Student]) -> Iterator[list[Any]]:
        yield [*self.columns, *(one.name for one in assignments)]
        yield from self.more_head(assignments)
        for student in students:
            yield [*self.about(student), *self.scores(assignments, student.id)]

    def scores(self, assignments: list[Assignment], student: str) -> Iterator[float | str]:
        """A student's cell for each assignment."""
        for one in assignments:
            submission, why = self.points(one.name, student)
            yield "" if why or submission is None else _score(submission)

    def more_head(self, assignments: list[Assignment]) -> Iterator[list[Any]]:
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
    """What Canvas's import of grades knows: students by their ids, with the points possible."""

    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    default_name = "canvas.csv"
    template = Unicode(
        "", help="a file that Canvas exported, whose students and columns are filled in"
    ).tag(config=True)

    def rows(self, assignments: list[Assignment], students: list[Student]) -> Iterator[list[Any]]:
        if not self.template:
            yield from super().rows(assignments, students)
            return
        template = CanvasTemplate.read(self.template)
        columns = template.columns_of([one.name for one in assignments])
        yield from template.head(columns)
        for row, student in template.students(students):
            scores = self.scores(assignments, student) if student else [""] * len(columns)
            yield [*template.about(row), *scores]

    def more_head(self, assignments: list[Assignment]) -> Iterator[list[Any]]:
        yield ["    Points Possible", "", "", "", "", *(one.max_score for one in assignments)]

    def about(self, student: Student) -> list[str]:
        name = ", ".join(filter(None, [student.last_name, student.first_name])) or student.id
        return [name, student.lms_user_id or "", student.id, student.id, ""]


NBGRADER, MOODLE, CANVAS = "nbgrader", "moodle", "canvas"
LAYOUTS: dict[str, type[Export]] = {
    NBGRADER: GradesExport,
    MOODLE: MoodleExport,
    CANVAS: CanvasExport,
}


def export(
    course: Course,
    to: str | Path,
    assignments: Collection[str] = (),
    layout: str = NBGRADER,
    template: str | Path | None = None,
) -> Path:
    """Write all grades, or those of ``assignments``, to the CSV file ``to``; returns its path.

    layout: a row for each submission as nbgrader has it, or a row for each student in the columns
    that Moodle's or Canvas's import knows. template: a file that Canvas exported, whose students
    and columns are filled in. Late days are counted anew. The file is complete or not there; an
    older one is replaced. ``CourseProblem`` if it can't be written or there is nothing to write.
    """
    to = Path(to).resolve()
    if layout not in LAYOUTS:
        raise CourseProblem(f"layout is {layout!r}, wanted one of {', '.join(LAYOUTS)}.")
    if template is not None and layout != CANVAS:
        raise CourseProblem(f"A template goes with the layout {CANVAS}, not with {layout}.")
    if not to.parent.is_dir():
        raise CourseProblem(f"{to} can't be written: there is no folder {to.parent}.")
    if to.is_dir():
        raise CourseProblem(f"{to} is a folder, wanted the name of a file.")
    with whole_file(to) as draft:
        names = _known(course, assignments)
        unchanged.count_penalties(course, names)
        plugin = LAYOUTS[layout](parent=course.directory, to=str(draft), assignment=names)
        if template is not None:
            plugin.template = str(template)
        with course.gradebook() as gradebook:
            plugin.export(gradebook)
    return to


def _known(course: Course, assignments: Collection[str]) -> list[str]:
    """``assignments``, or all that the gradebook has; ``CourseProblem`` if it lacks one."""
    with course.gradebook() as gradebook:
        known = [assignment.name for assignment in gradebook.assignments]
    if not known:
        raise CourseProblem(
            "The gradebook is empty: grade an assignment first, with `course grade NAME`."
        )
    for name in assignments:
        if name not in known:
            raise CourseProblem(f"The gradebook has no {name!r}, only {', '.join(known)}.")
    return list(assignments) or known


def harmless(cell: Any) -> Any:
    """A cell of a table; a text that a spreadsheet would compute has an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _score(submission: SubmittedAssignment) -> float:
    return max(0.0, submission.score - (submission.late_submission_penalty or 0.0))
