"""Put a student's cells back into the order and form in which they were handed out.

The named cells of the release are slots, in its order. Each student's cell that can be recognized
goes into its slot; all others are the student's own and stay beside their neighbours.
"""

import re
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

from course_lib.grading.submissions import elsewhere
from course_lib.grading.submissions.cells import name_cells
from course_lib.grading.submissions.definitions import FENCE
from course_lib.grading.submissions.matched import Matching
from course_lib.grading.submissions.released import MAX_CHARACTERS, Slot, tidy
from course_lib.grading.syntax import parse_cell

DEFINED = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
MAX_PIECES = 5

PUT_BACK = "deleted; put back"
NO_ANSWER = "deleted; an answer in another cell still counts"
CHANGED = "changed; the original was used"
TYPE = "made a cell of another type; set back"
OLDER = "not as it is handed out now; the present one was used"
MARKS = "not with the points or other marks of the release; set back"
NAMELESS = "its name was lost; recognised by its content or place"
TWICE = "there more than once; the last one that was filled in counts"
PIECES = "cut into pieces; joined again"
ORDER = "cells in another order than handed out; put back into that order"
FOREIGN = "cells with a name that no cell of this assignment has; treated as the student's own"


def realign(
    cells: list[NotebookNode], slots: list[Slot], others: Iterable[str] = ()
) -> tuple[list[NotebookNode], list[str]]:
    """The student's ``cells`` in the order and form of the release, and what was mended.

    others: sources of the release's cells that have no name. What was mended comes as sentences.
    """
    matching = match(cells, slots, others)
    for slot in slots:
        _join_pieces(matching, slot)
    elsewhere.find_answers(matching)
    for slot in slots:
        _note_changes(matching, slot)
    rebuilt = _rebuilt(matching)
    name_cells(rebuilt)
    return rebuilt, [_sentence(what, names) for what, names in matching.repairs.items()]


def match(cells: list[NotebookNode], slots: list[Slot], others: Iterable[str] = ()) -> Matching:
    """Which of the student's ``cells`` are which slots; nothing is changed."""
    matching = Matching(cells, slots, set(map(tidy, others)), [_name(cell) for cell in cells])
    _match_by_name(matching)
    _match_by_content(matching)
    _match_by_position(matching)
    return matching


def _sentence(what: str, names: list[str]) -> str:
    if not names:
        return what
    return f"{'cell' if len(names) == 1 else 'cells'} {', '.join(names)}: {what}"


def _match_by_name(matching: Matching) -> None:
    known = {slot.name: slot for slot in matching.slots}
    named: dict[str, list[int]] = {}
    for index, name in enumerate(matching.names):
        if name in known:
            named.setdefault(name, []).append(index)
        elif name is not None:
            matching.report(FOREIGN)
    for name, indexes in named.items():
        _choose(matching, known[name], indexes)


def _choose(matching: Matching, slot: Slot, indexes: list[int]) -> None:
    """Of several cells with one name, the one for the slot. Those that say nothing new go."""
    cells = matching.cells
    same = [index for index in indexes if slot.holds(cells[index].source)]
    other = [index for index in indexes if index not in same]
    chosen = (same or other)[-1] if slot.fixed else (other or same)[-1]
    matching.at[slot.name] = chosen
    if slot.by_hand and slot.kind == "markdown" and len({cells[i].source for i in other}) > 1:
        matching.answers[slot.name] = elsewhere.joined(slot, [cells[i] for i in other])
        matching.dropped |= set(indexes) - {chosen}
        matching.report(PIECES, slot.name)
        return
    text = cells[chosen].source
    matching.dropped |= {
        index
        for index in indexes
        if index != chosen and (index in same or cells[index].source == text)
    }
    if len(indexes) > 1:
        matching.report(TWICE, slot.name)


def _match_by_content(matching: Matching) -> None:
    """A cell without a name is recognized by its id, its text or what it defines."""
    cells = matching.cells
    for slot in matching.missing():
        free = matching.free()
        wanted = set(DEFINED.findall(slot.released))
        ways: tuple[list[int], ...] = (
            [i for i in free if cells[i].id == slot.id],
            [i for i in free if slot.holds(cells[i].source)],
            [i for i in free if wanted and wanted <= set(DEFINED.findall(cells[i].source))],
        )
        if slot.by_hand:  # whose text is like that of others; its place says more
            ways = (ways[0], ways[2])
        for found in ways[:2] if slot.fixed else ways:
            if len(found) == 1 or (found and slot.fixed):
                matching.at[slot.name] = found[0]
                matching.dropped |= set(found[1:])
                matching.report(NAMELESS, slot.name)
                break


