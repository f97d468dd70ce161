"""Answers in code that stand in another cell than the one that was made for them."""

from __future__ import annotations

import ast
import re

from course_lib.grading.submissions.cells import make_cell
from course_lib.grading.submissions.matched import Matching
from course_lib.grading.submissions.released import MAX_CHARACTERS, Slot, form
from course_lib.grading.syntax import parse_cell

ELSEWHERE = "answered in another cell; the answer was taken from there"
FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)


def find(matching: Matching, slot: Slot) -> None:
    """Find the functions and classes that ``slot`` asks for in other cells.

    Where they come too early they would be overwritten by the empty ones, so these go; where they
    come after the test, or where no code is run, they move.
    """
    at, test = matching.at.get(slot.name, -1), _next_test(matching, slot)
    owners = {matching.at[one.name]: one for one in matching.slots if one.name in matching.at}
    sources: list[str] = []
    earlier = False
    for name, stub in _definitions(slot.released).items():
        place = _last_definition(matching, slot, name, stub)
        if place is None:
            moved = [cell.source for cell in matching.answers.values() if cell is not None]
            earlier = earlier or any(name in _definitions(text) for text in moved)
            continue
        index, source = place
        owner, cell = owners.get(index), matching.cells[index]
        if index > test or cell.cell_type != "code" or (owner is not None and owner.fixed):
            if owner is None:
                source = FENCE.sub("", cell.source)
                matching.dropped.add(index)
            sources += [source] if source not in sources else []
        elif index < at:
            earlier = True
    if sources or earlier:
        text = "\n\n".join(sources)
        matching.answers[slot.name] = make_cell("code", text, {}) if sources else None
        matching.report(ELSEWHERE, slot.name)


def _next_test(matching: Matching, slot: Slot) -> float:
    """The index of the test that asks for ``slot``, or of the first cell there is after it."""
    later = matching.slots[matching.slots.index(slot) + 1 :]
    while later and not (later[0].fixed and later[0].marks["grade"]):
        later = later[1:]
    return next((matching.at[one.name] for one in later if one.name in matching.at), float("inf"))


def _last_definition(
    matching: Matching, slot: Slot, name: str, stub: str
) -> tuple[int, str] | None:
    """Where ``name`` is defined last, other than in its slot and as it was handed out.

    The index of the cell and the definition, with the cell's imports.
    """
    given = {source for one in matching.slots if one.fixed for source in (one.text, one.released)}
    for index in reversed(range(len(matching.cells))):
        source = matching.cells[index].source
        mine = matching.at.get(slot.name) == index
        if mine or index in matching.dropped or name not in source or source in given:
            continue
        found = _definitions(source) | _assigned(source)
        if name in found and form("code", found[name]) != form("code", stub):
            return index, "\n".join([*_imports(source), found[name]])
    return None


def _definitions(source: str) -> dict[str, str]:
    """The functions and classes that a cell defines: {name: source}."""
    lines = FENCE.sub("", source).split("\n")
    found = {}
    for one in _statements(source):
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            start = min([one.lineno, *(decorator.lineno for decorator in one.decorator_list)])
            found[one.name] = "\n".join(lines[start - 1 : one.end_lineno])
    return found


def _assigned(source: str) -> dict[str, str]:
    """The names that a cell gives to a function, as ``double = lambda x: ...``: {name: the cell}.

    All of the cell, because what the name stands for may be defined in it.
    """
    return {
        target.id: FENCE.sub("", source)
        for one in _statements(source)
        if isinstance(one, ast.Assign) and isinstance(one.value, (ast.Lambda, ast.Name))
        for target in one.targets
        if isinstance(target, ast.Name)
    }


def _imports(source: str) -> list[str]:
    imports = (ast.Import, ast.ImportFrom)
    return [ast.unparse(one) for one in _statements(source) if isinstance(one, imports)]


def _statements(source: str) -> list[ast.stmt]:
    tree = parse_cell(FENCE.sub("", source)) if len(source) <= MAX_CHARACTERS else None
    return tree.body if tree else []
