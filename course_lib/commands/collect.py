"""``course collect``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.problems import FAILURES


def collect(
    name: Annotated[str, typer.Argument(help="The assignment.")],
    download: Annotated[Path, typer.Argument(help="The zip file, or the folder that was in it.")],
    layout: Annotated[str, typer.Option("--from", help="moodle, canvas, nbgrader or plain.")],
    roster: Annotated[
        Path | None, typer.Option(help="CSV with the students' ids, names, e-mails, numbers.")
    ] = None,
) -> None:
    """Put submissions from a learning platform where they are graded.

    The newest attempt of each student counts. Exit code 1 if something was not understood; it is
    named, and the download stays as it is.
    """
    from course_lib.grading.classroom.collecting.collect import collect as collecting
    from course_lib.grading.classroom.collecting.roster import Roster
    from course_lib.grading.classroom.course import Course

    course = Course.find()
    course.check_gradebook()
    if roster is not None:
        known = Roster.read(roster)
        with course.gradebook() as gradebook:
            known.save(gradebook)
    done = collecting(course, name, download, layout)
    typer.echo(f"collected {len(done.new)} submissions of {name}")
    if done.kept:
        typer.echo(f"left {len(done.kept)} as they were: the same, or something newer, is there")
    for sentence in [*done.notes, *done.problems]:
        typer.echo(sentence, err=True)
    if done.problems:
        typer.echo(f"Not collected, see above: {len(done.problems)}", err=True)
        raise typer.Exit(FAILURES)
