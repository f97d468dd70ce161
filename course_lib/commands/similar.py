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
    from course_lib.grading.errors import CourseProblem

    course = Course.find()
    work = answers.of_class(course, name)
    found = pairs.compare(work, answers.known(course, name))
    path = course.root / f"similar-{name}.html"
    draft = path.with_suffix(".draft")
    try:
        draft.write_text(page.page(name, found), encoding="utf-8", errors="backslashreplace")
        draft.replace(path)
    except OSError as error:
        raise CourseProblem(f"{path} can't be written ({error.strerror}).") from error
    if found:
        Console().print(page.table(found))
        typer.echo(page.MEANING)
        typer.echo(f"Side by side: {shown(path, course.root)}")
    else:
        typer.echo(f"No two of {len(work)} submissions have answers that are alike.")
