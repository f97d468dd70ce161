"""The feedback pages of a class, in an archive that a learning platform gives out again.

Moodle (*Upload multiple feedback files in a zip*) and Canvas (*Upload Submissions*) take files
whose names begin as those of the download did, so the download says how each student's are called.
Sources: mod/assign/feedback/file/importziplib.php of Moodle;
``infer_comment_context_from_filename`` in Canvas's app/models/abstract_assignment.rb.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.grading.classroom.collecting.collect import Collected, Files, by_student
from course_lib.grading.classroom.collecting.downloads import read_download
from course_lib.grading.classroom.collecting.roster import Roster
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.whole_file import whole_file
from course_lib.grading.errors import CourseProblem
from course_lib.grading.submissions.files import NOTEBOOK, shown

TAKING = ("moodle", "canvas")  # platforms that take files back


@dataclass
class HandedBack:
    """Who gets pages, and a sentence for everybody who doesn't, or should not be forgotten."""

    students: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def hand_back(course: Course, assignment: str, download: Path, layout: str, to: Path) -> HandedBack:
    """Write the pages of all who are in ``download`` into the zip file ``to``.

    download: the file or folder that was collected. layout: "moodle" or "canvas". ``CourseProblem``
    if there is no such assignment, layout or download, or ``to`` can't be written.
    """
    if layout not in TAKING:
        raise CourseProblem(f"--from: wanted {' or '.join(TAKING)}; got {layout!r}.")
    course.check_assignment(assignment)
    with course.gradebook() as gradebook:
        roster = Roster.of(gradebook)
    told, done = Collected(), HandedBack()
    found = by_student(read_download(download), assignment, layout, roster, told)
    done.problems += told.problems
    pages: dict[str, Path] = {}
    for student, files in sorted(found.items()):
        theirs = sorted(course.feedback(student, assignment).glob("*.html"))
        if theirs:
            done.students.append(student)
            pages |= {f"{_beginning(files)}{page.name}": page for page in theirs}
        else:
            done.problems.append(f"{shown(student)}: there is no feedback page yet")
    for student in sorted({*course.students(assignment)} - found.keys()):
        if any(course.feedback(student, assignment).glob("*.html")):
            done.problems.append(f"{shown(student)} has a page, and is not in the download")
    if pages:
        with whole_file(to) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, page in pages.items():
                archive.write(page, name)
    return done


def _beginning(files: Files) -> str:
    """How the names of a student's files begin: those of the notebook, if there is one."""
    by_kind = sorted(files, key=lambda one: one[0].path.suffix != NOTEBOOK)
    return by_kind[0][0].back
