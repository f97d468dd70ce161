import json
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading import self_check as checking
from course_lib.grading.errors import CourseProblem
from course_lib.grading.packages import not_in_grading
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
    assert "cell double took longer than 2 s and was stopped" in first.report
    assert second.passed


def test_a_call_that_never_ends_costs_its_own_question(notebook, tmp_path):
    cell(notebook, "double").source = "def double(x):\n    while True:\n        pass"
    first, second = checking.check(notebook, tmp_path, seconds=2)
    assert "stopped: interrupted, or it took longer than the minute" in " ".join(
        first.report.split()
    )
    assert "not examined, because the code was stopped" in first.report
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_grading_reads_is_read_here_too(notebook, tmp_path, encoding):
    cell(notebook, "double").source += "  # für größere x"
    text = json.dumps(json.loads(nbformat.writes(notebook)), ensure_ascii=False)
    (tmp_path / f"{NAME}.ipynb").write_bytes(text.encode(encoding))
    (tmp_path / f"._{NAME}.ipynb").write_bytes(b"\0\5\26\7")  # a Mac's
    done = invoke(tmp_path)
    assert "2 of 2 questions pass" in done.stdout, done.output


def test_a_deleted_test_is_named(notebook, tmp_path):
    notebook.cells.remove(cell(notebook, "test_triple"))
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = invoke(tmp_path)
    assert "triple: its test cell is missing, so it is not checked here" in done.stdout
    assert "1 of 2 questions pass" in done.stdout
    assert done.exit_code == 1


def test_what_is_withheld_is_out_of_reach_as_in_grading(notebook, tmp_path):
    notebook.metadata["examiner"] = {"withheld": ["course_lib.metrics.accuracy", "torch"]}
    cell(notebook, "double").source = (
        "from course_lib.metrics import accuracy\n\n\n"
        "def double(x):\n    return 2 * x * accuracy([1], [1])"
    )
    cell(
        notebook, "triple"
    ).source = "import os, torch\ntorch.manual_seed(1)\n\n\ndef triple(x):\n    return 3 * x"
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = invoke(tmp_path)
    said = " ".join(done.stdout.split())
    assert "course_lib.metrics.accuracy is out of reach here: this assignment asks you" in said
    why = "torch is out of reach here: this assignment asks you to write it"
    assert f"cell triple ran without: import os, torch (ImportError: {why})" in said
    assert "cell triple ran without: torch.manual_seed(1) (NameError" in said
    assert "1 of 2 questions pass" in said


def test_a_name_that_this_version_has_not_is_no_problem(notebook, tmp_path):
    notebook.metadata["examiner"] = {"withheld": ["course_lib.metrics.not_there"]}
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    assert "2 of 2 questions pass" in invoke(tmp_path).stdout


def test_packages_that_grading_may_lack_are_named(notebook, tmp_path):
    (tmp_path / "helpers.py").touch()
    cell(notebook, "setup").source += "\nimport course_package"
    notebook.metadata["examiner"] = {"withheld": ["torch"]}
    cell(notebook, "double").source = (
        "import os, numpy as np, matplotlib.pyplot, helpers, course_package, torch, mine\n"
        "from scipy.special import expit\nfrom . import x"
    )
    cell(
        notebook, "triple"
    ).source = "def triple(x):\n    import scipy, PIL, pandas\n    return 3 * x"
    notebook.cells.append(nbformat.v4.new_code_cell("%%writefile mine.py\nx = 1"))
    found = not_in_grading(notebook, tmp_path)
    assert found["scipy"] == "Cell double"
    assert set(found) - {"pandas"} == {"scipy"}  # pandas may be a part of what nbgrader needs


def test_a_text_that_is_not_written_yet_is_named(tmp_path):
    from nbgrader.utils import compute_checksum

    notebook = source_notebook(ESSAY)
    essay = cell(notebook, "essay")
    essay.metadata.nbgrader.checksum = compute_checksum(essay)
    assert checking.not_written(notebook) == ["essay"]
    essay.source = "Something else."
    assert checking.not_written(notebook) == []


def test_a_notebook_whose_names_are_lost_is_told_apart(notebook, tmp_path):
    for one in notebook.cells:
        one.metadata.pop("nbgrader", None)
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = invoke(tmp_path)
    assert "have lost the names" in " ".join(done.output.split())
