"""Windows has no ``resource``, ``fcntl`` or ``pwd``: what a student uses needs none of them."""

import subprocess
import sys

import pytest

from tests import ROOT

WINDOWS = """
import runpy, socket, sys
import ipykernel.kernelspec, jupyter_client, nbclient, nbgrader.apps, rich, typer  # they know both
for module in ("resource", "fcntl", "pwd", "grp", "termios", "tty", "pty"):
    sys.modules[module] = None  # so that importing it fails
taken = {name: vars(socket).pop(name, None) for name in ("AF_UNIX", "send_fds", "recv_fds")}
"""
CHECK = """
from pathlib import Path
from course_lib.grading import self_check
vars(socket).update(taken)  # this machine's asyncio needs them to talk to a kernel
path = self_check.find_notebook({folder!r})
notebook, tests = self_check.read_questions(path)
answer = next(iter(self_check.check(notebook, path.parent)))
assert "not done yet" in answer.report, answer
"""
USES = {
    "a test cell": "from course_lib.grading import Question, when_done",
    "the library": "from course_lib import data, metrics, nn, optim, training",
    "what lectures draw and build": "import course_lib.experiments, course_lib.viz.lectures\n"
    "import pkgutil, importlib\n"
    "for package in (course_lib.experiments, course_lib.viz.lectures):\n"
    "    for one in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):\n"
    "        importlib.import_module(one.name)",
    "the configuration, as Validate loads it": "from traitlets.config import Config\n"
    "import builtins\nbuiltins.get_config = lambda c=Config(): c\n"
    f"runpy.run_path({str(ROOT / 'nbgrader_config.py')!r})",
    "the command": "import course_lib.commands, course_lib.commands.check",
    "course check": CHECK.format(folder=str(ROOT / "exercises" / "03_networks")),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_what_students_use_needs_no_unix(use):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WINDOWS + use],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
