"""A new release takes the place of the old one, or the old one stays."""

import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from tests import ROOT
from tests.unit.grading.tiny_course import ESSAY, NAME, cell, source_notebook


@pytest.mark.parametrize("failing", ["old", NAME])
def test_a_release_that_cannot_take_its_place_leaves_the_old_one(course, monkeypatch, failing):
    """failing: the name to which a folder can't be renamed: the old away, or the new in place."""
    folder = release(Course(course), NAME)
    (folder / "mine.txt").write_text("of the old one")
    rename, failed = Path.rename, []

    def fail(self, target):
        if Path(target).name == failing and not failed:
            failed.append(target)
            raise PermissionError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(CourseProblem, match=f"{NAME} was not released: .* can't be replaced"):
        release(Course(course), NAME)
    assert {path.name for path in folder.iterdir()} == {f"{NAME}.ipynb", "mine.txt"}
    assert [path.name for path in folder.parent.iterdir()] == [NAME]


def notebook_in(folder):
    return nbformat.read(folder / f"{NAME}.ipynb", as_version=4)


def solve(notebook):
    cell(notebook, "double").source = "def double(x):\n    return 2 * x"


def add_code(notebook):
    notebook.cells.append(new_code_cell("print('my own try')"))


def add_text(notebook):
    notebook.cells.insert(0, new_markdown_cell("What I have learnt."))


def change_a_test(notebook):
    cell(notebook, "test_double").source += "\nprint(double(5))"


@pytest.mark.parametrize("work", [solve, add_code, add_text, change_a_test])
@pytest.mark.parametrize("known", [True, False], ids=["released here", "cloned"])
def test_work_in_a_released_notebook_is_kept_beside_the_new_one(course, work, known):
    folder = release(Course(course), NAME)
    if not known:
        (course / ".graded" / f"{NAME}.release" / "release.json").unlink()
    notebook = notebook_in(folder)
    work(notebook)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    told = []
    release(Course(course), NAME, told.append)
    kept = folder.with_name(f"{NAME}.kept-1")
    assert nbformat.writes(notebook_in(kept)) == nbformat.writes(notebook)
    assert "return 2 * x" not in (folder / f"{NAME}.ipynb").read_text()
    assert told == [f"{NAME} had been changed after its release ({NAME}.ipynb): {kept} keeps it"]
    release(Course(course), NAME, told.append)
    assert len(told) == 1, "the new release is as it was written"
    (folder / "notes.txt").write_text("mine")
    release(Course(course), NAME, told.append)
    assert (folder.with_name(f"{NAME}.kept-2") / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("known", [True, False], ids=["released here", "cloned"])
def test_a_notebook_that_was_only_run_or_of_an_older_release_is_replaced(course, known):
    folder = release(Course(course), NAME)
    notebook = notebook_in(folder)
    cell(notebook, "setup").execution_count = 3
    notebook.cells.append(new_code_cell(""))
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{NAME}-checkpoint.ipynb").write_text("{}")
    if not known:
        (course / ".graded" / f"{NAME}.release" / "release.json").unlink()
    cells = ESSAY | {"test_double": ("test", 2, ESSAY["test_double"][2] + "  # mended")}
    nbformat.write(source_notebook(cells), course / "solutions" / NAME / f"{NAME}.ipynb")
    told = []
    release(Course(course), NAME, told.append)
    assert told == []
    assert [path.name for path in folder.parent.iterdir()] == [NAME]


def test_pictures_of_a_model_answer_stay_and_those_of_a_question_go(course):
    source = source_notebook(ESSAY)
    shown = "See ![a](attachment:a%20b.png) and <img src='attachment:R&amp;D.png'>."
    pictures = {name: {"image/png": "AAAA"} for name in ("a b.png", "R&D.png", "old.png")}
    source.cells.insert(0, new_markdown_cell(shown, attachments=pictures))
    answer = cell(source, "essay")
    answer.source = "As ![secret](attachment:secret.png) shows."
    answer.attachments = {"secret.png": {"image/png": "U0VDUkVU"}}
    nbformat.write(source, course / "solutions" / NAME / f"{NAME}.ipynb")
    released = notebook_in(release(Course(course), NAME))
    assert set(released.cells[0].attachments) == {"a b.png", "R&D.png"}
    assert "attachments" not in cell(released, "essay")
    assert "U0VDUkVU" not in nbformat.writes(released)


def test_files_for_graders_stay_and_the_others_are_named(course):
    folder = course / "solutions" / NAME
    (folder / "graders_notes.md").write_text("secret")
    (folder / "data").mkdir()
    (folder / "data" / "points.csv").write_text("1,2")
    done = CliRunner().invoke(app, ["release", NAME])
    assert f"released exercises/{NAME}, with data/points.csv" in " ".join(done.stdout.split())
    assert sorted(path.name for path in (course / "exercises" / NAME).rglob("*.*")) == [
        f"{NAME}.ipynb",
        "points.csv",
    ]


def test_downloads_of_submissions_are_not_committed(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text((ROOT / ".gitignore").read_text())
    for name in ("downloaded", "submitted", ".graded"):
        path = tmp_path / name / "x.ipynb"
        path.parent.mkdir()
        path.touch()
    done = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.split() == ["??", ".gitignore"]
