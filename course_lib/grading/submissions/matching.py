"""Put a student's cells back into the order and form in which they were handed out.

The named cells of the release are slots, in its order. Each student's cell that can be recognised
goes into its slot; all others are the student's own and stay beside their neighbours.
"""

import ast
import re
import warnings
from dataclasses import dataclass

from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

from course_lib.grading.submissions.reading import MAKE, name_cells

DEFINED = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
LONGEST = 50_000  # characters of a cell that is searched for pieces
MOST_PIECES = 5

PUT_BACK = "deleted; put back"
NO_ANSWER = "deleted; an answer in another cell still counts"
CHANGED = "changed; the original was used"
TYPE = "made a cell of another type; set back"
MARKS = "changed in its points or other marks; set back"
NAMELESS = "its name was lost; recognised by its content or place"
TWICE = "there more than once; the last one that was filled in counts"
PIECES = "cut into pieces; joined again"
ORDER = "cells in another order than handed out; put back into that order"
FOREIGN = "cells with a name that no cell of this assignment has; treated as the student's own"


@dataclass
class Slot:
    """A named cell of the release. released: its source as students got it, without hidden tests.

    text: its source for grading. marks: its ``metadata.nbgrader``.
    """

    name: str
    kind: str
    text: str
    released: str
    marks: dict
    id: str = ""

    @property
    def fixed(self):
        """Whether its content is the instructor's."""
        return self.marks["locked"]

    def holds(self, source):
        """Whether a cell's source is just what was handed out."""
        return _tidy(source) in (_tidy(self.released), _tidy(self.text))

    def cell(self, source=None, metadata=(), attachments=None):
        """The cell for this slot, with the student's ``source`` or what was handed out."""
        text = self.text if source is None else source
        made = MAKE[self.kind](text, metadata=dict(metadata) | {"nbgrader": dict(self.marks)})
        made["id"] = self.id or made["id"]
        if attachments and self.kind == "markdown":
            made["attachments"] = attachments
        return made


