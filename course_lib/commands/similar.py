"""``course similar``"""

from typing import Annotated

import typer

from course_lib.commands.names import shown


def similar(name: Annotated[str, typer.Argument(help="The assignment.")]) -> None:
    """Show answers of a graded class that are alike, side by side: a reason to talk, no finding.

    What the release, the solution, the corpus or many of the class have is not counted.
    """
    from rich.console import Console

    from course_lib.grading.classroom.course import Course
    from course_lib.grading.classroom.similarity import answers, page, pairs
    from course_lib.grading.classroom.whole_file import write_page

    course = Course.find()
    work = answers.of_class(course, name)
    found = pairs.compare(work, answers.known(course, name))
    path = course.root / f"similar-{name}.html"
    write_page(path, page.page(name, found))
    if found:
        Console().print(page.table(found))
        typer.echo(page.MEANING)
        typer.echo(f"Side by side: {shown(path, course.root)}")
    else:
        typer.echo(f"No two of {len(work)} submissions have answers that are alike.")
