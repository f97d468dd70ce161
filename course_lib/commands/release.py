"""``course release``"""

from typing import Annotated

import typer

from course_lib.commands.names import chosen, shown


def release(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
) -> None:
    """Generate the students' versions: exercises/ from solutions/."""
    from course_lib.grading.classroom import release as releasing
    from course_lib.grading.classroom.course import Course
    from course_lib.training.progress_bar import progress

    course = Course.find()
    names = chosen(course, names)
    course.check_gradebook()
    folders = [releasing.release(course, name) for name in progress(names, label="release")]
    for folder in folders:
        typer.echo(f"released {shown(folder, course.root)}")
