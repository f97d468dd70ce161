"""``course demo``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.commands.problems import FAILURES


def demo(
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first.")] = Path(
        "demo"
    ),
) -> None:
    """Train on MNIST, grade a sample class, and say where to look at both."""
    from course_lib.course.demo import run_demo
    from course_lib.grading.classroom.course import Course

    if not run_demo(Course.find(), folder):
        raise typer.Exit(FAILURES)
