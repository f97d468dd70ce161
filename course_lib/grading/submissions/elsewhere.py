"""Answers that stand in another cell than the one that was made for them.

An answer that a person marks is looked for near its cell; one in code wherever a cell defines what
the question asks for. Where a student's own text stands farther away, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nbformat import NotebookNode

from course_lib.grading.submissions import definitions
from course_lib.grading.submissions.cells import make_cell
from course_lib.grading.submissions.definitions import ELSEWHERE
from course_lib.grading.submissions.matched import Matching
from course_lib.grading.submissions.prose import REMARK, is_sentence, prose, remarks, told
from course_lib.grading.submissions.released import MAX_CHARACTERS, Slot, words

NAMELESS = "its name was lost; recognised by its content or place"
LOOK = "left as handed out, but other cells have text of the student's own: it waits for a person"
HINT = "This cell was left as it was handed out. The answer may be in another cell."
PICTURE = re.compile(r"attachment:([^\s<>\"']{1,255})")
TITLE = 3  # words by which a line is known again


def find_answers(matching: Matching) -> None:
    """Fill the slots that were left as they were from cells elsewhere, and report it."""
    empty = [slot for slot in matching.slots if not slot.fixed and _is_empty(matching, slot)]
    by_hand = [slot for slot in empty if slot.by_hand]
    if by_hand:
        texts = _Texts(matching)
        places = {slot.name: texts.near(slot) for slot in by_hand}
        for slot in by_hand:
            _take(matching, texts, slot, _share(slot, places, matching))
        for slot in by_hand:
            if _is_empty(matching, slot) and texts.far():
                matching.answers[slot.name] = _hinting(slot)
                matching.report(LOOK, slot.name)
    for slot in empty:
        if slot.kind == "code" and not slot.by_hand:
            definitions.find(matching, slot)


def joined(slot: Slot, cells: Iterable[NotebookNode], sources: Iterable[str] = ()) -> NotebookNode:
    """One cell for ``slot`` that has the ``sources`` of these cells and all of their pictures."""
    cells = list(cells)
    texts: list[str] = []
    pictures: dict[str, NotebookNode] = {}
    for cell, text in zip(cells, list(sources) or [cell.source for cell in cells], strict=True):
        renamed: dict[str, str] = {}
        for name, picture in cell.get("attachments", {}).items():
            if pictures.setdefault(name, picture) != picture:
                renamed[name] = f"x{len(pictures)}-{name}"
                pictures[renamed[name]] = picture
        text = _with_renamed(text, renamed)
        if text not in texts:
            texts.append(text)
    result = make_cell(slot.kind, "\n\n".join(texts), {})
    if pictures and slot.kind == "markdown":
        result["attachments"] = pictures
    return result


def _with_renamed(text: str, renamed: dict[str, str]) -> str:
    """A text that shows pictures under their new names; in one pass, however many there are."""

    def shown(found: re.Match[str]) -> str:
        name = found[1]
        while name not in renamed and ")" in name:  # the end of the link, or part of the name
            name = name.rpartition(")")[0]
        return f"attachment:{renamed.get(name, name)}{found[1][len(name) :]}"

    return PICTURE.sub(shown, text) if renamed else text


def _is_empty(matching: Matching, slot: Slot) -> bool:
    """Whether a slot has no answer: its cell is gone, blank or as it was handed out."""
    cell = matching.answer(slot)
    return cell is None or not cell.source.strip() or slot.holds(cell.source)


class _Texts:
    """Where the student's own words are among the cells of a notebook."""

    def __init__(self, matching: Matching) -> None:
        self.matching, self.cells = matching, matching.cells
        sources = [source for slot in matching.slots for source in (slot.released, slot.text)]
        sources += matching.others
        self.handed_out = _lines_handed_out(frozenset(sources))
        self.slot_at = {index: name for name, index in matching.at.items()}
        self.by_name = {slot.name: slot for slot in matching.slots}
        self.used: set[int] = set()

    def own(self, index: int) -> str:
        """What the student wrote into a cell, as text: without the lines that were handed out."""
        return self._new(prose(self.cells[index]))

    def _new(self, text: str) -> str:
        """A text without the lines that were handed out; "" if no word is left."""
        if len(text) > MAX_CHARACTERS:
            return text
        kept = [line for line in text.splitlines() if words(line) not in self.handed_out]
        return "\n".join(kept).strip() if any(map(words, kept)) else ""

    def asks(self, index: int, texts: Iterable[str]) -> bool:
        """Whether a cell has a line of one of these texts, which were handed out."""
        lines = {line for line in _lines(texts) if line.count(" ") >= TITLE - 1}
        return any(words(line) in lines for line in self.cells[index].source.splitlines())

    def near(self, slot: Slot) -> list[int]:
        """The cells that may answer ``slot``: between its question and what comes next."""
        at = self.matching.at.get(slot.name)
        if at is None:
            return self._where_it_was(slot)
        after = self._walk(slot, range(at + 1, len(self.cells)))
        before = self._walk(slot, range(at - 1, -1, -1))[::-1]
        if before and self.locked_text(before[0]):
            asked = self.asks(before[0], self.locked_text(before[0]))
        else:
            asked = bool(before) and self.asks(before[0], slot.before)
        if after and after[-1] in self.slot_at:  # a reply to the question after this one
            after.pop()
        if not asked and any(map(self.own, after)):
            before = []
        return [*before, *after]

    def _walk(self, slot: Slot, indexes: Iterable[int]) -> list[int]:
        """The cells up to the next one of the release; the question's own text still counts."""
        found: list[int] = []
        for index in indexes:
            if index in self.matching.dropped:
                continue
            if index in self.slot_at:
                return [*found, index] if self.locked_text(index) else found
            if self.asks(index, slot.before):
                return [*found, index]
            if self.asks(index, self.matching.others):
                return found
            found.append(index)
        return found

    def locked_text(self, index: int) -> list[str]:
        """The text of a locked cell of words, in which a student may have replied."""
        slot = self.by_name.get(self.slot_at.get(index, ""))
        return [slot.released] if slot and slot.fixed and slot.kind != "code" else []

    def _where_it_was(self, slot: Slot) -> list[int]:
        """The cells where a slot was that is gone."""
        slots, at = self.matching.slots, self.matching.at
        number = slots.index(slot)
        earlier = [at[one.name] for one in slots[:number] if one.name in at]
        later = [at[one.name] for one in slots[number + 1 :] if one.name in at]
        start, end = earlier[-1] if earlier else -1, later[0] if later else len(self.cells)
        texts_later = [text for one in slots[number + 1 :] for text in one.before]
        found: list[int] = []
        for index in range(start + 1, end):
            if self.asks(index, slot.before):
                found = []
            elif self.asks(index, texts_later):
                break
            if index not in self.slot_at and index not in self.matching.dropped:
                found.append(index)
        return found

    def moves(self, index: int, slot: Slot) -> bool:
        """Whether nothing is left of a cell when its text has gone into ``slot``."""
        cell = self.cells[index]
        if index in self.slot_at:
            return False
        if cell.cell_type == "code":
            return slot.kind == "code"
        return self.own(index) == cell.source.strip()

    def far(self) -> bool:
        """Whether a text of the student's own, in any cell, may be an answer that is missing.

        It is no slot's, or was none's before, or it answers another question, perhaps both.
        """
        return any(map(self._may_answer, range(len(self.cells))))

    def _may_answer(self, index: int) -> bool:
        if index in self.matching.dropped and index not in self.used:
            return False
        cell, slot = self.cells[index], self.by_name.get(self.slot_at.get(index, ""))
        is_free = slot is None or slot.by_hand or bool(self.locked_text(index))
        if is_free and is_sentence(self.own(index)):
            return True
        if cell.cell_type != "code":
            return False
        # In a function that was asked for, comments explain the function.
        texts = [*remarks(cell.source, inside=slot is None)]
        if slot is None or not slot.fixed:
            texts += told(cell)
        return any(is_sentence(self._new(text), REMARK) for text in texts)


