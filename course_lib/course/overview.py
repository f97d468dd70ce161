"""How far a student is: what `course check` found, notebook by notebook, kept to be shown again.

Each checked notebook has a file in ``.checked`` of the course's folder. Lecture 00 makes a table of
them without running anything; ``course check --all`` runs what has changed since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from course_lib import __version__

if TYPE_CHECKING:  # reading what was kept loads neither nbgrader nor a kernel
    from nbformat import NotebookNode

    from course_lib.grading.self_check import Answer

FOLDER = ".checked"
PASSES, NOT_DONE = "passes", "not done yet"  # as in ``self_check``, which is slow to import
WRITTEN, EMPTY = "written; a person marks it", "nothing is written yet"
NOTHING = (
    "Nothing has been checked yet. In a terminal, in the course's folder, "
    "`.venv/bin/course check exercises/NN_name` checks an assignment."
)


@dataclass(frozen=True)
class Standing:
    """Where a question stands. points: by the checks that students have; None: a person marks."""

    question: str
    state: str
    points: float | None
    max_points: float

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self.state not in (PASSES, WRITTEN)


@dataclass(frozen=True)
class Checked:
    """A notebook as it was checked. digest: of what the result depends on. day: in ISO form."""

    assignment: str
    notebook: str
    digest: str
    day: str
    standings: tuple[Standing, ...]

    @property
    def is_not_begun(self) -> bool:
        """Whether no answer was written yet."""
        return all(one.state in (NOT_DONE, EMPTY) for one in self.standings)

    @property
    def points(self) -> str:
        """The points of all that a test checks, such as "4.5 / 9"."""
        tested = [one for one in self.standings if one.points is not None]
        got = sum(one.points or 0 for one in tested)
        return f"{got:.4g} / {sum(one.max_points for one in tested):g}"


def course_of(path: Path) -> Path | None:
    """The course's folder that ``path`` lies in; None if it lies in none."""
    parents = path.resolve().parents
    return next((one for one in parents if (one / "nbgrader_config.py").is_file()), None)


def standings(notebook: NotebookNode, answers: list[Answer]) -> tuple[Standing, ...]:
    """Where each question of a notebook stands, after its tests gave ``answers``."""
    from nbgrader.utils import is_grade, is_solution

    from course_lib.grading.self_check import not_written
    from course_lib.grading.testing.contract import cell_name, title

    by_test = {answer.name: answer for answer in answers}
    empty, found = not_written(notebook), []
    for cell in filter(is_grade, notebook.cells):
        name, most = cell_name(cell), float(cell.metadata.nbgrader.get("points", 0))
        if is_solution(cell):
            found.append(Standing(name, EMPTY if name in empty else WRITTEN, None, most))
        elif answer := by_test.pop(name, None):
            found.append(Standing(title(name), answer.state, answer.points, most))
    lost = [Standing(title(name), one.state, 0, 0) for name, one in by_test.items()]
    return (*found, *lost)


def not_begun(notebook: NotebookNode) -> list[Answer]:
    """The answers of a notebook whose code nobody has touched: there is nothing to run."""
    from course_lib.grading.self_check import Answer
    from course_lib.grading.testing.contract import cell_name, is_test

    return [
        Answer(cell_name(cell), False, "", NOT_DONE, 0, float(cell.metadata.nbgrader["points"]))
        for cell in notebook.cells
        if is_test(cell)
    ]


def remember(path: Path, notebook: NotebookNode, answers: list[Answer]) -> Checked:
    """What came of checking the notebook at ``path``, kept if it lies in a course's folder."""
    root = course_of(path)
    checked = Checked(
        path.stem,
        _inside(path, root) if root else path.resolve().as_posix(),
        digest(path, notebook),
        date.today().isoformat(),
        standings(notebook, answers),
    )
    if root:
        with contextlib.suppress(OSError):  # it may not be written, and was checked anyway
            _write(root / FOLDER / f"{path.stem}.json", checked)
    return checked


def unchanged(path: Path, notebook: NotebookNode) -> Checked | None:
    """What is kept of the notebook at ``path``, if nothing has changed since; else None."""
    root = course_of(path)
    kept = _read(root / FOLDER / f"{path.stem}.json") if root else None
    is_same = kept and root and kept.notebook == _inside(path, root)
    return kept if kept and is_same and kept.digest == digest(path, notebook) else None


def recorded(root: Path) -> Iterator[Checked]:
    """What is kept of each notebook, by the names of the assignments."""
    for path in sorted((root / FOLDER).glob("*.json")):
        if (checked := _read(path)) and (root / checked.notebook).is_file():
            yield checked


def progress_table(root: str | Path = ".") -> str:
    """A Markdown table of what was checked last, without checking anything again."""
    checked = list(recorded(Path(root)))
    if not checked:
        return NOTHING
    lines = ["| assignment | points here | still to do | checked |", "|---|---|---|---|"]
    for one in checked:
        to_do = ", ".join(f"`{each.question}`" for each in one.standings if each.is_open)
        to_do = "all: not begun" if one.is_not_begun else to_do or "nothing"
        link = f"[{one.assignment}](../{quote(one.notebook)})"
        lines.append(f"| {link} | {one.points} | {to_do} | {one.day} |")
    return "\n".join(
        [*lines, "", "*Points here* counts the checks that you have; grading has more."]
    )


def digest(path: Path, notebook: NotebookNode) -> str:
    """A digest of the notebook without its outputs, of the files beside it and of the library."""
    beside = [
        (one.name, one.stat().st_size, one.stat().st_mtime_ns)
        for one in sorted(path.parent.iterdir())
        if one.is_file() and one.suffix != ".ipynb"
    ]
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    whole = json.dumps([__version__, notebook.metadata.get("examiner"), cells, beside])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _inside(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()


def _write(path: Path, checked: Checked) -> None:
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(checked), indent=1), encoding="utf-8")
    draft.replace(path)


def _read(path: Path) -> Checked | None:
    """What a file keeps; None if it is gone, damaged or of another version."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(Standing(**row) for row in data.pop("standings"))
        return Checked(**data, standings=rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
