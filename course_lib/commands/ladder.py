"""``course ladder``"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from course_lib import threads


def ladder(
    rungs: Annotated[list[str] | None, typer.Argument(help="Rungs; all if none.")] = None,
    device: Annotated[str, typer.Option(help="numpy, cpu, cuda or auto.")] = "numpy",
    seeds: Annotated[int, typer.Option(min=1, help="How often each is trained.")] = 3,
    folder: Annotated[Path, typer.Option(help="Where table and curves are saved.")] = Path(
        "ladder"
    ),
) -> None:
    """Train the lectures' networks on MNIST and compare with what was published.

    Under torchrun the processes share the work and the first one reports.
    """
    from rich.console import Console

    if not threads.chosen_elsewhere():
        threads.compute_with(threads.usable_processors())
    from course_lib.grading.errors import CourseProblem
    from course_lib.ladder import RUNGS, climb_all, table
    from course_lib.training import check_device

    for rung in rungs or []:
        if rung not in RUNGS:
            raise CourseProblem(f"There is no rung {rung!r}. There are: {', '.join(RUNGS)}.")
    try:
        check_device(device)
    except (ValueError, RuntimeError) as problem:
        raise CourseProblem(str(problem)) from problem
    try:
        measured = climb_all(rungs or RUNGS, device, seeds, folder, partial(typer.echo, err=True))
    except OSError as problem:
        raise CourseProblem(f"--folder {folder} can't be used: {problem}") from problem
    if measured:
        Console().print(table(measured))
        typer.echo(f"saved in {folder}: ladder.json and curves.png")
