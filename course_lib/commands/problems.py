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
            # loads NumPy: not for help
            from course_lib.grading.errors import CourseProblem, in_a_sentence

            problem = in_a_sentence(problem)
            if not isinstance(problem, CourseProblem | ImportError | MemoryError):
                raise
            typer.secho(str(problem), fg="red", err=True)
            raise typer.Exit(BAD_INPUT) from None

    return run


def _show_any_text() -> None:
    """A name that the terminal has no letters for must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
