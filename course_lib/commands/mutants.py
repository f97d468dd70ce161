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

    from course_lib.grading.classroom import tables
    from course_lib.grading.classroom.course import Course
    from course_lib.grading.proof import survivors
    from course_lib.training.progress_bar import progress

    course = Course.find()
    names = chosen(course, names)
    total = sum(len(survivors.questions(course, name)) for name in names)
    tried = survivors.try_mutants(course, names, workers)
    mutations = list(progress(tried, label="questions", total=total))
    Console().print(tables.mutation_table(mutations))
    for mutation in mutations:
        for line in mutation.faults:
            typer.echo(f"{mutation.assignment}, {mutation.question}, {line}", err=True)
    if not all(mutation.holds for mutation in mutations):
        raise typer.Exit(FAILURES)
