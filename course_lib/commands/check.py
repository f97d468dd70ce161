"""``course check``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.problems import FAILURES


def check(
    notebook: Annotated[Path, typer.Argument(help="A notebook, or the folder that holds it.")],
) -> None:
    """Check your answers to an assignment before you hand it in.

    Exit code 1 if a check does not pass. The notebook itself is not changed.
    """
    from course_lib.grading import self_check
    from course_lib.grading.packages import not_in_grading
    from course_lib.training.progress_bar import progress

    path = self_check.find_notebook(notebook)
    content, tests = self_check.read_questions(path)
    answers = list(
        progress(self_check.check(content, path.parent), label="questions", total=len(tests))
    )
    answers += self_check.missing_tests(content)
    for answer in answers:
        typer.echo(answer.report + "\n")
    passed = sum(answer.passed for answer in answers)
    typer.echo(f"{passed} of {len(answers)} questions pass. Grading tries more inputs.")
    if by_hand := self_check.marked_by_hand(content):
        typer.echo(f"A person reads and marks: {', '.join(by_hand)}.")
    if empty := self_check.not_written(content):
        typer.echo(f"Nothing is written yet in: {', '.join(empty)}.")
    for package, cell in not_in_grading(content, path.parent).items():
        typer.echo(f"{cell} imports {package}, which this course does not: grading may lack it.")
    if passed < len(answers):
        raise typer.Exit(FAILURES)
