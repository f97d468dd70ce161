"""Test cells are handed out folded: a line says what they check, and the verdict stands below it.

Unfolded, thirty lines of tests push the verdict off the screen. JupyterLab, Notebook and VS Code
show the first line of a folded cell, and the rest after a click.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading.errors import CourseProblem
from course_lib.grading.testing.contract import checks, is_test

WIDTH = 96  # characters of the line
FOLDED = {"source_hidden": True}


class CollapseTests(NbGraderPreprocessor):
    """Fold the test cells that are made of checks. Comes before checksums are computed.

    ``c.CollapseTests.enabled = False`` hands them out as they are.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, cell_index: int
    ) -> tuple[NotebookNode, dict]:
        line = first_line(cell) if is_test(cell) else ""
        if line:
            cell.source = f"{line}\n{cell.source}"
            cell.metadata["jupyter"] = cell.metadata.get("jupyter", {}) | FOLDED
        return cell, resources


def first_line(cell: NotebookNode) -> str:
    """A comment that names the checks which students have; "" for a cell without any."""
    if cell.source.startswith("%%"):  # such a line must stay the first
        return ""
    try:
        names = [check.name for check in checks(cell.source) if not check.hidden]
    except CourseProblem:
        return ""
    names = [" ".join(name.split()) for name in names]
    shown = list(names)
    while len(line := _line(shown, len(names) - len(shown))) > WIDTH and len(shown) > 1:
        shown.pop()
    return line if names else ""


def _line(names: list[str], others: int) -> str:
    more = f"; {others} more" if others else ""
    return f"# Run this cell to check: {'; '.join(names)}{more}"
