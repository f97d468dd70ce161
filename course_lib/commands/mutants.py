"""``course mutants``"""

from typing import Annotated

import typer

from course_lib.commands.names import chosen
from course_lib.commands.problems import FAILURES


def mutants(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Questions at a time.")] = 2,
) -> None:
    """Change the solutions in small ways, and show whether the tests notice each change.

    Exit code 1 if one goes unnoticed that tests/corpus/NAME/survivors.toml does not explain.
    """
    from rich.console import Console

    from course_lib.grading.classroom.course import Course
    from course_lib.grading.proof.survivors import count_questions, try_mutants
    from course_lib.grading.proof.tables import survivors_table
    from course_lib.training.progress_bar import progress

    course = Course.find()
    names = chosen(course, names)
    tried = try_mutants(course, names, workers)
    results = list(progress(tried, label="questions", total=count_questions(course, names)))
    Console().print(survivors_table(results))
    for result in results:
        for line in result.faults:
            typer.echo(f"{result.assignment}, {result.question}, {line}", err=True)
    if not all(result.holds for result in results):
        raise typer.Exit(FAILURES)
