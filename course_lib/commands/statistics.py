"""``course statistics``"""

from typing import Annotated

import typer

from course_lib.commands.names import shown


def statistics(name: Annotated[str, typer.Argument(help="The assignment.")]) -> None:
    """Show what a graded class found hard: points by question, the checks that many failed."""
    from rich.console import Console

    from course_lib.grading.classroom.course import Course
    from course_lib.grading.classroom.statistics import counts, page
    from course_lib.grading.classroom.whole_file import write_page

    course = Course.find()
    course.check_gradebook()
    found = counts.count(course, name)
    path = course.root / f"statistics-{name}.html"
    write_page(path, page.page(name, found))
    Console().print(page.table(found))
    for one in found.hard():
        typer.echo(f"{one.question}, {one.name}: failed by {one.failed} of {one.asked}")
    typer.echo(f"With what they read: {shown(path, course.root)}")