def _share(slot: Slot, places: dict[str, list[int]], matching: Matching) -> list[int]:
    """The cells for ``slot``: one each if as many slots are gone as there are cells."""
    mine = [index for index in places[slot.name] if matching.cells[index].source.strip()]
    gone = [name for name in places if name not in matching.at | matching.answers]
    rivals = [name for name in gone if places[name] == places[slot.name]]
    if slot.name in rivals and len(rivals) == len(mine):
        return [mine[rivals.index(slot.name)]]
    return mine


def _take(matching: Matching, texts: _Texts, slot: Slot, places: list[int]) -> None:
    """Make the answer to ``slot`` of the cells at ``places``, as far as they say anything."""
    found = {index: text for index in places if (text := _answer(matching, texts, slot, index))}
    gone = slot.name not in matching.at
    if not found:
        stubs = [index for index in places if slot.holds(matching.cells[index].source)]
        if gone and stubs and stubs[0] not in matching.at.values():
            matching.at[slot.name] = stubs[0]
            matching.report(NAMELESS, slot.name)
        return
    first, *more = found
    cell = matching.cells[first]
    if gone and not more and cell.cell_type == slot.kind and cell.source.strip() == found[first]:
        matching.at[slot.name] = first
        matching.report(NAMELESS, slot.name)
    else:
        cells = [matching.cells[index] for index in found]
        matching.answers[slot.name] = joined(slot, cells, found.values())
        matching.report(ELSEWHERE, slot.name)
        matching.dropped |= {index for index in found if texts.moves(index, slot)}
    texts.used |= set(found)


def _answer(matching: Matching, texts: _Texts, slot: Slot, index: int) -> str:
    """What a cell says for ``slot``: code for code, else what is written in it."""
    cell = matching.cells[index]
    if slot.kind != "code":
        return texts.own(index)
    if cell.cell_type == "code":
        magic = cell.source.lstrip().startswith("%%")  # only the first line of a cell can be one
        return "" if magic or slot.holds(cell.source) else cell.source.strip()
    return "\n".join(f"# {line}" for line in texts.own(index).splitlines())


def _hinting(slot: Slot) -> NotebookNode:
    """The untouched cell with a hint: as it was, nbgrader would give it 0 without a person."""
    hint = f"# {HINT}" if slot.kind == "code" else f"*{HINT}*"
    return make_cell(slot.kind, f"{slot.released}\n\n{hint}", {})


@lru_cache(maxsize=64)  # a class was handed out the same
def _lines_handed_out(sources: frozenset[str]) -> frozenset[str]:
    """The lines of these sources, and of the comments and strings in them."""
    said = (text for source in sources for text in remarks(source))
    return frozenset(_lines([*sources, *said]))


def _lines(texts: Iterable[str]) -> set[str]:
    """The words of each line that has some."""
    return {words(line) for text in texts for line in text.splitlines()} - {""}
