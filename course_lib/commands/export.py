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
) -> None:
    """Write the grades into a CSV file, in the columns that nbgrader, Moodle or Canvas use."""
    from course_lib.grading.classroom import exports
    from course_lib.grading.classroom.course import Course

    course = Course.find()
    course.check_gradebook()
    path = exports.export(course, to, names or (), layout)
    typer.echo(f"wrote {shown(path, Path.cwd())}")
    if waiting := exports.unmarked(course, names or ()):
        who = ", ".join(f"{student} ({name})" for name, student in waiting[:NAMED])
        more = ", ..." if len(waiting) > NAMED else ""
        typer.echo(
            f"{len(waiting)} of these grades lack marks by hand, given in the formgrader: "
            f"{who}{more}",
            err=True,
        )
