"""The notebook of an assignment among the files of a submission, under whatever name and where.

The one that has the right name in the right place is it, unless it is as it was handed out and
another one is not: students work in copies, and hand in the folder.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading.submissions.files import NOTEBOOK, TIMESTAMP, shown
from course_lib.grading.submissions.matching import match
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.submissions.released import ReleasedNotebook
from course_lib.grading.testing.contract import cell_name

NO_WORK = (".", "__MACOSX")  # how names begin of what systems and editors leave behind
NO_WORDS = {  # endings of files that hold no text of a person's: code, data, networks, settings
    *(".py", ".pyc", ".sh", ".csv", ".tsv", ".json", ".npy", ".npz", ".pkl", ".pt", ".pth", ".h5"),
    *(".log", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".lock"),
}
MAX_LOOKED_AT = 20  # notebooks of one submission
MAX_NAMED = 10
NUMBER = re.compile(r"(\D*)(\d{0,9})")


@dataclass
class Candidate:
    """A notebook that may be the one.

    answered: how many of its answers are a student's own. touched: whether anything in it is.
    known: the share of the assignment's answers and tests that it has. problem: why it can't be
    read.
    """

    path: Path
    answered: int = 0
    touched: bool = False
    known: float = 0.0
    sources: tuple[str, ...] = ()
    problem: str = ""


def find_notebooks(
    folder: Path, released: Mapping[str, ReleasedNotebook]
) -> tuple[dict[str, Path], list[str]]:
    """The notebooks of an assignment in ``folder``, by name, each moved to where it belongs.

    What lay beside it comes along. Returns what the instructor should know as well.
    """
    found: dict[str, Path] = {}
    notes: list[str] = []
    there = _notebooks(folder)
    named = {name: folder / f"{name}{NOTEBOOK}" for name in released}
    others = [path for path in there if path not in named.values()]
    if len(others) > MAX_LOOKED_AT:
        notes.append(f"{len(others) - MAX_LOOKED_AT} of its notebooks were not looked at")
    compared: list[tuple[Path, Candidate, list[Candidate]]] = []
    for name, right in named.items():
        if not others:  # nearly always: nothing has to be compared
            if right.exists():
                found[name] = right
            continue
        candidates = [
            _looked_at(path, released[name]) for path in others[:MAX_LOOKED_AT] if path.exists()
        ]
        mine = _looked_at(right, released[name]) if right.exists() else None
        best = _best(mine, candidates)
        if best is None:
            continue
        compared.append((right, best, candidates))
        if best is not mine:
            notes.append(_taken(folder, name, best, mine))
            _bring(folder, best.path, right)
        found[name] = right
    graded = {best.path for _, best, _ in compared}
    for right, best, candidates in compared:
        left = [one for one in candidates if one.path not in graded]
        notes += _left(folder, right, best, left)
    return found, notes


def other_files(
    path: Path, notebook: NotebookNode, released: ReleasedNotebook, known: Collection[str]
) -> list[str]:
    """A note where the notebook at ``path`` lacks answers and other files may have them.

    known: names of files that are graded or the instructor's. A text may be in any file but one of
    code or data; where the notebook has no answer at all, any file may be what the student meant.
    """
    folder = path.parent
    cells = {cell_name(cell): cell.source for cell in notebook.cells}
    answers = [slot for slot in released.slots if slot.marks["solution"] and not slot.fixed]
    empty = [
        slot
        for slot in answers
        if not (text := cells.get(slot.name, "")).strip() or slot.holds(text)
    ]
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and str(file.relative_to(folder)) not in {*known, TIMESTAMP}
        and not any(part.startswith(NO_WORK) for part in file.relative_to(folder).parts)
    ]
    texts = [slot.name for slot in empty if slot.by_hand]
    if answers and len(empty) == len(answers):
        lacks = f"{path.name} has no answers"
    else:
        lacks = f"cell {texts[0]} was left as handed out" if texts else ""
        files = [file for file in files if file.suffix.lower() not in NO_WORDS]
    if not lacks or not files:
        return []
    return [f"{lacks}. Look at the other files: {_listed(folder, files)}"]


def contents(folder: Path) -> str:
    """What is in a folder, for a message; "" if there is nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return f"there is only {_listed(folder, files)}" if files else ""


