"""A tiny course: one assignment with two questions, and every sort of submission to it."""

import os
import shutil
import sysconfig
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.classroom.scratch_course import ScratchCourse
from course_lib.grading.examination.exams import missing_sandbox
from course_lib.grading.proof.answer_files import fill
from tests import ROOT

NAME = "01_numbers"

SOURCE = {
    "setup": ("locked", 0, "from course_lib.grading import Question"),
    "double": (
        "solution",
        0,
        "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    ),
    "test_double": (
        "test",
        2,
        "question = Question('double', points=2)\n"
        "with question.check('one'):\n"
        "    question.call(double, 1).returns(2)\n"
        "### BEGIN HIDDEN TESTS\n"
        "with question.check('a secret'):\n"
        "    question.call(double, 123454321).returns(246908642)\n"
        "### END HIDDEN TESTS\n"
        "question.result()",
    ),
    "triple": (
        "solution",
        0,
        "def triple(x):\n    ### BEGIN SOLUTION\n    return 3 * x\n    ### END SOLUTION",
    ),
    "test_triple": (
        "test",
        3,
        "question = Question('triple', points=3)\n"
        "with question.check('one'):\n"
        "    question.call(triple, 1).returns(3)\n"
        "question.result()",
    ),
}
ESSAY = SOURCE | {"essay": ("essay", 4, "Because.")}


def source_notebook(cells=SOURCE):
    """The instructor's notebook, with nbgrader's marks."""
    notebook = new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        }
    )
    notebook.cells.append(new_markdown_cell("# Numbers", id="title"))
    for name, (kind, points, text) in cells.items():
        marks = {
            "grade": kind in ("test", "essay"),
            "solution": kind in ("solution", "essay"),
            "locked": kind in ("test", "locked"),
            "grade_id": name,
            "schema_version": 3,
        }
        if marks["grade"]:
            marks["points"] = points
        make = new_markdown_cell if kind == "essay" else new_code_cell
        notebook.cells.append(make(text, id=name.replace("_", "-"), metadata={"nbgrader": marks}))
    return notebook


def make_course(root, gradebook, cells=SOURCE, timeout=3):
    """A course folder at ``root`` with the repository's configuration and a short timeout."""
    configuration = (ROOT / CONFIG).read_text()
    configuration += f"\nc.Examine.timeout = c.Examine.call_timeout = {timeout}\n"
    if missing_sandbox():
        configuration += 'c.Examine.sandbox = "none"\n'
    shutil.copy(gradebook, root)
    ScratchCourse.make(root, configuration).add(NAME, source_notebook(cells))
    return root


class Class:
    """Hands in submissions, as students would, from the released notebook."""

    def __init__(self, root):
        self.root = root
        self.scratch = ScratchCourse(Course(root))

    def folder(self, student):
        folder = self.scratch.course.submitted(student, NAME)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def released(self):
        folder = self.scratch.course.release_folder(NAME)
        return nbformat.read(folder / f"{NAME}.ipynb", as_version=4)

    def hand_in(self, student, double="return 2 * x", triple="return 3 * x", change=None):
        """The released notebook with two answers; ``change`` may do anything to its cells."""
        answers = {
            "double": f"def double(x):\n    {double}",
            "triple": f"def triple(x):\n    {triple}",
        }
        notebook = fill(self.released(), answers)
        if change:
            change(notebook)
        self.scratch.hand_in(student, NAME, notebook)

    def hand_in_file(self, student, content, name=f"{NAME}.ipynb"):
        self.scratch.hand_in(student, NAME, content, name)


def cell(notebook, name):
    """The cell with this nbgrader name."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory):
    """An empty gradebook to copy: nbgrader takes seconds to make one."""
    from nbgrader.api import Gradebook

    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
        Gradebook(f"sqlite:///{path}").close()
        patch.setenv("JUPYTER_CONFIG_DIR", str(path.parent))  # a user's settings have no say
        yield path


@pytest.fixture
def course(tmp_path, monkeypatch, gradebook):
    """A fresh course folder, the current one."""
    monkeypatch.chdir(tmp_path)
    return make_course(tmp_path, gradebook)


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
