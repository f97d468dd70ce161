"""Every command is there, a file a command, and help says in a sentence what each does."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from course_lib.commands import app as gathered
from tests import ROOT

FOLDER = ROOT / "course_lib" / "commands"
NO_COMMANDS = {"__init__", "app", "names", "problems"}


def test_every_file_is_a_command():
    files = {path.stem for path in FOLDER.glob("*.py")} - NO_COMMANDS
    defined = {command.__module__.rpartition(".")[2] for command in gathered.COMMANDS}
    assert files == defined | {"new"}
    for command in gathered.COMMANDS:
        assert command.__module__.endswith(f".{command.__name__}")


@pytest.mark.parametrize("command", gathered.COMMANDS + gathered.BEGINNINGS)
def test_help_has_a_line_for_it(command):
    name = command.__name__.replace("_", "-")
    before = ["new"] if command in gathered.BEGINNINGS else []
    done = CliRunner().invoke(gathered.app, [*before, name, "--help"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert command.__doc__.split("\n")[0] in done.stdout


def test_no_command_waits_for_a_grammar_of_addresses():
    code = (
        "import contextlib, sys\nfrom course_lib.commands import main\nsys.argv = ['course']\n"
        "with contextlib.suppress(SystemExit):\n    main()\n"
        "import nbformat\nprint([name for name in sys.modules if name.startswith('lark')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
