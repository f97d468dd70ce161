"""``course export``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.names import shown

NAMED = 10  # students in a line


def export(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = Path("grades.csv"),
    layout: Annotated[str, typer.Option(help="nbgrader, moodle or canvas.")] = "nbgrader",
    template: Annotated[
        Path | None, typer.Option(help="For canvas: a gradebook exported from there, to fill in.")
    ] = None,
) -> None:
    """Write the grades into a CSV file, in the columns that nbgrader, Moodle or Canvas use.

    What could not be graded has an empty cell, which changes nothing on import.
    """
    from course_lib.grading.classroom import exports, incomplete
    from course_lib.grading.classroom.course import Course

    course, names = Course.find(), names or []
    course.check_gradebook()
    path = exports.export(course, to, names, layout, template)
    typer.echo(f"wrote {shown(path, Path.cwd())}")
    waiting = incomplete.unmarked(course, names)
    _warn(f"{len(waiting)} of these grades lack marks by hand, given in the formgrader", waiting)
    for name, student, why in (failed := incomplete.failed(course, names))[:NAMED]:
        typer.echo(f"No points for {_who(name, student)}: {why}", err=True)
    if len(failed) > NAMED:
        typer.echo(f"Nor for {len(failed) - NAMED} others; `course grade` names them.", err=True)
    gone = incomplete.gone(course, names)
    _warn("In the gradebook, but their folders are not there any more (renamed?)", gone)
    if template is not None:
        others = incomplete.not_in_template(course, template, names)
        _warn(f"Not exported, because {template} does not have them", others)


def _warn(what: str, who: list[tuple[str, str]]) -> None:
    """A line with the first of those whom it is about: [(assignment, student)]."""
    if who:
        listed = ", ".join(_who(*one) for one in who[:NAMED])
        typer.echo(f"{what}: {listed}{', ...' if len(who) > NAMED else ''}", err=True)


def _who(name: str, student: str) -> str:
    from course_lib.grading.submissions.files import printable

    return f"{printable(student)} ({name})"
