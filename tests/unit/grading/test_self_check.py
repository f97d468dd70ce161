import sys

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading import self_check as checking
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import ESSAY, NAME, cell, source_notebook


@pytest.fixture
def notebook():
    return source_notebook()


def invoke(path):
    return CliRunner().invoke(app, ["check", str(path)])


def test_right_answers_pass_and_the_file_stays(notebook, tmp_path):
    path = tmp_path / f"{NAME}.ipynb"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    done = invoke(tmp_path)  # the folder will do
    assert done.exit_code == 0, done.output
    assert "2 of 2 questions pass" in done.stdout
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "kernel",
    [
        {"name": "conda-env-dl-py", "display_name": "Python [conda env:dl]", "language": "python"},
        {"name": ".venv", "display_name": ".venv (Python 3.12.3)"},  # VS Code
        None,
    ],
)
def test_whatever_kernel_it_was_saved_with_it_runs_with_this_python(notebook, tmp_path, kernel):
    notebook.metadata = {"kernelspec": kernel} if kernel else {}
    cell(notebook, "double").source = (
        "import sys\n\n\ndef double(x):\n"
        f"    assert sys.executable == {sys.executable!r}\n    return 2 * x"
    )
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = invoke(tmp_path)
    assert "2 of 2 questions pass" in done.stdout, done.output


def test_answers_that_a_person_marks_are_named(tmp_path):
    nbformat.write(source_notebook(ESSAY), tmp_path / "mine.ipynb")
    done = invoke(tmp_path)
    assert "2 of 2 questions pass" in done.stdout
    assert "A person reads and marks: essay." in done.stdout


def test_each_question_gets_its_report(notebook, tmp_path):
    cell(notebook, "double").source = "def double(x):\n    return x"
    cell(notebook, "triple").source = "def triple(x) return"
    path = tmp_path / "mine.ipynb"
    nbformat.write(notebook, path)
    done = invoke(path)
    assert done.exit_code == 1
    assert "double: 0 of 2 points" in done.stdout
    assert "wanted  2" in done.stdout
    assert "cell triple: SyntaxError" in done.stdout
    assert "name 'triple' is not defined" in done.stdout
    assert "0 of 2 questions pass" in done.stdout


def test_an_endless_loop_is_stopped_and_the_rest_goes_on(notebook, tmp_path):
    cell(notebook, "double").source = "while True:\n    pass"
    first, second = checking.check(notebook, tmp_path, seconds=2)
    assert not first.passed
    assert "cell double" in first.report
    assert second.passed


def test_a_dead_python_is_named(notebook, tmp_path):
    cell(notebook, "double").source = "import os\n\nos._exit(1)"
    with pytest.raises(CourseProblem, match="Python died in cell double"):
        list(checking.check(notebook, tmp_path))


def test_what_is_no_assignment_is_named(notebook, tmp_path):
    (tmp_path / "letter.ipynb").write_text("Dear teacher")
    (tmp_path / "empty").mkdir()
    notebook.cells = notebook.cells[:1]
    nbformat.write(notebook, tmp_path / "plain.ipynb")
    for name, words in (
        ("letter.ipynb", "is no notebook"),
        ("empty", "holds 0 notebooks"),
        ("plain.ipynb", "has no questions to check"),
        ("missing.ipynb", "There is no file"),
    ):
        done = invoke(tmp_path / name)
        assert done.exit_code == 2
        assert words in done.output.replace("\n", " ")
