"""How many submissions an hour: ``course grade`` against nbgrader as it comes, on the same class.

Both are started from the command line on a class of small notebooks with one mistake in four, and
grade all of it; ours writes the feedback pages as well. One after the other, in one run.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading.classroom.scratch_course import ScratchCourse

NAME = "01_benchmark"
SETUPS = {"NumPy": "import numpy as np", "PyTorch": "import numpy as np\nimport torch"}
ANSWERS = (
    "return (X - X.mean(axis=0)) / X.std(axis=0)",
    "return X - X.mean(axis=0)",
    "Z = X - X.mean(axis=0)\n    return Z / np.sqrt((Z**2).mean(axis=0))",
    "return np.array([(c - c.mean()) / c.std() for c in X.T]).T",
)
TEST = """X = np.random.default_rng(0).normal(3, 2, size=(50, 4))
Z = standardise(X)
np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-9)
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(Z.std(axis=0), 1, atol=1e-9)
assert standardise(X[:, :1]).shape == (50, 1)
### END HIDDEN TESTS"""
STOCK = """c = get_config()
c.CourseDirectory.course_id = "benchmark"
"""


@dataclass
class Race:
    """One class graded by both: seconds, and the points that each gave by student."""

    name: str
    submissions: int
    ours: float
    stock: float
    same_points: bool

    @property
    def ratio(self) -> float:
        return self.stock / self.ours

    def per_hour(self, seconds: float) -> float:
        return 3600 * self.submissions / seconds


def race(name: str, submissions: int, config: str | Path) -> Race:
    """Grade a class of ``submissions`` with the setup ``name`` of ``SETUPS``; returns a ``Race``.

    config: the course's nbgrader_config.py, which is ours.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        seconds, points = {}, {}
        for side, settings in ("ours", Path(config).read_text()), ("stock", STOCK):
            root = Path(folder, side)
            _make_class(root, settings, SETUPS[name], submissions)
            command = (
                ["course", "grade", NAME] if side == "ours" else ["nbgrader", "autograde", NAME]
            )
            start = time.perf_counter()
            _run(root, *command)
            seconds[side] = time.perf_counter() - start
            _run(root, "nbgrader", "export")
            points[side] = _points(root / "grades.csv")
        same = points["ours"] == points["stock"] and len(points["ours"]) == submissions
        return Race(name, submissions, seconds["ours"], seconds["stock"], same)


def _make_class(root: Path, settings: str, setup: str, submissions: int) -> None:
    scratch = ScratchCourse.make(root, settings)
    scratch.add(NAME, _source(setup))
    released = scratch.release(NAME)
    for number in range(submissions):
        body = ANSWERS[number % len(ANSWERS)]
        released.cells[1].source = f"def standardise(X):\n    {body}"
        scratch.hand_in(f"student{number:04}", NAME, released)


def _source(setup: str) -> NotebookNode:
    solution = (
        f"def standardise(X):\n    ### BEGIN SOLUTION\n    {ANSWERS[0]}\n    ### END SOLUTION"
    )
    cells = [
        _cell(setup, "setup", locked=True),
        _cell(solution, "standardise", solution=True),
        _cell(TEST, "test_standardise", locked=True, grade=True, points=2),
        _cell("print(standardise(np.eye(3)))", "look", locked=True),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _cell(source: str, name: str, **marks: Any) -> NotebookNode:
    kinds = {"grade": False, "locked": False, "solution": False}
    marks = kinds | {"schema_version": 3, "grade_id": name} | marks
    return new_code_cell(source, id=name.replace("_", "-"), metadata={"nbgrader": marks})


def _run(root: Path, command: str, *args: str) -> None:
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    done = subprocess.run(
        [shutil.which(command, path=path) or command, *args],
        cwd=root,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{command} {' '.join(args)}: {done.stderr[-2000:]}")


def _points(path: Path) -> dict[str, float]:
    """{student: score} of the rows of grades.csv."""
    with open(path, newline="") as file:
        return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
