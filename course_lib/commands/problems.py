"""What a command says when it can't do its work, and how it ends."""

import functools
import io
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

FAILURES, BAD_INPUT, INTERRUPTED = 1, 2, 130  # exit codes

Arguments = ParamSpec("Arguments")


def in_words(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The command, ending in a sentence and an exit code where it would end in a traceback."""

    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        _show_any_text()
        try:
            command(*args, **kwargs)
        except KeyboardInterrupt:
            typer.secho("Stopped. What was finished before is kept.", fg="yellow", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except Exception as problem:
            from course_lib.grading.errors import CourseProblem  # loads NumPy: not for help

            problem = _with_the_gradebook(problem)
            if not isinstance(problem, CourseProblem | ImportError | MemoryError):
                raise
            typer.secho(str(problem), fg="red", err=True)
            raise typer.Exit(BAD_INPUT) from None

    return run


def _with_the_gradebook(problem: Exception) -> Exception:
    """What to say if the gradebook's server, or its file, failed in the middle of a command."""
    from course_lib.grading.errors import CourseProblem

    if "sqlalchemy" not in sys.modules:
        return problem
    from sqlalchemy.exc import OperationalError

    if not isinstance(problem, OperationalError):
        return problem
    why = str(problem.orig).strip().splitlines()[0]
    return CourseProblem(
        f"The gradebook can't be used: {why}. What was finished before is kept; the same command "
        "does the rest."
    )


def _show_any_text() -> None:
    """A name that the terminal has no letters for must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
