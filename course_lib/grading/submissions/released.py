"""A notebook as it was handed out: the cells that every submission of it is put back into."""

from __future__ import annotations

import ast
import contextlib
import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook, SourceCell
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from course_lib.grading.nbgrader_private import without_hidden_parts
from course_lib.grading.submissions.cells import make_cell
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.syntax import parse_cell
from course_lib.grading.testing.contract import cell_name

MAX_CHARACTERS = 50_000  # of a cell whose form is looked at
WORD = re.compile(r"[^\W_]+")


@dataclass
class Slot:
    """A named cell of the release. released: its source as students got it, without hidden tests.

    text: its source for grading. marks: its ``metadata.nbgrader``. before: the sources of the cells
    without a name that stand between the slot before and this one, such as the question's text.
    """

    name: str
    kind: str
    text: str
    released: str
    marks: dict[str, Any]
    id: str = ""
    before: tuple[str, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether its content is the instructor's."""
        return self.marks["locked"]

    @property
    def by_hand(self) -> bool:
        """Whether a person marks what a student writes here."""
        return bool(self.marks["grade"] and not self.fixed)

    def holds(self, source: str) -> bool:
        """Whether a cell's source says just what was handed out, however a tool has laid it out."""
        if tidy(source) in (tidy(self.released), tidy(self.text)):
            return True
        mine = form(self.kind, source)
        return bool(mine) and mine in (form(self.kind, self.released), form(self.kind, self.text))

    def cell(
        self,
        source: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        attachments: Any = None,
    ) -> NotebookNode:
        """The cell for this slot, with the student's ``source`` or what was handed out."""
        text = self.text if source is None else source
        cell = make_cell(self.kind, text, dict(metadata or {}) | {"nbgrader": dict(self.marks)})
        cell["id"] = self.id or cell["id"]
        if attachments and self.kind == "markdown":
            cell["attachments"] = attachments
        return cell


@dataclass(frozen=True)
class ReleasedNotebook:
    """A notebook of an assignment, as the gradebook and the source have it.

    slots: its named cells in order. others: the sources of its cells without a name. kernelspec:
    what it runs on.
    """

    slots: tuple[Slot, ...]
    others: tuple[str, ...]
    kernelspec: dict[str, Any]


def released_notebook(
    gradebook: Gradebook, directory: CourseDirectory, assignment: str, name: str
) -> ReleasedNotebook:
    """The notebook ``name`` of ``assignment`` as it was handed out.

    The gradebook has the cells; their order and ids are in the source, or in the release.
    """
    recorded = gradebook.find_notebook(name, assignment)
    versions = _versions(directory, assignment, name)
    cells = versions[0] if versions else []
    known = {cell_name(cell): cell for cell in cells}
    order = {grade_id: i for i, grade_id in enumerate(known)}
    slots = [_slot(cell, recorded, directory.config) for cell in recorded.source_cells]
    slots.sort(key=lambda slot: order.get(slot.name, 0))
    before = _texts_before(cells)
    for slot in slots:
        slot.id = known[slot.name].id if slot.name in known else ""
        slot.before = before.get(slot.name, ())
    given = (cell for version in versions for cell in version)
    others = tuple(dict.fromkeys(one.source for one in given if not one.metadata.get("nbgrader")))
    return ReleasedNotebook(tuple(slots), others, json.loads(recorded.kernelspec or "{}"))


def tidy(source: str) -> str:
    """``source`` without what no reader sees: blanks at the ends of lines and around it."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def words(text: str) -> str:
    """The words of a text, without markup, case and line breaks: what tools leave as it is."""
    return " ".join(WORD.findall(text.lower()))


@functools.lru_cache(maxsize=256)
def form(kind: str, source: str) -> str:
    """What stays the same when a formatter goes over a cell; "" if that can't be said."""
    if len(source) > MAX_CHARACTERS:
        return ""
    if kind != "code":
        return words(source)
    tree = parse_cell(source)
    return ast.dump(tree) if tree and tree.body else ""


def _texts_before(cells: Iterable[NotebookNode]) -> dict[str, tuple[str, ...]]:
    """For each named cell the texts of the cells without a name that stand right before it."""
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[str] = []
    for cell in cells:
        if name := cell_name(cell):
            found[name], waiting = tuple(waiting), []
        elif cell.cell_type != "code":
            waiting.append(cell.source)
    return found


def _slot(cell: SourceCell, recorded: Notebook, config: Config) -> Slot:
    points = {one.name: one.max_score for one in (*recorded.grade_cells, *recorded.task_cells)}
    marks = {
        "grade": _has(recorded.grade_cells, cell.name),
        "solution": _has(recorded.solution_cells, cell.name),
        "task": _has(recorded.task_cells, cell.name),
        "locked": cell.locked,
        "grade_id": cell.name,
        "cell_type": cell.cell_type,
        "schema_version": 3,
    }
    if cell.name in points:
        marks["points"] = points[cell.name]
    if cell.checksum is not None:
        marks["checksum"] = cell.checksum
    released = without_hidden_parts(cell.source, config)
    return Slot(cell.name, cell.cell_type, cell.source, released, marks)


def _has(cells: Iterable[Any], name: str) -> bool:
    return any(cell.name == name for cell in cells)


def _versions(directory: CourseDirectory, assignment: str, name: str) -> list[list[NotebookNode]]:
    """The cells of the source, and those of the release, which may have a header and a footer."""
    steps = directory.source_directory, directory.release_directory
    paths = [Path(directory.format_path(step, ".", assignment), f"{name}.ipynb") for step in steps]
    found = []
    for path in paths:
        with contextlib.suppress(Unreadable, OSError):
            found.append(read(path).cells)
    return found
