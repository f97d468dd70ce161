"""What somebody wrote into a released folder: a new release must not take it away."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, find_all_files

from course_lib.grading.classroom import fingerprints
from course_lib.grading.classroom.course import Course
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.testing.contract import cell_name


def remember(course: Course, assignment: str) -> None:
    """Remember the release as it was written, to know it again."""
    digest = fingerprints.fingerprint(course, course.release_folder(assignment))
    fingerprints.write(course, *_key(assignment), digest, {})


def own_files(course: Course, assignment: str, new: Path) -> list[str]:
    """The files in the released folder that are neither as they were released nor as in ``new``.

    A notebook that was only run, or that an older release wrote, is not among them.
    """
    folder = course.release_folder(assignment)
    if not folder.is_dir():
        return []
    digest = fingerprints.fingerprint(course, folder)
    if fingerprints.read(course, *_key(assignment), digest) is not None:
        return []
    paths = [Path(path) for path in find_all_files(str(folder), course.directory.ignore)]
    return sorted(
        str(path.relative_to(folder))
        for path in paths
        if _is_own(path, new / path.relative_to(folder))
    )


def _key(assignment: str) -> tuple[str, str]:
    return f"{assignment}.release", "release"


def _is_own(old: Path, new: Path) -> bool:
    if old.suffix != ".ipynb" or not new.exists():
        return not new.exists() or old.read_bytes() != new.read_bytes()
    try:
        cells, others = read(old).cells, read(new).cells
    except Unreadable:
        return True
    known = {cell.source.strip() for cell in others} | {""}
    return not all(cell.source.strip() in known or _is_untouched(cell) for cell in cells)


def _is_untouched(cell: NotebookNode) -> bool:
    """Whether a cell is as some release had it."""
    if not cell_name(cell):
        return False
    return cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
