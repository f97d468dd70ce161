"""`course check --all`: each assignment in one table, and nothing is run that need not be."""

import nbformat
import pytest
from nbgrader.utils import compute_checksum
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.course import overview
from course_lib.grading import self_check
from tests.unit.grading.tiny_course import ESSAY, cell, source_notebook


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nbgrader_config.py").touch()
    return tmp_path


def released(change=lambda notebook: None):
    """As it is handed out: each cell with its checksum, the answers still to be written."""
    notebook = source_notebook(ESSAY)
    for name in ("double", "triple"):
        cell(notebook, name).source = f"def {name}(x):\n    raise NotImplementedError"
    for one in notebook.cells[1:]:
        one.metadata.nbgrader.checksum = compute_checksum(one)
    change(notebook)
    return notebook


def answered(notebook):
    cell(notebook, "double").source = "def double(x):\n    return 2 * x"


def finished(notebook):
    answered(notebook)
    cell(notebook, "triple").source = "def triple(x):\n    return 3 * x"
    cell(notebook, "essay").source = "Since 2 + 1 is 3."


def put(course, name, notebook):
    folder = course / "exercises" / name
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")


def invoke(*args):
    done = CliRunner().invoke(app, ["check", *args], env={"COLUMNS": "100"})
    return done, [" ".join(line.replace("│", " ").split()) for line in done.output.splitlines()]


def test_one_table_of_all(course):
    put(course, "01_new", released())
    put(course, "02_begun", released(answered))
    put(course, "03_done", released(finished))
    done, lines = invoke("--all")
    assert done.exit_code == 1, done.output
    assert "01_new 3 questions not begun 0 / 5" in lines
    begun = lines.index("02_begun double passes 2 / 2")
    assert lines[begun + 1 : begun + 4] == [
        "triple not done yet 0 / 3",
        "essay nothing is written yet - / 4",
        "together 2 / 5",
    ]
    assert "essay written; a person marks it - / 4" in lines
    assert "| `triple`, `essay` |" in overview.progress_table(course)


def test_all_done_is_a_success_and_so_is_what_was_not_begun(course):
    put(course, "01_new", released())
    put(course, "03_done", released(finished))
    done, _ = invoke("--all")
    assert done.exit_code == 0, done.output


def test_what_has_not_changed_is_not_run_again(course, monkeypatch):
    put(course, "01_new", released())
    put(course, "02_begun", released(answered))
    before = invoke("--all")[1]

    def refuse(*args):
        raise AssertionError("this was run again")

    monkeypatch.setattr(self_check, "check", refuse)
    assert [line for line in invoke("--all")[1] if "check:" not in line] == [
        line for line in before if "check:" not in line
    ]


def test_a_notebook_that_cannot_be_checked_costs_no_other(course):
    put(course, "02_begun", released(answered))
    put(course, "03_dead", released(answered))
    path = course / "exercises/03_dead/03_dead.ipynb"
    path.write_text(path.read_text().replace("return 2 * x", "return 2\\nimport os\\nos._exit(1)"))
    put(course, "04_letter", released())
    (course / "exercises/04_letter/04_letter.ipynb").write_text("Dear teacher")
    done, lines = invoke("--all")
    assert done.exit_code == 1
    said = " ".join(lines)
    assert said.count("could not be checked:") == 2
    assert "Python died" in said
    assert "02_begun double passes 2 / 2" in said


def test_another_folder(course):
    put(course, "02_begun", released(answered))
    (course / "exercises").rename(course / "mine")
    done, lines = invoke("mine", "--all")
    assert "02_begun double passes 2 / 2" in lines, done.output


def test_bad_input_is_a_sentence(course, tmp_path, monkeypatch):
    (course / "empty").mkdir()
    (course / "plain").mkdir()
    nbformat.write(nbformat.v4.new_notebook(), course / "plain" / "plain.ipynb")
    for args, words in (
        ((), "wanted a notebook, or --all"),
        (("--all",), "There is no folder"),
        (("--all", "empty"), "There is no notebook in empty"),
        (("--all", "plain"), "No notebook there has questions"),
    ):
        done, lines = invoke(*args)
        assert done.exit_code == 2, args
        assert words in " ".join(lines)
    (course / "nbgrader_config.py").unlink()
    done, lines = invoke("--all")
    assert "This is no course's folder" in " ".join(lines)
