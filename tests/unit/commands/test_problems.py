"""A problem ends in a sentence and an exit code; a fault of ours keeps its traceback."""

import pytest
import typer
from sqlalchemy.exc import OperationalError

from course_lib.commands.problems import BAD_INPUT, INTERRUPTED, in_words
from course_lib.grading.errors import CourseProblem

SERVER_IS_GONE = OperationalError("SELECT 1", {}, Exception("connection refused\nIs it running?"))


@pytest.mark.parametrize(
    ("problem", "code", "words"),
    [
        (CourseProblem("There is no rung."), BAD_INPUT, "There is no rung.\n"),
        (ModuleNotFoundError("No module named 'torch'"), BAD_INPUT, "No module named 'torch'\n"),
        (MemoryError("17 GB are wanted"), BAD_INPUT, "17 GB are wanted\n"),
        (
            SERVER_IS_GONE,
            BAD_INPUT,
            "The gradebook can't be used: connection refused. What was finished before is kept; "
            "the same command does the rest.\n",
        ),
        (KeyboardInterrupt(), INTERRUPTED, "Stopped. What was finished before is kept.\n"),
    ],
)
def test_what_the_user_can_change_is_said_in_words(problem, code, words, capsys):
    @in_words
    def command():
        raise problem

    with pytest.raises(typer.Exit) as ended:
        command()
    assert ended.value.exit_code == code
    assert capsys.readouterr() == ("", words)


@pytest.mark.parametrize("problem", [ValueError("a slip of ours"), typer.Exit(1)])
def test_anything_else_passes(problem):
    @in_words
    def command():
        raise problem

    with pytest.raises(type(problem)) as raised:
        command()
    assert raised.value is problem


def test_typer_still_sees_the_arguments():
    def command(name: str, again: bool = False) -> None:
        """What it does."""

    run = in_words(command)
    assert run.__doc__ == "What it does."
    assert run.__annotations__ == command.__annotations__
