"""``course grade``"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.commands.names import shown
from course_lib.commands.problems import FAILURES

if TYPE_CHECKING:
    from course_lib.grading.classroom.course import Course
    from course_lib.grading.classroom.result import Result


def grade(
    name: Annotated[str, typer.Argument(help="The assignment.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given again.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what has not changed.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Submissions at a time; one a processor.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask cluster, such as tls://host:8786.")
    ] = None,
    sandbox: Annotated[
        str | None, typer.Option(help="bubblewrap, or none: students' code with your rights.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show on the screen what goes into grading.log.")
    ] = False,
) -> None:
    """Grade what is new or changed of an assignment, and write the feedback pages.

    A run that was stopped goes on where it was. Exit code 1 if a submission could not be graded.
    """
    from rich.console import Console

    from course_lib.grading.classroom import grading, tables
    from course_lib.grading.classroom.course import Course
    from course_lib.grading.classroom.result import FAILED
    from course_lib.grading.errors import CourseProblem
    from course_lib.grading.examination.exams import missing_control_groups
    from course_lib.grading.examination.preprocessor import DANGER, Examine
    from course_lib.grading.examination.requirements import (
        BUBBLEWRAP,
        NONE,
    )
    from course_lib.training.progress_bar import progress

    if sandbox not in (None, BUBBLEWRAP, NONE):
        raise CourseProblem(f"--sandbox is {sandbox!r}, wanted {BUBBLEWRAP} or {NONE}.")
    course = Course.find()
    course.check_assignment(name)
    course.check_students(name, student or [])
    course.check_gradebook()
    if sandbox == NONE:
        typer.secho(DANGER, fg="red", bold=True, err=True)
    students = list(dict.fromkeys(student or course.students(name)))
    graded = grading.grade(
        course,
        name,
        students,
        again=again,
        workers=workers,
        scheduler=scheduler,
        sandbox=sandbox,
        verbose=verbose,
    )
    results: list[Result] = []
    try:
        for result in progress(graded, label=f"grade {name}", total=len(students)):
            results.append(result)
    finally:  # also after Ctrl-C: what was graded is shown
        if results:
            Console().print(tables.class_table(results, title=name))
    _say_where(course, name, results)
    sandboxed = (sandbox or Examine(config=course.config).sandbox) != NONE
    if sandboxed and scheduler is None and (why := missing_control_groups()):
        typer.echo(f"Memory is counted ten times a second, not limited by the kernel: {why}")
    if not student:
        _say_who_is_odd(course, name)
    if any(result.state == FAILED for result in results):
        raise typer.Exit(FAILURES)


def _say_where(course: Course, name: str, results: list[Result]) -> None:
    from course_lib.grading.classroom import grading, tables

    typer.echo("\n".join(tables.summary(results)))
    picture = course.root / f"grading-{name}.png"
    tables.histogram(results, picture)
    typer.echo(f"The class as a picture: {shown(picture, course.root)}")
    typer.echo(f"Feedback pages: {shown(course.feedback('STUDENT', name), course.root)}/")
    typer.echo(f"What was done, step by step: {grading.LOG}")


def _say_who_is_odd(course: Course, name: str) -> None:
    """Students who are there under another name, or not any more."""
    from course_lib.grading.classroom.incomplete import gone
    from course_lib.grading.submissions.files import printable

    for _, who in gone(course, [name]):
        folder = printable(str(shown(course.submitted(who, name), course.root)))
        typer.echo(
            f"{printable(who)} has points in the gradebook, but {folder} is not there "
            "any more (renamed?).",
            err=True,
        )
    for ids in course.alike():
        typer.echo(f"Perhaps one person: {', '.join(map(printable, ids))}.", err=True)