def _match_by_position(matching: Matching) -> None:
    """Code without a name is recognized where it is the only cell that it can be."""
    at = [matching.at.get(slot.name) for slot in matching.slots]
    bounds = [-1, *at, len(matching.cells)]
    for number, slot in enumerate(matching.slots, start=1):
        if slot.fixed or slot.by_hand or slot.name in matching.at:
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


def _join_pieces(matching: Matching, slot: Slot) -> None:
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


def _note_changes(matching: Matching, slot: Slot) -> None:
    if slot.name in matching.answers:
        return
    if slot.name not in matching.at:
        put_back = slot.fixed or slot.marks["grade"]
        matching.report(PUT_BACK if put_back else NO_ANSWER, slot.name)
        return
    cell = matching.cells[matching.at[slot.name]]
    if _as_handed_out(cell, slot):
        return
    if cell.cell_type != slot.kind:
        matching.report(TYPE, slot.name)
    elif slot.fixed and not slot.holds(cell.source):
        matching.report(CHANGED if _is_of_this_release(cell, slot) else OLDER, slot.name)
    if _name(cell) == slot.name and _marks(cell) != _marks(slot.cell()):
        matching.report(MARKS, slot.name)


def _rebuilt(matching: Matching) -> list[NotebookNode]:
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
    for i, slot in enumerate(slots):
        if slot.fixed and slot.marks["grade"] and slot.name not in matching.at:
            after[i - 1], after[i] = _at_heading(after[i - 1])
    result = after[-1]
    for i, slot in enumerate(slots):
        result = [*result, *before[i], *_filled(matching, slot), *after[i]]
    return result


def _at_heading(cells: list[NotebookNode]) -> tuple[list[NotebookNode], list[NotebookNode]]:
    """What comes before the first heading, where a test that is put back belongs, and the rest."""
    headings = [c.cell_type == "markdown" and c.source.startswith("#") for c in cells]
    cut = headings.index(True) if True in headings else len(cells)
    return cells[:cut], cells[cut:]


def _filled(matching: Matching, slot: Slot) -> list[NotebookNode]:
    """The cell for a slot. An answer that is gone does not come back as an empty function."""
    if slot.fixed:
        return [slot.cell()]
    mine = matching.answer(slot)
    if mine is None:
        return [slot.cell()] if slot.marks["grade"] else []
    source = mine.source
    if slot.kind == "code" and mine.cell_type != "code":
        source = FENCE.sub("", source)
    return [slot.cell(source, mine.metadata, mine.get("attachments"))]


def _name(cell: NotebookNode) -> str | None:
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name else None


def _marks(cell: NotebookNode) -> list[Any]:
    marks = cell.metadata.nbgrader
    flags = [bool(test(cell)) for test in (is_grade, is_solution, is_locked, is_task)]
    points = marks.get("points", 0) if flags[0] or flags[3] else 0
    return [*flags, points]


def _as_handed_out(cell: NotebookNode, slot: Slot) -> bool:
    """Whether a cell, or the one that an answer was written into, was once handed out like that."""
    sources = [cell.source] if slot.fixed else [cell.source, slot.released]
    checksum = _checksum(cell)
    return checksum is not None and checksum in [_computed(cell, one) for one in sources]


def _is_of_this_release(cell: NotebookNode, slot: Slot) -> bool:
    """Whether a student had the cell as it is handed out now, so that any change is the student's.

    A cell without its name may be of any release; one without a checksum was tampered with.
    """
    now = slot.cell(slot.released)
    return _name(cell) == slot.name and _checksum(cell) in (None, _computed(now, now.source))


def _checksum(cell: NotebookNode) -> object:
    """The checksum that a cell was handed out with; None if it has none."""
    marks = cell.metadata.get("nbgrader")
    return marks.get("checksum") if isinstance(marks, dict) else None


def _computed(cell: NotebookNode, source: str) -> str | None:
    """nbgrader's checksum of a cell that has this source; None if its marks are damaged."""
    try:
        return compute_checksum(NotebookNode(cell | {"source": source}))
    except Exception:  # its metadata can be anything
        return None


def _belong_together(first: str, second: str) -> bool:
    return not (_is_code(first) and _is_code(second)) and _is_code(f"{first}\n{second}")


def _is_code(source: str) -> bool:
    return len(source) <= MAX_CHARACTERS and parse_cell(source) is not None
