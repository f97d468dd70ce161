"""The solutions of an assignment as one page, to hand out when nobody can hand in any more.

Like the feedback page it holds no script and needs no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.feedback.page import output_of, source_of, style, template
from course_lib.grading.testing.contract import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
    is_test,
    region,
)

TEMPLATE = "solution.html.j2"
GUIDE = re.compile(r"\n\s*\*\*Marking guide\.?\*\*.*", re.DOTALL | re.IGNORECASE)


def solution_page(name: str, notebook: NotebookNode, with_tests: bool = False) -> str:
    """The page of an instructor's ``notebook``, with the outputs that its cells have.

    with_tests: whether it has hidden tests and marking guides, too. What the test cells printed is
    never shown: their reports name the hidden checks.
    """
    cells = list(_shown(notebook, with_tests))
    return template(TEMPLATE).render(name=name, cells=cells, style=Markup(style()))


def _shown(notebook: NotebookNode, with_tests: bool) -> Iterator[dict[str, Any]]:
    for cell in notebook.cells:
        test = is_test(cell)
        shown = cell.copy()
        shown["source"] = _source(cell, with_tests)
        if not shown["source"].strip():
            continue
        yield {
            "kind": "test" if test else "answer" if is_solution(cell) else cell.cell_type,
            "summary": "The tests" if with_tests else "The tests that everybody has",
            "source": source_of(shown),
            "outputs": [] if test else [output_of(one, False) for one in cell.get("outputs", [])],
        }


def _source(cell: NotebookNode, with_tests: bool) -> str:
    """A cell's source as it is handed out: without marks, hidden tests and marking guides."""
    source = str(cell.source)
    if is_solution(cell) and is_grade(cell) and not with_tests:
        source = GUIDE.sub("", source)
    _, marks = region(source, BEGIN_SOLUTION, END_SOLUTION)
    hidden, borders = region(source, BEGIN_HIDDEN, END_HIDDEN)
    left_out = marks | borders | (set() if with_tests else hidden)
    lines = source.split("\n")
    return "\n".join(line for at, line in enumerate(lines) if at not in left_out)
