"""Answers that students really give, right and wrong, and the notebook that they go into.

The corpus of a course is the folder ``tests/corpus`` beside its nbgrader_config.py. A question's
answers stand in one file named after it, ``tests/corpus/02_perceptron/decide.py``:

    # %% right: with einsum
    def decide(X, w, b): ...

    # %% wrong 1.5: forgets the bias, right only where it is 0
    def decide(X, w, b): ...

The number is the points that a wrong answer must get; a right one must get them all.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading.classroom.course import Course
from course_lib.grading.testing.contract import solutions

CORPUS = Path("tests", "corpus")
HEADER = re.compile(r"# %% (?P<kind>right|wrong)(?: (?P<points>\d+(?:\.\d+)?))?: (?P<why>\S.*)")


@dataclass(frozen=True)
class Answer:
    """One answer to a question: its source and the points that it must get (None: all)."""

    question: str
    kind: str  # "right" or "wrong"
    points: float | None
    why: str
    source: str


def corpus_folder(course: Course, assignment: str) -> Path:
    """Where the corpus of an assignment is."""
    return course.root / CORPUS / assignment


def corpus_answers(course: Course, assignment: str) -> dict[str, list[Answer]]:
    """The answers in the corpus of an assignment, by question; {} if it has none."""
    paths = sorted(corpus_folder(course, assignment).glob("*.py"))
    return {path.stem: read_answers(path) for path in paths}


def read_answers(path: str | Path) -> list[Answer]:
    """The answers in the file ``path``, in their order; the question is the file's name.

    Comments and blank lines may come before the first header. Raises ``ValueError`` with the line
    number for a malformed header, an answer without code, or code before the first header.
    """
    path = Path(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [i for i, line in enumerate(lines) if re.match(r"#\s*%%", line)]
    preamble = lines[: starts[0]] if starts else lines
    for i, line in enumerate(preamble):
        if line.strip() and not line.startswith("#"):
            raise ValueError(f"{path}, line {i + 1}: code before the first '# %%' header")
    ends = [*starts, len(lines)][1:]
    return [
        _answer(path, start, lines[start], lines[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _answer(path: Path, start: int, header: str, body: list[str]) -> Answer:
    where = f"{path}, line {start + 1}"
    match = HEADER.fullmatch(header.rstrip())
    if not match:
        raise ValueError(
            f"{where}: the header is {header!r}, "
            "wanted '# %% right: why' or '# %% wrong 1.5: why', the number being its points"
        )
    kind, points = match["kind"], match["points"]
    if kind == "right" and points is not None:
        raise ValueError(f"{where}: a right answer has no points of its own, it gets them all")
    if kind == "wrong" and points is None:
        raise ValueError(
            f"{where}: the points of a wrong answer are missing: '# %% wrong 1.5: ...'"
        )
    source = "\n".join(body).strip("\n")
    if not source.strip():
        raise ValueError(f"{where}: no code under the header")
    return Answer(path.stem, kind, float(points) if points else None, match["why"], source)


def fill(notebook: NotebookNode, sources: Mapping[str, str]) -> NotebookNode:
    """A new notebook, with ``sources`` ({grade_id: source}) written into its solution cells.

    The notebook given is left as it was. Raises ``ValueError`` for a grade_id that is no solution
    cell of the notebook.
    """
    notebook = copy.deepcopy(notebook)
    cells = solutions(notebook)
    for name, source in sources.items():
        if name not in cells:
            raise ValueError(
                f"fill: sources has {name!r}, the notebook's solution cells are "
                f"{', '.join(cells) or 'none'}"
            )
        cells[name].source = source
    return notebook
