"""Write the students' version of an assignment, and record its questions in the gradebook."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from course_lib.grading.classroom import fingerprints, students_work
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.run_converter import first_line, run
from course_lib.grading.errors import CourseProblem


def release(
    course: Course, assignment: str, say: Callable[[str], None] = lambda sentence: None
) -> Path:
    """Write the students' version of ``assignment`` and record its questions in the gradebook.

    Returns the folder that was written. It replaces the old one only when all went well. What
    somebody wrote into the old one is kept beside it; ``say`` is told where. ``CourseProblem`` says
    why nothing was released.
    """
    target = course.release_folder(assignment)
    with _generated(course, assignment, "was not released") as folder:
        try:
            own = students_work.own_files(course, assignment, folder)
            kept = _free_name(target) if own else None
            _replace(target, folder, kept)
        except OSError as error:
            raise CourseProblem(
                f"{assignment} was not released: {target} can't be replaced ({error})"
            ) from error
    if kept is not None:
        say(f"{target.name} had been changed after its release ({', '.join(own)}): {kept} keeps it")
    students_work.remember(course, assignment)
    return target


def _free_name(target: Path) -> Path:
    """The first name beside ``target`` that nothing has, for what is kept."""
    names = (target.with_name(f"{target.name}.kept-{number}") for number in itertools.count(1))
    return next(name for name in names if not name.exists())


def register(course: Course, assignment: str) -> None:
    """Record the questions of ``assignment`` in the gradebook, unless it has them as they are."""
    digest = fingerprints.fingerprint(course, course.source(assignment))
    key = f"{assignment}.source", "source"
    known = fingerprints.read(course, *key, digest)
    if known and known == _cells(course, assignment):
        return
    with _generated(course, assignment, "can't be used"):
        fingerprints.write(course, *key, digest, _cells(course, assignment))


def _cells(course: Course, assignment: str) -> str:
    """A digest of the cells that the gradebook has, which may be an older copy or another's."""
    with course.gradebook() as gradebook:
        found = [one for one in gradebook.assignments if one.name == assignment]
        cells = sorted(
            (notebook.name, cell.name, str(about))
            for one in found
            for notebook in one.notebooks
            for cell, about in [
                *((cell, cell.source) for cell in notebook.source_cells),
                *((cell, cell.max_score) for cell in notebook.grade_cells),
            ]
        )
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest() if cells else ""


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


def _replace(target: Path, new: Path, kept: Path | None) -> None:
    """Put the folder ``new`` at ``target``; what was there comes back if that fails.

    kept: where it goes if it doesn't.
    """
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
        if there and kept is not None:
            old.rename(kept)