def _listed(folder: Path, files: list[Path]) -> str:
    more = f" and {len(files) - MAX_NAMED} more" if len(files) > MAX_NAMED else ""
    return ", ".join(_place(folder, file) for file in files[:MAX_NAMED]) + more


def _notebooks(folder: Path) -> list[Path]:
    """All files in a folder that may be notebooks; browsers add endings to their names."""
    found = [
        path
        for path in folder.rglob("*")
        if NOTEBOOK in path.name.lower()
        and path.is_file()
        and not any(part.startswith(NO_WORK) for part in path.relative_to(folder).parts)
    ]
    return sorted(found, key=_newest_first)


def _newest_first(path: Path) -> list[tuple[int, str]]:
    """Copies are numbered: of two that are alike the one with the higher number comes first."""
    return [(-int(part or 0), text) for text, part in NUMBER.findall(str(path))]


def _looked_at(path: Path, released: ReleasedNotebook) -> Candidate:
    try:
        notebook = read(path)
    except (Unreadable, OSError) as problem:
        return Candidate(path, problem=str(problem))
    return _compared(path, notebook, released)


def _compared(path: Path, notebook: NotebookNode, released: ReleasedNotebook) -> Candidate:
    sources = tuple(cell.source for cell in notebook.cells)
    matching = match(notebook.cells, list(released.slots), released.others)
    asked = [slot for slot in released.slots if slot.marks["solution"] or slot.marks["grade"]]
    known = [slot for slot in asked if slot.name in matching.at]
    cells = [(slot, notebook.cells[matching.at[slot.name]]) for slot in known if not slot.fixed]
    answered = sum(
        bool(cell.source.strip()) and not slot.holds(cell.source) for slot, cell in cells
    )
    given = {*released.others, *(slot.released for slot in released.slots)}
    touched = any(source.strip() and source not in given for source in sources)
    return Candidate(path, answered, touched, len(known) / max(len(asked), 1), sources)


def _best(mine: Candidate | None, others: list[Candidate]) -> Candidate | None:
    """The one to grade: that with the right name, unless it is untouched and another is not."""
    if mine is not None and mine.answered:
        return mine
    fitting = [one for one in others if one.known >= 0.5 or (len(others) == 1 and one.answered)]
    if mine is not None:
        fitting = [mine, *(one for one in fitting if one.answered or one.touched)]
    return max(fitting, key=lambda one: (one.answered, one.touched, one.known), default=None)


def _left(folder: Path, right: Path, best: Candidate, candidates: list[Candidate]) -> list[str]:
    """Notes on the notebooks that are not graded but may be what the student meant."""
    notes = []
    for one in candidates:
        place = _place(folder, one.path)
        if one.problem and not best.answered:
            notes.append(f"{place} was not looked at: {one.problem}")
        elif one.answered and one.sources != best.sources:
            notes.append(
                f"{place} was not graded: answers in it: {one.answered}, "
                f"in {_place(folder, right)} as it was graded: {best.answered}"
            )
    return notes


def _taken(folder: Path, name: str, best: Candidate, mine: Candidate | None) -> str:
    why = "is missing"
    if mine is not None:
        why = "can't be read" if mine.problem else "is as it was handed out"
    return f"{name}{NOTEBOOK} {why}: {_place(folder, best.path)} was graded"


def _bring(folder: Path, path: Path, right: Path) -> None:
    """Put a notebook where it belongs, and beside it what lay beside it."""
    right.unlink(missing_ok=True)
    beside = path.parent
    path.rename(right)
    if beside == folder:
        return
    for old in list(_files(beside)):
        new = folder / old.relative_to(beside)
        if not new.exists() and new.name != TIMESTAMP:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
    if not any(_files(beside)):
        shutil.rmtree(beside)


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (Path(here, name) for name in names)


def _place(folder: Path, path: Path) -> str:
    return shown(path.relative_to(folder))
