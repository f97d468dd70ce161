"""The sample class of ``course demo``: what students hand in on a bad day and on a good one.

Answers come from the corpus, tests/corpus/NN_name/QUESTION.py; where it has none for a question,
the solution is taken for a right answer and the untouched cell for a wrong one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_lib.grading.proof.answer_files import fill, read_answers

MARKED_BY_HAND = "One straight line is not enough."  # handed in for a question that a person marks


@dataclass
class Question:
    """What can be answered to one question, by the name of its cell."""

    name: str
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # the nearly right ones first


Make = Callable[[NotebookNode, list[Question]], NotebookNode | bytes]
Choose = Callable[[int, Question], str]


@dataclass(frozen=True)
class Student:
    """A sample student: ``make`` turns the released notebook into the bytes of a file.

    expected: "full", "zero" or "failed" where only one outcome is right, else "".
    gives_up: hands in nothing after the first assignment.
    """

    name: str
    story: str
    make: Make
    expected: str = ""
    gives_up: bool = False


def questions(solution: NotebookNode, corpus: Path) -> list[Question]:
    """The ``Question`` list of an assignment: its solution notebook, its folder of answers."""
    result = []
    for cell in solution.cells:
        marks = cell.metadata.get("nbgrader", {})
        if not marks.get("solution"):
            continue
        question = Question(marks.grade_id, [cell.source])
        if cell.cell_type == "markdown":
            question.right = [MARKED_BY_HAND]
        path = corpus / f"{marks.grade_id}.py"
        if path.is_file():
            answers = read_answers(path)
            wrong = [answer for answer in answers if answer.kind == "wrong"]
            wrong.sort(key=lambda answer: answer.points or 0, reverse=True)
            question.wrong = [answer.source for answer in wrong]
            question.right = [answer.source for answer in answers if answer.kind == "right"]
        result.append(question)
    return result


def _answers(choose: Choose) -> Make:
    """A ``make`` that writes ``choose(index, question)`` into each question's cell."""

    def make(notebook: NotebookNode, asked: list[Question]) -> NotebookNode:
        sources = {question.name: choose(index, question) for index, question in enumerate(asked)}
        return fill(notebook, {name: source for name, source in sources.items() if source})

    return make


def _right(style: int = 0) -> Make:
    return _answers(lambda index, question: question.right[style % len(question.right)])


def _wrong(nth: int, every: int = 1, first: int = 0) -> Make:
    """Wrong in each ``every``-th question from ``first`` on; the ``nth`` wrong answer, if any."""

    def choose(index: int, question: Question) -> str:
        if index % every != first:
            return question.right[0]
        return question.wrong[nth % len(question.wrong)] if question.wrong else ""

    return _answers(choose)


def _all_right(notebook: NotebookNode, asked: list[Question]) -> NotebookNode:
    answers = {question.name: question.right[0] for question in asked}
    return fill(notebook, answers)


def _first_answer(source: str) -> Make:
    """All right, but ``source`` stands in front of the first answer."""

    def make(notebook: NotebookNode, asked: list[Question]) -> NotebookNode:
        notebook = _all_right(notebook, asked)
        cell = next(cell for cell in notebook.cells if _marks(cell).get("solution"))
        cell.source = f"{source}\n{cell.source}"
        return notebook

    return make


def _without_first_test(notebook: NotebookNode, asked: list[Question]) -> NotebookNode:
    notebook = _all_right(notebook, asked)
    notebook.cells.remove(_first_test(notebook))
    return notebook


def _with_test_twice(notebook: NotebookNode, asked: list[Question]) -> NotebookNode:
    notebook = _all_right(notebook, asked)
    index = notebook.cells.index(_first_test(notebook))
    copy = nbformat.from_dict(dict(notebook.cells[index]) | {"id": "copy"})
    notebook.cells.insert(index, copy)
    return notebook


def _first_test(notebook: NotebookNode) -> NotebookNode:
    return next(cell for cell in notebook.cells if _marks(cell).get("grade"))


def _marks(cell: NotebookNode) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})


STUDENTS = [
    Student("ada", "all right", _right(), "full"),
    Student("blaise", "all right, in another way", _right(1), "full"),
    Student("chen", "all right, in a third way", _right(2), "full"),
    Student("dorothy", "one slip in each third answer", _wrong(0, every=3)),
    Student("emmy", "every other answer wrong", _wrong(0, every=2, first=1)),
    Student("felix", "nearly right throughout", _wrong(0)),
    Student("grace", "a mistake in every answer", _wrong(1)),
    Student("hedy", "wrong throughout", _wrong(-1)),
    Student("ivan", "untouched", lambda notebook, asked: notebook, "zero"),
    Student("joan", "a syntax error in the first answer", _first_answer("def :"), "", True),
    Student("karl", "an endless loop", _first_answer("while True:\n    pass\n"), "", True),
    Student("lise", "deleted a test cell", _without_first_test, "full", True),
    Student("maria", "copied a test cell", _with_test_twice, "full", True),
    Student("niels", "ends Python", _first_answer("import os\n\nos._exit(1)\n"), "", True),
    Student("olga", "an empty file", lambda notebook, asked: b"", "failed", True),
    Student("paul", "a letter, no notebook", lambda notebook, asked: b"Dear", "failed", True),
]
