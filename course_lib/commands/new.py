"""``course new lecture`` and ``course new assignment``"""

from typing import Annotated

import typer

from course_lib.commands.names import shown


def lecture(
    name: Annotated[str, typer.Argument(help="Number and name, such as 13_autoencoders.")],
) -> None:
    """Write a lecture's skeleton and its file of figures, and run it once."""
    from course_lib.course import skeletons
    from course_lib.grading.classroom.course import Course

    root = Course.find().root
    for path in skeletons.new_lecture(root, name):
        typer.echo(f"wrote {shown(path, root)}")
    typer.echo("Next: write, `make lectures`, `make readme`; docs/authors.md says what belongs in.")


def assignment(
    name: Annotated[str, typer.Argument(help="Number and name, such as 13_autoencoders.")],
) -> None:
    """Write an assignment's skeleton, with right and wrong answers that prove its grades."""
    from course_lib.course import skeletons
    from course_lib.grading.classroom.course import Course

    course = Course.find()
    for path in skeletons.new_assignment(course, name):
        typer.echo(f"wrote {shown(path, course.root)}")
    typer.echo(
        f"Next: `course release {name}`, `course corpus {name}`; name it in the metadata of its "
        "lecture, then `make readme`. docs/authors.md says what belongs in."
    )
