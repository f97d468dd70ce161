"""What a student's checks found is kept, shown again, and not trusted once something changed."""

import json
import shutil

import nbformat
import pytest

from course_lib.course import overview
from course_lib.course.overview import NOTHING, Standing, progress_table, standings
from course_lib.grading import self_check
from course_lib.grading.self_check import Answer, is_untouched, missing_tests
from tests import ROOT
from tests.unit.grading.tiny_course import ESSAY, NAME, cell, source_notebook

PASSED = Answer("test_double", True, "", "passes", 2, 2)
TRIED = Answer("test_triple", False, "", "1 of 3 checks pass", 1, 3)


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "mine").mkdir()
    return tmp_path


@pytest.fixture
def path(course):
    return course / "mine" / f"{NAME}.ipynb"


@pytest.fixture
def notebook(path):
    notebook = source_notebook(ESSAY)
    nbformat.write(notebook, path)
    return notebook


def test_each_question_stands_where_its_answer_says(notebook):
    assert standings(notebook, [PASSED, TRIED]) == (
        Standing("double", "passes", 2, 2),
        Standing("triple", "1 of 3 checks pass", 1, 3),
        Standing("essay", "written; a person marks it", None, 4),
    )


def test_a_question_whose_test_is_gone_is_still_named(notebook):
    notebook.cells.remove(cell(notebook, "test_triple"))
    found = standings(notebook, [PASSED, *missing_tests(notebook)])
    assert Standing("triple", "its test is missing", 0, 0) in found
    assert found[-1].is_open


def test_before_anything_was_checked_the_table_says_so(course):
    assert progress_table(course) == NOTHING


def test_the_table_names_what_is_left_to_do(course, path, notebook):
    overview.remember(path, notebook, [PASSED, TRIED])
    row = progress_table(course).splitlines()[2]
    assert row.startswith(f"| [{NAME}](../mine/{NAME}.ipynb) | 3 / 5 | `triple` | 20")


def test_what_was_not_begun_is_told_in_a_word(course, path, notebook):
    notebook.cells.remove(cell(notebook, "essay"))
    overview.remember(path, notebook, overview.not_begun(notebook))
    assert "| 0 / 5 | all: not begun |" in progress_table(course)


def test_a_notebook_outside_of_a_course_is_checked_and_not_kept(tmp_path):
    outside = tmp_path / "outside.ipynb"
    outside.touch()
    checked = overview.remember(outside, source_notebook(), [PASSED, TRIED])
    assert checked.points == "3 / 5"
    assert [one.name for one in tmp_path.iterdir()] == ["outside.ipynb"]


def test_what_was_kept_holds_until_something_changes(path, notebook):
    overview.remember(path, notebook, [PASSED, TRIED])
    cell(notebook, "test_double").outputs = [nbformat.v4.new_output("stream", text="run")]
    assert overview.unchanged(path, notebook) is not None
    (path.parent / "helpers.py").touch()
    assert overview.unchanged(path, notebook) is None
    (path.parent / "helpers.py").unlink()
    cell(notebook, "double").source += "\n"
    assert overview.unchanged(path, notebook) is None


def test_another_notebook_of_that_name_is_another(course, path, notebook):
    overview.remember(path, notebook, [PASSED, TRIED])
    (course / "other").mkdir()
    shutil.copy(path, course / "other")
    assert overview.unchanged(course / "other" / path.name, notebook) is None


@pytest.mark.parametrize("text", ["", "[]", '{"standings": 3}', '{"standings": []}', "\0"])
def test_a_damaged_file_counts_as_none(course, path, notebook, text):
    overview.remember(path, notebook, [PASSED])
    (course / overview.FOLDER / f"{NAME}.json").write_text(text)
    assert overview.unchanged(path, notebook) is None
    assert progress_table(course) == NOTHING


@pytest.mark.parametrize(
    "path", sorted((ROOT / "exercises").glob("*/*.ipynb")), ids=lambda path: path.stem
)
def test_a_release_is_untouched_and_a_letter_more_is_not(path):
    notebook = nbformat.read(path, as_version=4)
    assert is_untouched(notebook)
    notebook.cells.append(nbformat.v4.new_code_cell("x = 1"))
    assert not is_untouched(notebook)
    notebook.cells.pop()
    code = [one for one in notebook.cells if one.cell_type == "code"]
    answer = next(one for one in code if "raise NotImplementedError" in one.source)
    answer.source += " "
    assert not is_untouched(notebook)


def test_lecture_00_shows_a_fresh_clone():
    notebook = json.loads((ROOT / "lectures" / "00_start_here.ipynb").read_text())
    shown = [one for one in notebook["cells"] if "progress_table(course)" in "".join(one["source"])]
    assert "".join(shown[-1]["outputs"][0]["data"]["text/markdown"]) == NOTHING


def test_states_are_called_what_a_check_calls_them():
    assert (overview.PASSES, overview.NOT_DONE) == (self_check.PASSES, self_check.NOT_DONE)
