"""``course release``"""

from typing import Annotated

import typer

from course_lib.commands.names import chosen, shown


def release(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
) -> None:
    """Generate the students' versions: exercises/ from solutions/.

    Names the files that go with the notebooks. What somebody wrote into exercises/ is kept beside.
    """
    from course_lib.grading.classroom import release as releasing
    from course_lib.grading.classroom.course import Course
    from course_lib.training.progress_bar import progress

    course = Course.find()
    names = chosen(course, names)
    course.check_gradebook()
    kept: list[str] = []
    released = progress(names, label="release")
    folders = [releasing.release(course, name, kept.append) for name in released]
    for folder in folders:
        beside = sorted(
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".ipynb"
        )
        more = f", with {', '.join(beside)}" if beside else ""
        typer.echo(f"released {shown(folder, course.root)}{more}")
    for sentence in kept:
        typer.echo(sentence, err=True)
