"""What an assignment's notebook must look like, in one place; all that reads it asks here.

- A solution cell bears the name of what it defines, ``decide``. The test cell of that question is
  ``test_decide``: graded, and no solution. The points of a question are its test cell's.
- A test cell makes a question with as many points as the cell has, checks it, and ends on its
  result, which nbgrader takes as the points::

      question = Question("decide", points=3)
      with question.check("a sum above zero is a yes", points=1):
          ...
      ### BEGIN HIDDEN TESTS
      with question.check("many inputs at once", points=2):
          ...
      ### END HIDDEN TESTS
      question.result()

  The points of the checks add up to the question's; a check's name is a plain string.
- Between ``### BEGIN SOLUTION`` and ``### END SOLUTION`` stands what students are to write.
- A locked cell that shows what the answers make possible does so in ``with when_done("decide"):``.
- The notebook's metadata name what students must not find in the library while they are graded:
  ``{"examiner": {"withheld": ["course_lib.nn.perceptron"]}}``, and which data they find in place of
  those that hidden tests use: ``"replaced": {"a_library/data.npz": "a_library.data.write_other"}``.

What students must not break and who wrote a question in another way, such as plain asserts, is
nbgrader's business: such a question is graded all the same, but has no ``Report``.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.errors import CourseProblem
from course_lib.grading.syntax import parse_cell

PREFIX = "test_"
BEGIN_HIDDEN = ClearHiddenTests.begin_test_delimeter.default_value
END_HIDDEN = ClearHiddenTests.end_test_delimeter.default_value
BEGIN_SOLUTION = ClearSolutions.begin_solution_delimeter.default_value
END_SOLUTION = ClearSolutions.end_solution_delimeter.default_value


@dataclass(frozen=True)
class Check:
    """A check as a test cell writes it."""

    name: str
    points: float
    hidden: bool


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell gives points by running, not by a person."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def name_of_test(question: str) -> str:
    """The name of the cell that tests ``question``."""
    return PREFIX + question


def title(name: str) -> str:
    """A graded cell's name as people read it: the question's."""
    return re.sub(r"^test[_-]", "", name)


def cell_name(cell: NotebookNode) -> str:
    """The name that nbgrader gives a cell; "" if it has none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def graded_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells of ``notebook`` that carry points, by their names."""
    return {cell_name(cell): cell for cell in notebook.cells if is_grade(cell)}


def solutions(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that students write, by their names."""
    return {cell_name(cell): cell for cell in notebook.cells if is_solution(cell)}


def questions(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The test cell of each question; ``CourseProblem`` if one has a name that says no question."""
    answers, tests = solutions(notebook), {}
    for cell in filter(is_test, notebook.cells):
        name = cell_name(cell)
        question = name.removeprefix(PREFIX)
        if question == name or question not in answers:
            raise CourseProblem(
                f"The test cell {name!r} is named after no solution cell: wanted {PREFIX!r} and "
                f"one of {', '.join(answers) or 'none, for there are none'}."
            )
        tests[question] = cell
    return tests


def withheld(notebook: NotebookNode) -> list[str]:
    """Names that students must not find in the library while they are graded."""
    names = _examiner(notebook).get("withheld")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def replaced(notebook: NotebookNode) -> dict[str, str]:
    """Data files of the library that students find others of, and what writes these: dotted names.

    The function is called with the path of the original and that of the file to write.
    """
    files = _examiner(notebook).get("replaced")
    found = files.items() if isinstance(files, dict) else ()
    return {path: name for path, name in found if isinstance(name, str)}


def _examiner(notebook: NotebookNode) -> dict[str, Any]:
    about = notebook.metadata.get("examiner")
    return about if isinstance(about, dict) else {}


def region(
    source: str, begin: str = BEGIN_HIDDEN, end: str = END_HIDDEN
) -> tuple[set[int], set[int]]:
    """Indices of the lines between marks, and of the marks; what has no end goes on to the last."""
    inside, within, marks = False, set(), set()
    for index, line in enumerate(source.split("\n")):
        if begin in line or end in line:
            inside = begin in line
            marks.add(index)
        elif inside:
            within.add(index)
    return within, marks


def checks(source: str) -> list[Check]:
    """The checks of a test cell; ``CourseProblem`` if a name is no plain string."""
    hidden, _ = region(source)
    return [
        Check(_check_name(call), _points(call) or 1.0, call.lineno - 1 in hidden)
        for call in _with_calls(source)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "check"
    ]


def declared_points(source: str) -> float | None:
    """The points that a test cell's ``Question`` has; None if there is none."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Question":
            return _points(node)
    return None


@lru_cache(maxsize=256)  # a class has the same tests in all notebooks
def ends_in_result(source: str) -> bool:
    """Whether a test cell ends on ``question.result()``, so that its value is the points."""
    body = _tree(source).body
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    return (
        isinstance(last, ast.Call)
        and isinstance(last.func, ast.Attribute)
        and last.func.attr == "result"
        and isinstance(last.func.value, ast.Name)
    )


def waits_for_answers(cell: NotebookNode) -> bool:
    """Whether a cell is no answer, and shows something once answers are there: ``when_done``."""
    if cell.cell_type != "code" or is_solution(cell):
        return False
    return any(getattr(call.func, "id", "") == "when_done" for call in _with_calls(cell.source))


def _tree(source: str) -> ast.Module:
    """``source`` parsed; what is no Python is empty, and fails when it is run."""
    return parse_cell(source) or ast.Module([], [])


def _with_calls(source: str) -> Iterator[ast.Call]:
    """The calls that ``with`` statements are about, in the order of the lines."""
    blocks = [node for node in ast.walk(_tree(source)) if isinstance(node, ast.With)]
    for block in sorted(blocks, key=lambda node: node.lineno):
        for item in block.items:
            if isinstance(item.context_expr, ast.Call):
                yield item.context_expr


def _check_name(call: ast.Call) -> str:
    name = _argument(call, "name", 0)
    if isinstance(name, str):
        return name
    raise CourseProblem(
        f"The check in line {call.lineno} of a test cell has a name that is no plain string: the "
        "corpus knows checks by their names."
    )


def _points(call: ast.Call) -> float | None:
    points = _argument(call, "points", 1)
    return float(points) if isinstance(points, (int, float)) else None


def _argument(call: ast.Call, name: str, position: int) -> object:
    """The value that an argument is written with, if it is a plain one."""
    named = [word.value for word in call.keywords if word.arg == name]
    for value in [*named, *call.args[position : position + 1]]:
        if isinstance(value, ast.Constant):
            return value.value
    return None
