"""What every lecture has to be, and what all of them together have to show."""

import ast
import re

import nbformat
import pytest

from course_lib import nn, optim
from course_lib.course.outline import course_map
from tests import ROOT

LECTURES = {
    path.stem: nbformat.read(path, as_version=4)
    for path in sorted((ROOT / "lectures").glob("*.ipynb"))
}
# nbval compares every word of every output but those of cells with this tag. Each begins with the
# reason, and there are few of them.
EXEMPT = "nbval-ignore-output"
REASON = r"# not compared between runs: \w+"
MOST_EXEMPT = 5


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def syntax(notebook):
    """The parsed code of a notebook; lines of IPython's own are left out."""
    for cell in code_cells(notebook):
        lines = [line for line in cell.source.splitlines() if not line.startswith(("%", "!"))]
        yield from ast.walk(ast.parse("\n".join(lines)))


def shown(notebook):
    """The last names of what a lecture shows with ``source(...)``: Linear, forward, ..."""
    names = set()
    for node in syntax(notebook):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "source":
            for part in ast.walk(ast.Module(node.args, [])):
                names |= {getattr(part, "attr", None), getattr(part, "id", None)}
    return names - {None}


def body(function):
    """A function's code without its name, its docstring and its annotations."""
    statements = function.body
    if isinstance(statements[0], ast.Expr) and isinstance(statements[0].value, ast.Constant):
        statements = statements[1:]
    return [ast.dump(statement) for statement in statements]


@pytest.mark.parametrize("name", LECTURES)
class TestLecture:
    def test_it_was_run_and_nothing_went_wrong(self, name):
        for cell in code_cells(LECTURES[name]):
            assert cell.execution_count is not None, cell.source
            for output in cell.outputs:
                assert output.output_type != "error", cell.source
                assert output.get("name") != "stderr", cell.source

    def test_its_cells_have_names_that_stay(self, name):
        ids = [cell.id for cell in LECTURES[name].cells]
        assert len(set(ids)) == len(ids)
        assert not [one for one in ids if re.fullmatch(r"[0-9a-f]{8}", one)], "random ids"

    def test_its_metadata_say_what_it_is(self, name):
        metadata = LECTURES[name].metadata
        about = metadata.course
        assert set(about) - {"assignment"} == {"title", "about"}
        assert len(about.about) > 10
        heading = f"{name[:2]} {about.title}"
        assert LECTURES[name].cells[0].source.splitlines()[0] == f"# {heading}"
        assert metadata.get("title", heading) == heading  # of the page and the slides
        if "assignment" in about:
            assert (ROOT / "solutions" / about.assignment).is_dir()

    def test_it_has_the_parts_of_a_lecture(self, name):
        text = prose(LECTURES[name]).lower()
        wanted = ["you will be able to", "you need", "time"]
        if not name.startswith("00"):
            wanted += ["<details>", "remember", "assignment"]
        for words in wanted:
            assert words in text
        if not name.startswith("00"):
            assert re.search(r"\b(19|20)\d\d\b", text), "sources by author and year"
            assert shown(LECTURES[name]), "the library's source"

    def test_it_can_be_shown_as_slides(self, name):
        kinds = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in
                 LECTURES[name].cells]  # fmt: skip
        assert kinds[0] == "slide"
        assert kinds.count("slide") + kinds.count("subslide") >= 5

    def test_pictures_have_a_text_alternative(self, name):
        pages = [
            str(output.get("data", {}).get("text/html", ""))
            for cell in code_cells(LECTURES[name])
            for output in cell.outputs
        ]
        images = re.findall(r"<img[^>]*>", "".join(pages))
        assert images
        for image in images:
            assert re.search(r'alt="[^"]{20,}"', image)
        for cell in code_cells(LECTURES[name]):
            for output in cell.outputs:  # a live figure has a PNG for PDF, beside its HTML
                live = "data-live" in str(output.get("data", {}).get("text/html", ""))
                assert live or "image/png" not in output.get("data", {})

    def test_it_names_no_path_of_a_machine_and_is_small(self, name):
        path = ROOT / "lectures" / f"{name}.ipynb"
        assert path.stat().st_size < 1_500_000
        text = re.sub(r'"data:image[^"]*"|base64,[A-Za-z0-9+/=]+', "", path.read_text())
        assert not re.search(r"/(home|root|tmp|Users|usr|work)/\w", text)

    def test_it_pastes_no_function_of_the_library(self, name):
        own = [node for node in syntax(LECTURES[name]) if isinstance(node, ast.FunctionDef)]
        for node in own:
            assert len(body(node)) == 0 or body(node) not in LIBRARY, node.name

    def test_few_outputs_are_not_compared_and_each_says_why(self, name):
        exempt = [
            cell.source
            for cell in code_cells(LECTURES[name])
            if EXEMPT in cell.metadata.get("tags", [])
        ]
        assert len(exempt) <= MOST_EXEMPT
        for source in exempt:
            assert re.match(REASON, source), source


LIBRARY = [
    body(node)
    for path in (ROOT / "course_lib").rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text()))
    if isinstance(node, ast.FunctionDef) and len(node.body) > 2  # a one-liner is the formula
]


def test_every_public_name_is_shown_in_some_lecture():
    everything = set().union(*map(shown, LECTURES.values()))
    public = {*nn.__all__, *optim.__all__}
    assert public <= everything


def test_the_readme_has_the_map_of_what_is_there():
    here = course_map(ROOT).replace("(../", "(")
    assert here in (ROOT / "README.md").read_text(), f"put this into the README:\n{here}"
