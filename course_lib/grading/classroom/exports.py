"""The grades of a class as a CSV file, for a spreadsheet, Moodle or Canvas."""

import csv
import os
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import CsvExportPlugin

from course_lib.grading.classroom.course import course_directory, open_gradebook
from course_lib.grading.errors import CourseProblem

NBGRADER, MOODLE, CANVAS = "nbgrader", "moodle", "canvas"
LAYOUTS = (NBGRADER, MOODLE, CANVAS)


def export(root, to, assignments=(), layout=NBGRADER):
    """Write all grades, or those of ``assignments``, to the CSV file ``to``; returns its path.

    layout: a row for each submission as nbgrader has it, or a row for each student in the columns
    that Moodle's or Canvas's import knows; there, who handed in nothing has an empty cell, which
    changes nothing on import. The file is complete or not there; an older one is replaced.
    ``CourseProblem`` if it can't be written or there is nothing to write.
    """
    directory, to = course_directory(root), Path(to).resolve()
    if layout not in LAYOUTS:
        raise CourseProblem(f"layout is {layout!r}, wanted one of {', '.join(LAYOUTS)}.")
    if not to.parent.is_dir():
        raise CourseProblem(f"{to} can't be written: there is no folder {to.parent}.")
    if to.is_dir():
        raise CourseProblem(f"{to} is a folder, wanted the name of a file.")
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with open_gradebook(directory) as gradebook:
            if not gradebook.assignments:
                raise CourseProblem(
                    "The gradebook is empty: grade an assignment first, with `course grade NAME`."
                )
            known = [assignment.name for assignment in gradebook.assignments]
            for name in assignments:
                if name not in known:
                    raise CourseProblem(f"The gradebook has no {name!r}, only {', '.join(known)}.")
            if layout == NBGRADER:
                plugin = CsvExportPlugin(to=str(draft), assignment=list(assignments))
                plugin.export(gradebook)
            else:
                with open(draft, "w", newline="", encoding="utf-8") as file:
                    rows = _table(gradebook, sorted(assignments or known), layout)
                    csv.writer(file).writerows(rows)
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return to


def unmarked(root, assignments=()):
    """Submissions with an answer that nobody has marked by hand yet: [(assignment, student)].

    Their grades are those of the tests alone. assignments: as for ``export``.
    """
    with open_gradebook(course_directory(root)) as gradebook:
        return [
            (assignment.name, submission.student.id)
            for assignment in gradebook.assignments
            if assignment.name in assignments or not assignments
            for submission in assignment.submissions
            if submission.needs_manual_grade
        ]


def _table(gradebook, assignments, layout):
    """The header and a row for each student."""
    if layout == MOODLE:
        yield ["First name", "Last name", "ID number", "Email address", *assignments]
    else:
        yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *assignments]
        most = [gradebook.find_assignment(name).max_score for name in assignments]
        yield ["    Points Possible", "", "", "", "", *most]
    for student in gradebook.students:
        first, last = student.first_name or "", student.last_name or ""
        scores = [_score(gradebook, name, student.id) for name in assignments]
        if layout == MOODLE:
            yield [first, last, student.id, student.email or "", *scores]
        else:
            name = ", ".join(filter(None, [last, first])) or student.id
            yield [name, student.lms_user_id or "", student.id, student.id, "", *scores]


def _score(gradebook, assignment, student):
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return ""
    return max(0.0, submission.score - (submission.late_submission_penalty or 0.0))
