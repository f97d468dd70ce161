"""``course check``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.names import shown
from course_lib.commands.problems import FAILURES


def check(
    notebook: Annotated[
        Path | None, typer.Argument(help="A notebook, or the folder that holds it.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All in exercises, or in the folder that is named.")
    ] = False,
) -> None:
    """Check your answers to an assignment before you hand it in.

    Exit code 1 if a check does not pass. The notebook itself is not changed.
    """
    from course_lib.grading.errors import CourseProblem

    if everything:
        _check_all(notebook)
    elif notebook is None:
        raise CourseProblem("wanted a notebook, or --all for every assignment.")
    else:
        _check(notebook)


def _check(notebook: Path) -> None:
    from course_lib.course import overview
    from course_lib.grading import self_check
    from course_lib.grading.packages import not_in_grading
    from course_lib.training.progress_bar import progress

    path = self_check.find_notebook(notebook)
    content, tests = self_check.read_questions(path)
    answers = list(
        progress(self_check.check(content, path.parent), label="questions", total=len(tests))
    )
    answers += self_check.missing_tests(content)
    overview.remember(path, content, answers)
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


def _check_all(folder: Path | None) -> None:
    """A table of every assignment; what was not begun is no failure."""
    from rich.console import Console

    from course_lib.course import check_all
    from course_lib.grading.errors import CourseProblem
    from course_lib.training.progress_bar import progress

    notebooks = check_all.find_notebooks(folder)
    checking = progress(check_all.check_all(notebooks), label="check", total=len(notebooks))
    results = list(checking)
    if not results:
        raise CourseProblem("No notebook there has questions to check: are they assignments?")
    Console().print(check_all.table(results, lambda path: shown(path, Path.cwd())))
    typer.echo("Points here are those of the checks that you have. Grading tries more inputs.")
    open_ones = [
        isinstance(found, str)
        or (not found.is_not_begun and any(one.is_open for one in found.standings))
        for _, found in results
    ]
    if any(open_ones):
        raise typer.Exit(FAILURES)
