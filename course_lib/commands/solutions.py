"""``course solutions``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.names import shown


def solutions(
    names: Annotated[list[str], typer.Argument(help="Assignments.")],
    to: Annotated[Path, typer.Option(help="The folder to write into.")] = Path("solution_pages"),
    with_tests: Annotated[
        bool, typer.Option("--with-tests", help="Also hidden tests and marking guides.")
    ] = False,
) -> None:
    """Write the solutions as pages, to hand out after the deadline.

    They are run first, so that their pictures are there. A page needs no network.
    """
    from course_lib.grading.classroom.course import Course
    from course_lib.grading.classroom.solutions import write_pages
    from course_lib.training.progress_bar import progress

    course = Course.find()
    for name in names:
        course.check_assignment(name)
    for name in progress(names, label="solutions"):
        for page in write_pages(course, name, to, with_tests):
            typer.echo(f"wrote {shown(page, Path.cwd())}")
