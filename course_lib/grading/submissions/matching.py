"""Put a student's cells back into the order and form in which they were handed out.

The named cells of the release are slots, in its order. Each student's cell that can be recognized
goes into its slot; all others are the student's own and stay beside their neighbours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

from course_lib.grading.submissions.reading import name_cells
from course_lib.grading.submissions.released import Slot, tidy
from course_lib.grading.syntax import parse_cell

DEFINED = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
MAX_CHARACTERS = 50_000  # characters of a cell that is searched for pieces
MAX_PIECES = 5

PUT_BACK = "deleted; put back"
NO_ANSWER = "deleted; an answer in another cell still counts"
CHANGED = "changed; the original was used"
OLDER = "not as in today's release, which was used"  # by whom is not known
TYPE = "made a cell of another type; set back"
MARKS = "changed in its points or other marks; set back"
NAMELESS = "its name was lost; recognised by its content or place"
TWICE = "there more than once; the last one that was filled in counts"
PIECES = "cut into pieces; joined again"
ORDER = "cells in another order than handed out; put back into that order"
FOREIGN = "cells with a name that no cell of this assignment has; treated as the student's own"


@dataclass
class _Matching:
    """How far the student's ``cells`` are matched with the ``slots``.

    at: {name of a slot: index of its cell}. dropped: indexes of cells that say nothing new.
    repairs: {what was mended: names of the cells}. others: sources of the release's cells without
    a name. names: what each cell says is its name.
    """

    cells: list[NotebookNode]
    slots: list[Slot]
    others: set[str]
    names: list[str | None]
    at: dict[str, int] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    repairs: dict[str, list[str]] = field(default_factory=dict)

    def report(self, what: str, *names: str) -> None:
        known = self.repairs.setdefault(what, [])
        known += [name for name in names if name not in known]

    def free(self) -> list[int]:
        """Indexes of the cells that can still go into a slot."""
        taken = self.dropped | set(self.at.values())
        known = {slot.name for slot in self.slots}
        return [i for i, name in enumerate(self.names) if i not in taken and name not in known]

    def missing(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.name not in self.at]


def realign(
    cells: list[NotebookNode], slots: list[Slot], others: Iterable[str] = ()
) -> tuple[list[NotebookNode], list[str]]:
    """The student's ``cells`` in the order and form of the release, and what was mended.

    others: sources of the release's cells that have no name. What was mended comes as sentences.
    """
    matching = _Matching(cells, slots, set(map(tidy, others)), [_name(cell) for cell in cells])
    _match_by_name(matching)
    _match_by_content(matching)
    _match_by_position(matching)
    for slot in slots:
        _join_pieces(matching, slot)
        _note_changes(matching, slot)
    rebuilt = _rebuilt(matching)
    name_cells(rebuilt)
    return rebuilt, [_sentence(what, names) for what, names in matching.repairs.items()]


def _sentence(what: str, names: list[str]) -> str:
    if not names:
        return what
    return f"{'cell' if len(names) == 1 else 'cells'} {', '.join(names)}: {what}"


def _match_by_name(matching: _Matching) -> None:
    known = {slot.name: slot for slot in matching.slots}
    named: dict[str, list[int]] = {}
    for index, name in enumerate(matching.names):
        if name in known:
            named.setdefault(name, []).append(index)
        elif name is not None:
            matching.report(FOREIGN)
    for name, indexes in named.items():
        _choose(matching, known[name], indexes)


def _choose(matching: _Matching, slot: Slot, indexes: list[int]) -> None:
    """Of several cells with one name, the one for the slot. Those that say nothing new go."""
    cells = matching.cells
    same = [index for index in indexes if slot.holds(cells[index].source)]
    other = [index for index in indexes if index not in same]
    chosen = (same or other)[-1] if slot.fixed else (other or same)[-1]
    matching.at[slot.name] = chosen
    text = cells[chosen].source
    matching.dropped |= {
        index
        for index in indexes
        if index != chosen and (index in same or cells[index].source == text)
    }
    if len(indexes) > 1:
        matching.report(TWICE, slot.name)


def _match_by_content(matching: _Matching) -> None:
    """A cell without a name is recognized by its id, its text or what it defines."""
    cells = matching.cells
    for slot in matching.missing():
        free = matching.free()
        wanted = set(DEFINED.findall(slot.released))
        ways = (
            [i for i in free if cells[i].id == slot.id],
            [i for i in free if slot.holds(cells[i].source)],
            [i for i in free if wanted and wanted <= set(DEFINED.findall(cells[i].source))],
        )
        for found in ways[:2] if slot.fixed else ways:
            if len(found) == 1 or (found and slot.fixed):
                matching.at[slot.name] = found[0]
                matching.dropped |= set(found[1:])
                matching.report(NAMELESS, slot.name)
                break


def _match_by_position(matching: _Matching) -> None:
    """An answer without a name is recognized where it is the only cell that it can be."""
    at = [matching.at.get(slot.name) for slot in matching.slots]
    bounds = [-1, *at, len(matching.cells)]
    for number, slot in enumerate(matching.slots, start=1):
        if slot.fixed or slot.name in matching.at:
            continue
        before = next(bound for bound in reversed(bounds[:number]) if bound is not None)
        after = next(bound for bound in bounds[number + 1 :] if bound is not None)
        found = [
            i
            for i in matching.free()
            if before < i < after
            and matching.cells[i].cell_type == slot.kind
            and tidy(matching.cells[i].source) not in matching.others | {""}
        ]
        rivals = [
            other
            for other in matching.missing()
            if other is not slot and not other.fixed and other.kind == slot.kind
        ]
        if len(found) == 1 and not rivals:
            matching.at[slot.name] = found[0]
            matching.report(NAMELESS, slot.name)


def _join_pieces(matching: _Matching, slot: Slot) -> None:
    """Put an answer together that is code only with the cell next to it."""
    if slot.fixed or slot.kind != "code" or slot.name not in matching.at:
        return
    first = last = matching.at[slot.name]
    cell = matching.cells[first]
    taken = set(matching.at.values()) | matching.dropped
    while last - first < MAX_PIECES:
        for near in (last + 1, first - 1):
            if not 0 <= near < len(matching.cells) or near in taken:
                continue
            piece = matching.cells[near]
            parts = [cell.source, piece.source] if near > last else [piece.source, cell.source]
            if piece.cell_type == "code" and _belong_together(*parts):
                cell.source = "\n".join(parts)
                matching.dropped.add(near)
                first, last = min(first, near), max(last, near)
                break
        else:
            break
    if first < last:
        matching.report(PIECES, slot.name)
        twice = matching.repairs.get(TWICE, [])
        if slot.name in twice:
            twice.remove(slot.name)
            if not twice:
                del matching.repairs[TWICE]


def _note_changes(matching: _Matching, slot: Slot) -> None:
    if slot.name not in matching.at:
        put_back = slot.fixed or slot.marks["grade"]
        matching.report(PUT_BACK if put_back else NO_ANSWER, slot.name)
        return
    cell = matching.cells[matching.at[slot.name]]
    if cell.cell_type != slot.kind:
        matching.report(TYPE, slot.name)
    elif slot.fixed and not slot.holds(cell.source) and not _as_handed_out(cell):
        matching.report(CHANGED if _name(cell) else OLDER, slot.name)
    if _name(cell) == slot.name and _marks(cell) != _marks(slot.cell()):
        matching.report(MARKS, slot.name)


def _rebuilt(matching: _Matching) -> list[NotebookNode]:
    """The slots in their order, filled, each with the student's own cells beside it."""
    cells, slots = matching.cells, matching.slots
    number = {slot.name: i for i, slot in enumerate(slots)}
    slot_of = {index: number[name] for name, index in matching.at.items()}
    order = [slot_of[index] for index in sorted(slot_of)]
    if order != sorted(order):
        matching.report(ORDER)
    before: dict[int, list[NotebookNode]] = {i: [] for i in range(len(slots))}
    after: dict[int, list[NotebookNode]] = {i: [] for i in range(-1, len(slots))}
    for index, cell in enumerate(cells):
        if index in slot_of or index in matching.dropped:
            continue
        cell.metadata.pop("nbgrader", None)
        last = next((slot_of[i] for i in range(index, -1, -1) if i in slot_of), -1)
        coming = next((slot_of[i] for i in range(index, len(cells)) if i in slot_of), None)
        if coming is not None and coming < last and not slots[coming].fixed:
            before[coming].append(cell)
        else:
            after[last].append(cell)
    result = after[-1]
    for i, slot in enumerate(slots):
        result = [*result, *before[i], *_filled(matching, slot), *after[i]]
    return result


