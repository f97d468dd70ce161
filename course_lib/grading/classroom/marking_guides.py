"""The formgrader shows the marking guide below each answer that a person marks.

Only its page is changed, while it is made: neither the graded notebook nor what students get back
holds a guide. It also works without a network, which nbgrader's own does not: formulas become
MathML, and a script stands in where MathJax could not be loaded.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import is_grade, is_solution, is_task

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.feedback.page import source_of
from course_lib.grading.testing.contract import cell_name

# Bootstrap's classes, as the formgrader's own boxes have them.
PANEL = Markup(
    '<div class="panel panel-info marking-guide">'
    '<div class="panel-heading">Marking guide (students never see this)</div>'
    '<div class="panel-body rendered_html">{}</div></div>'
)
EMPTY_LINE, COMMENT = re.compile(r"(?<=\n)(?=[ \t]*\n)"), "<!-- -->"

# The formgrader begins to show and save points when MathJax says that it has done its work.
WITHOUT_MATHJAX = """<script>
window.MathJax ||= {Hub: {Startup: {signal: {Interest: (tell) => setTimeout(() => tell("End"))}}}};
</script>"""


class MarkingGuides(Preprocessor):
    """For the exporter of nbgrader's formgrader; any other notebook stays as it is.

    In ``nbgrader_config.py``: ``c.HTMLExporter.preprocessors = [MarkingGuides]``.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        if "submission_id" not in resources:  # which the formgrader alone has
            return nb, resources
        try:
            guides = _guides(resources)
        except Exception as error:  # better to mark without a guide than not at all
            self.log.warning("The formgrader shows no marking guides: %s", error)
            guides = {}
        cells = []
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = _as_block(source_of(cell))
            cells += [cell, *guides.get(cell_name(cell), [])]
        nb.cells = [*cells, _html(WITHOUT_MATHJAX)]
        return nb, resources


def _as_block(page: str) -> str:
    """HTML as Markdown that stays as it is: a block of HTML would end at an empty line."""
    return f"<div>{EMPTY_LINE.sub(COMMENT, page)}</div>"


def _guides(resources: dict) -> dict[str, list[NotebookNode]]:
    """The box with what the instructor wrote into a cell that is marked by hand, by its name."""
    course = Course(_root(Path(resources["metadata"]["path"])))
    path = course.source(resources["assignment_id"]) / f"{resources['notebook_id']}.ipynb"
    source = nbformat.read(path, as_version=4)
    return {
        cell_name(cell): [_html(PANEL.format(source_of(cell)))]
        for cell in source.cells
        if is_task(cell) or (is_grade(cell) and is_solution(cell))
    }


def _root(folder: Path) -> Path:
    """The course folder around ``folder``; the current one if there is none."""
    return next((one for one in folder.parents if (one / CONFIG).is_file()), Path.cwd())


def _html(page: str) -> NotebookNode:
    """A cell that shows HTML and nothing else."""
    output = new_output("display_data", {"text/html": page})
    return new_code_cell(outputs=[output], metadata={"transient": {"remove_source": True}})