class Realignment:
    """``cells`` (a student's) realigned with ``slots``: ``result``, and ``repairs``, sentences.

    others: sources of the release's cells that have no name.
    """

    def __init__(self, cells, slots, others=()):
        self.cells, self.slots = cells, slots
        self.others = {_tidy(source) for source in others}
        self.place, self.dropped, self.found = {}, set(), {}  # name -> index; indexes; repairs
        self.names = [_name(cell) for cell in cells]
        self._by_name()
        self._by_content()
        self._by_place()
        for slot in slots:
            self._join_pieces(slot)
            self._look_for_changes(slot)
        self.result = self._rebuilt()
        name_cells(self.result)

    @property
    def repairs(self):
        """What was mended, a sentence each."""
        said = []
        for what, names in self.found.items():
            cells = "cell" if len(names) == 1 else "cells"
            said.append(f"{cells} {', '.join(names)}: {what}" if names else what)
        return said

    def _report(self, what, *names):
        found = self.found.setdefault(what, [])
        found += [name for name in names if name not in found]

    def _by_name(self):
        known = {slot.name: slot for slot in self.slots}
        named = {}
        for index, name in enumerate(self.names):
            if name in known:
                named.setdefault(name, []).append(index)
            elif name is not None:
                self._report(FOREIGN)
        for name, indexes in named.items():
            self._choose(known[name], indexes)

    def _choose(self, slot, indexes):
        """Of several cells with one name, the one for the slot. Those that say nothing new go."""
        same = [index for index in indexes if slot.holds(self.cells[index].source)]
        other = [index for index in indexes if index not in same]
        chosen = (same or other)[-1] if slot.fixed else (other or same)[-1]
        self.place[slot.name] = chosen
        text = self.cells[chosen].source
        self.dropped |= {
            index
            for index in indexes
            if index != chosen and (index in same or self.cells[index].source == text)
        }
        if len(indexes) > 1:
            self._report(TWICE, slot.name)

    def _free(self):
        taken = self.dropped | set(self.place.values())
        known = {slot.name for slot in self.slots}
        return [i for i, name in enumerate(self.names) if i not in taken and name not in known]

    def _missing(self):
        return [slot for slot in self.slots if slot.name not in self.place]

    def _by_content(self):
        for slot in self._missing():
            free = self._free()
            wanted = set(DEFINED.findall(slot.released))
            ways = (
                [i for i in free if self.cells[i].id == slot.id],
                [i for i in free if slot.holds(self.cells[i].source)],
                [
                    i
                    for i in free
                    if wanted and wanted <= set(DEFINED.findall(self.cells[i].source))
                ],
            )
            for found in ways[:2] if slot.fixed else ways:
                if len(found) == 1 or (found and slot.fixed):
                    self.place[slot.name] = found[0]
                    self.dropped |= set(found[1:])
                    self._report(NAMELESS, slot.name)
                    break

    def _by_place(self):
        """An answer without a name is recognised where it is the only cell that it can be."""
        bounds = [-1, *(self.place.get(slot.name) for slot in self.slots), len(self.cells)]
        for number, slot in enumerate(self.slots, start=1):
            if slot.fixed or slot.name in self.place:
                continue
            before = next(at for at in reversed(bounds[:number]) if at is not None)
            after = next(at for at in bounds[number + 1 :] if at is not None)
            found = [
                i
                for i in self._free()
                if before < i < after
                and self.cells[i].cell_type == slot.kind
                and _tidy(self.cells[i].source) not in self.others | {""}
            ]
            rivals = [
                other
                for other in self._missing()
                if other is not slot and not other.fixed and other.kind == slot.kind
            ]
            if len(found) == 1 and not rivals:
                self.place[slot.name] = found[0]
                self._report(NAMELESS, slot.name)

    def _join_pieces(self, slot):
        """Put an answer together that is code only with the cell next to it."""
        if slot.fixed or slot.kind != "code" or slot.name not in self.place:
            return
        index = self.place[slot.name]
        cell, first, last = self.cells[index], index, index
        taken = set(self.place.values()) | self.dropped
        joined = True
        while joined and last - first < MOST_PIECES:
            joined = False
            for near in (last + 1, first - 1):
                if not 0 <= near < len(self.cells) or near in taken:
                    continue
                piece = self.cells[near]
                parts = [cell.source, piece.source] if near > last else [piece.source, cell.source]
                if piece.cell_type == "code" and _belong_together(*parts):
                    cell.source = "\n".join(parts)
                    self.dropped.add(near)
                    first, last, joined = min(first, near), max(last, near), True
                    break
        if first < last:
            self._report(PIECES, slot.name)
            if slot.name in self.found.get(TWICE, []):
                self.found[TWICE].remove(slot.name)
                if not self.found[TWICE]:
                    del self.found[TWICE]

    def _look_for_changes(self, slot):
        if slot.name not in self.place:
            kept = slot.fixed or slot.marks["grade"]
            self._report(PUT_BACK if kept else NO_ANSWER, slot.name)
            return
        cell = self.cells[self.place[slot.name]]
        if cell.cell_type != slot.kind:
            self._report(TYPE, slot.name)
        elif slot.fixed and not slot.holds(cell.source) and not _as_handed_out(cell):
            self._report(CHANGED, slot.name)
        if _name(cell) == slot.name and _marks(cell) != _marks(slot.cell()):
            self._report(MARKS, slot.name)

    def _rebuilt(self):
        number = {slot.name: place for place, slot in enumerate(self.slots)}
        at = {index: number[name] for name, index in self.place.items()}
        order = [at[index] for index in sorted(at)]
        if order != sorted(order):
            self._report(ORDER)
        before = {place: [] for place in range(len(self.slots))}
        after = {place: [] for place in range(-1, len(self.slots))}
        for index, cell in enumerate(self.cells):
            if index in at or index in self.dropped:
                continue
            cell.metadata.pop("nbgrader", None)
            last = next((at[i] for i in range(index, -1, -1) if i in at), -1)
            coming = next((at[i] for i in range(index, len(self.cells)) if i in at), None)
            if coming is not None and coming < last and not self.slots[coming].fixed:
                before[coming].append(cell)
            else:
                after[last].append(cell)
        result = after[-1]
        for place, slot in enumerate(self.slots):
            result = [*result, *before[place], *self._filled(slot), *after[place]]
        return result

    def _filled(self, slot):
        """The cell for a slot. An answer that is gone does not come back as an empty function."""
        if slot.fixed:
            return [slot.cell()]
        if slot.name not in self.place:
            return [slot.cell()] if slot.marks["grade"] else []
        mine = self.cells[self.place[slot.name]]
        return [slot.cell(mine.source, mine.metadata, mine.get("attachments"))]


def _tidy(source):
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _name(cell):
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name else None


def _marks(cell):
    marks = cell.metadata.nbgrader
    said = [bool(test(cell)) for test in (is_grade, is_solution, is_locked, is_task)]
    points = marks.get("points", 0) if said[0] or said[3] else 0
    return [*said, float(points) if isinstance(points, (int, float)) else points]


def _as_handed_out(cell):
    """Whether a locked cell is as it was once handed out, if not as it is now."""
    try:
        return cell.metadata.nbgrader.checksum == compute_checksum(cell)
    except Exception:  # its metadata can be anything
        return False


def _belong_together(first, second):
    return not (_is_code(first) and _is_code(second)) and _is_code(f"{first}\n{second}")


def _is_code(source):
    if len(source) > LONGEST:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