def _filled(matching: _Matching, slot: Slot) -> list[NotebookNode]:
    """The cell for a slot. An answer that is gone does not come back as an empty function."""
    if slot.fixed:
        return [slot.cell()]
    if slot.name not in matching.at:
        return [slot.cell()] if slot.marks["grade"] else []
    mine = matching.cells[matching.at[slot.name]]
    return [slot.cell(mine.source, mine.metadata, mine.get("attachments"))]


def _name(cell: NotebookNode) -> str | None:
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name else None


def _marks(cell: NotebookNode) -> list[Any]:
    marks = cell.metadata.nbgrader
    flags = [bool(test(cell)) for test in (is_grade, is_solution, is_locked, is_task)]
    points = marks.get("points", 0) if flags[0] or flags[3] else 0
    return [*flags, float(points) if isinstance(points, (int, float)) else points]


def _as_handed_out(cell: NotebookNode) -> bool:
    """Whether a locked cell is as it was once handed out, if not as it is now."""
    try:
        return cell.metadata.nbgrader.checksum == compute_checksum(cell)
    except Exception:  # its metadata can be anything
        return False


def _belong_together(first: str, second: str) -> bool:
    return not (_is_code(first) and _is_code(second)) and _is_code(f"{first}\n{second}")


def _is_code(source: str) -> bool:
    return len(source) <= MAX_CHARACTERS and parse_cell(source) is not None
