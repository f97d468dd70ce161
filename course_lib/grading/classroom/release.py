"""Write the students' version of an assignment, and record its questions in the gradebook."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from course_lib.grading.classroom import fingerprints
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.run_converter import first_line, run
from course_lib.grading.errors import CourseProblem


def release(course: Course, assignment: str) -> Path:
    """Write the students' version of ``assignment`` and record its questions in the gradebook.

    Returns the folder that was written. It replaces the old one only when all went well.
    ``CourseProblem`` says why it did not.
    """
    target = course.release_folder(assignment)
    with _generated(course, assignment, "was not released") as folder:
        try:
            _replace(target, folder)
        except OSError as error:
            raise CourseProblem(
                f"{assignment} was not released: {target} can't be replaced ({error})"
            ) from error
    return target


def register(course: Course, assignment: str) -> None:
    """Record the questions of ``assignment`` in the gradebook, unless it has them as they are."""
    digest = fingerprints.fingerprint(course, course.source(assignment))
    with course.gradebook() as gradebook:
        known = any(one.name == assignment and one.notebooks for one in gradebook.assignments)
    key = f"{assignment}.source", "source"
    if known and fingerprints.read(course, *key, digest) is not None:
        return
    with _generated(course, assignment, "can't be used"):
        fingerprints.write(course, *key, digest, {})


@contextmanager
def _generated(course: Course, assignment: str, problem: str) -> Iterator[Path]:
    """The students' version in a folder that goes away."""
    with tempfile.TemporaryDirectory(dir=course.root, prefix=".release-") as folder:
        done = run(GenerateAssignment, course, assignment, release_directory=Path(folder).name)
        if done.error:
            why = f"{first_line(done.error)}{_way_out(done.error, assignment)}"
            raise CourseProblem(f"{assignment} {problem}: {why}")
        yield Path(folder, assignment)


def _way_out(error: BaseException, assignment: str) -> str:
    """What to do where nbgrader won't let questions change their names any more."""
    if "Cannot add or remove cells" not in str(error):
        return ""
    return (
        ". Give its cells their old names back in the source. Or begin again with this assignment: "
        f"`nbgrader db assignment remove {assignment} --force` takes its grades out of the "
        "gradebook, marks given by hand too (write them down with `course export`); then release "
        "and grade it anew"
    )


def _replace(target: Path, new: Path) -> None:
    """Put the folder ``new`` at ``target``; what was there comes back if that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".release-") as folder:
        ready, old = Path(folder, "new"), Path(folder, "old")
        shutil.move(new, ready)
        there = target.exists()
        if there:
            target.rename(old)
        try:
            ready.rename(target)
        except OSError:
            if there:
                old.rename(target)
            raise
