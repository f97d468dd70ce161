"""The first step of grading: what was handed in becomes notebooks that can be examined.

No gradebook and nobody's code: files in, notebooks out.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import find_all_files

from course_lib.grading.classroom.course import Course
from course_lib.grading.examination.exams import files_beside
from course_lib.grading.submissions.files import NOTEBOOK, copy_ordinary_files, put_in_place
from course_lib.grading.submissions.finding import contents, find_notebooks, other_files
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.submissions.released import ReleasedNotebook, released_notebook
from course_lib.grading.submissions.restoring import restore

TAKEN_IN = ".taken-in"  # where submissions are while they are graded


@dataclass(frozen=True)
class ReleasedAssignment:
    """What was handed out: notebooks by name, and the instructor's files beside them."""

    name: str
    notebooks: dict[str, ReleasedNotebook]
    files: dict[str, Path]


@dataclass
class Submission:
    """A submission on its way: prepared, then examined, then recorded.

    folder: a copy of its ordinary files. notebooks: those that are graded, by name. files: what
    lies beside them when they run. notes: what the instructor should know. error: why it can't be
    graded.
    """

    student: str
    folder: Path
    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    error: Exception | None = None


def released_assignment(course: Course, assignment: str) -> ReleasedAssignment:
    """``assignment`` as the gradebook and the source have it."""
    directory = course.directory
    with course.gradebook() as gradebook:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
        notebooks = {
            name: released_notebook(gradebook, directory, assignment, name) for name in names
        }
    source = course.source(assignment)
    students_own = course.config.Autograde.get("exclude_overwriting", {}).get(assignment, [])
    files = {
        os.path.relpath(path, source): Path(path)
        for path in find_all_files(str(source), [*directory.ignore, "*.ipynb"])
    }
    files = {name: path for name, path in files.items() if name not in students_own}
    return ReleasedAssignment(assignment, notebooks, files)


@contextmanager
def working_folder(course: Course) -> Iterator[str]:
    """Where a run keeps the submissions that it is grading: a step, as nbgrader calls its folders.

    It belongs to this run alone, and goes with it. What runs left that were killed goes now: a
    folder is locked for as long as its run lives.
    """
    parent = course.root / TAKEN_IN
    lock = ExitStack()
    with locked(course.root):
        parent.mkdir(exist_ok=True)
        for old in parent.iterdir():
            with suppress(OSError), locked(old, fcntl.LOCK_NB):
                remove(old)
        folder = Path(tempfile.mkdtemp(dir=parent, prefix="run-"))
        lock.enter_context(locked(folder))
    try:
        yield str(folder.relative_to(course.root))
    finally:
        with locked(course.root):
            lock.close()
            remove(folder)
            with suppress(OSError):  # another run is at work
                parent.rmdir()


@contextmanager
def locked(folder: Path, more: int = 0) -> Iterator[None]:
    """Keep other runs waiting for as long as this one needs ``folder``, or lives."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | more)
        yield
    finally:
        os.close(opened)


def remove(folder: Path) -> None:
    """Remove a folder of submissions."""
    shutil.rmtree(folder, ignore_errors=True)


def prepare(
    student: str, submitted: Path, folder: Path, released: ReleasedAssignment, max_bytes: int
) -> Submission:
    """Copy what was handed in to ``folder`` and put its notebooks back in order.

    max_bytes: of the files beside the notebooks. Never raises for what is wrong with them.
    """
    submission = Submission(student, folder)
    try:
        _check_id(student)
        left_out = _copied(submitted, folder)
        submission.notes += [f"{what}: left out" for what in left_out]
        found, notes = find_notebooks(folder, released.notebooks)
        submission.notes += [*notes, *_missing(submission, released, found)]
        graded = [f"{name}{NOTEBOOK}" for name in released.notebooks]
        known = {*released.files, *graded}
        for name, path in found.items():
            notebook = read(path)
            submission.notes += restore(notebook, released.notebooks[name])
            submission.notes += other_files(path, notebook, released.notebooks[name], known)
            nbformat.write(notebook, path)
            submission.notebooks[name] = notebook
        put_in_place(released.files.items(), folder)
        submission.files, left_out = files_beside(folder, max_bytes, graded)
        submission.notes += left_out
    except Exception as error:  # whatever it is, it costs this submission and no other
        submission.error = error
    return submission


def _check_id(student: str) -> None:
    """``Unreadable`` if nbgrader can't have the name of a student's folder as an id."""
    try:
        student.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("the name of the student's folder is no text in UTF-8.") from error
    if len(student.splitlines()) > 1:
        raise Unreadable("the name of the student's folder has more than one line.")


def _copied(submitted: Path, folder: Path) -> list[str]:
    """Copy what was handed in; what was left out. ``Unreadable`` if there is no folder to read."""
    try:
        if submitted.is_symlink():
            raise Unreadable("what was handed in is a link, not the folder itself.")
        return copy_ordinary_files(submitted, folder)
    except OSError as error:
        if str(error.filename) != str(submitted):
            raise
        raise Unreadable(
            f"the folder that was handed in can't be opened: {error.strerror}."
        ) from error


def _missing(
    submission: Submission, released: ReleasedAssignment, found: Iterable[str]
) -> list[str]:
    """Notes on notebooks that are missing; ``Unreadable`` if all are."""
    missing = [f"{name}.ipynb" for name in released.notebooks if name not in found]
    if found:
        return [f"{name} is missing: no points for it" for name in missing]
    there = contents(submission.folder)
    if not there:
        there = "nothing of it can be read" if submission.notes else "the folder is empty"
    raise Unreadable(f"{' and '.join(missing)} is missing: {there}.")
