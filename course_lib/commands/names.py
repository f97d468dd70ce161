"""Names on the command line: assignments that are checked, paths that are short."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.grading.classroom.course import Course


def chosen(course: Course, names: list[str] | None) -> list[str]:
    """The assignments that were named, all of the course's if none was.

    ``CourseProblem`` if there is one that the course has not, or the course has none at all.
    """
    for name in names or []:
        course.check_assignment(name)
    names = names or course.assignments
    if not names:
        from course_lib.grading.errors import CourseProblem

        raise CourseProblem(f"There are no assignments in {course.source('*').parent.name}/.")
    return names


def shown(path: Path, root: Path) -> Path:
    """A path as short as can be: relative to ``root`` where it lies in there."""
    return path.relative_to(root) if path.is_relative_to(root) else path
