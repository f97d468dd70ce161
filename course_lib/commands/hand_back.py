"""``course hand-back``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.names import shown
from course_lib.commands.problems import FAILURES


def hand_back(
    name: Annotated[str, typer.Argument(help="The assignment.")],
    download: Annotated[Path, typer.Argument(help="The zip file or folder that was collected.")],
    layout: Annotated[str, typer.Option("--from", help="moodle or canvas.")],
    to: Annotated[Path, typer.Option(help="The zip file to write.")] = Path("feedback.zip"),
) -> None:
    """Write the feedback pages into a zip file that Moodle or Canvas gives back to the students.

    Exit code 1 if somebody in the download gets no page; who it is, is said.
    """
    from course_lib.grading.classroom.collecting.hand_back import hand_back as handing_back
    from course_lib.grading.classroom.course import Course

    course = Course.find()
    course.check_gradebook()
    done = handing_back(course, name, download, layout, to)
    if done.students:
        typer.echo(f"wrote {shown(to, Path.cwd())}: pages for {len(done.students)} students")
    for sentence in done.problems:
        typer.echo(sentence, err=True)
    if done.problems or not done.students:
        typer.echo(f"No page for everybody, see above: {len(done.problems)}", err=True)
        raise typer.Exit(FAILURES)
