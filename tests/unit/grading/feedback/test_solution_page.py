"""Solutions to hand out: what a page shows, and what it keeps back unless it is asked for."""

import html

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_output
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.feedback.solution_page import solution_page
from course_lib.grading.testing import contract
from tests import ROOT
from tests.unit.grading.tiny_course import ESSAY, NAME, cell, source_notebook


def notebook():
    notebook = source_notebook(ESSAY)
    notebook.cells.insert(1, new_markdown_cell("Twice $\\frac{x}{2}$"))
    cell(
        notebook, "essay"
    ).source = "**Model answer.** Because.\n\n**Marking guide.** 4 points: why."
    cell(notebook, "setup").outputs = [new_output("stream", text="a picture")]
    cell(notebook, "test_double").outputs = [new_output("stream", text="a secret")]
    return notebook


def test_answers_formulas_and_outputs_are_there_and_what_graders_use_is_not():
    page = solution_page(NAME, notebook())
    for shown in ("<math", "Because.", "a picture", "The tests that everybody has"):
        assert shown in page
    for kept in ("SOLUTION", "HIDDEN", "a secret", "123454321", "Marking guide", "4 points"):
        assert kept not in page
    assert "<script" not in page


def test_tests_and_guides_are_there_where_they_are_asked_for():
    page = solution_page(NAME, notebook(), with_tests=True)
    for shown in ("123454321", "4 points: why", "<summary>The tests</summary>"):
        assert shown in page
    assert "HIDDEN" not in page


@pytest.mark.parametrize(
    "path", sorted((ROOT / "solutions").glob("*/*.ipynb")), ids=lambda path: path.stem
)
def test_no_line_of_a_hidden_test_or_of_a_guide_is_on_a_page_of_ours(path):
    source = nbformat.read(path, as_version=4)
    page = solution_page(path.stem, source)
    assert "arking guide" not in page
    names = hidden_checks(source)
    assert names
    assert not [name for name in names if f"&quot;{html.escape(name)}&quot;" in page]


def hidden_checks(notebook):
    """Names of checks that are hidden, and no visible check has."""
    tests = [contract.checks(cell.source) for cell in notebook.cells if contract.is_test(cell)]
    checks = [check for test in tests for check in test]
    return {one.name for one in checks if one.hidden} - {
        one.name for one in checks if not one.hidden
    }


def invoke(*args):
    return CliRunner().invoke(app, ["solutions", *args])


def test_the_command_runs_the_solutions_and_writes_a_page(course):
    change(course, "double", "print('it ran')\n")
    done = invoke(NAME, "--to", "pages")
    assert done.exit_code == 0, done.output
    assert f"wrote pages/{NAME}.html" in done.stdout
    assert [path.name for path in (course / "pages").iterdir()] == [f"{NAME}.html"]
    assert "it ran" in (course / "pages" / f"{NAME}.html").read_text()


def test_a_solution_that_does_not_run_is_not_handed_out(course):
    change(course, "double", "1 / 0\n")
    done = invoke(NAME, "--to", "pages")
    assert done.exit_code == 2
    assert "does not run: cell double: ZeroDivisionError" in done.output
    assert not (course / "pages").exists()


def test_bad_input_is_a_sentence(course):
    (course / "file").touch()
    for args, words in (
        (["01_nubmers"], f"Did you mean {NAME}?"),
        ([NAME, "--to", "file"], "can't be written"),
    ):
        done = invoke(*args)
        assert done.exit_code == 2
        assert words in " ".join(done.output.split())


def change(course, name, line):
    path = course / "solutions" / NAME / f"{NAME}.ipynb"
    source = nbformat.read(path, as_version=4)
    cell(source, name).source = line + cell(source, name).source
    nbformat.write(source, path)
