"""Answers that are worth nothing, to every question: what do they earn?

They are made from the question's own stub: functions that return None, zeros of the shapes that
went in, what they were given, or an object that answers to everything; classes with such methods.
A test that gives points for one of them asks too little.
"""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from course_lib.grading.classroom.course import Course
from course_lib.grading.examination.exams import examine
from course_lib.grading.examination.preprocessor import Examine
from course_lib.grading.examination.requirements import NONE
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.proof.graded_corpus import read_source
from course_lib.grading.syntax import parse
from course_lib.grading.testing.contract import (
    BEGIN_SOLUTION,
    END_SOLUTION,
    cell_name,
    is_test,
    questions,
    region,
    solutions,
    waits_for_answers,
)
from course_lib.grading.testing.report import Report

LIMITS = Limits(cell=30, call=15, notebook=3600)
HELPERS = '''
import numpy as _np

class _Anything:
    """Answers to whatever it is asked, with itself."""
    shape, dtype, ndim, size = (), _np.dtype(float), 0, 1
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
    def _itself(self, *args, **kwargs):
        return self
    __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __matmul__ = __neg__ = __abs__ = _itself
    def _true(self, *args):
        return True
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _true
    __hash__ = object.__hash__
    def __len__(self):
        return 2
    def __iter__(self):
        return iter((self, self))
    def __array__(self, *args, **kwargs):
        return _np.zeros(2)
    def __float__(self):
        return 0.0

def _arrays(args):
    args = [a for a in args if not isinstance(a, _np.random.Generator)]
    return [_np.asarray(a, float) for a in args if isinstance(a, (_np.ndarray, float))]

def _like(args, index, value=0.0):
    return _np.full_like(_arrays(args)[index], value)

def _zeros_like_each(args):
    return [_np.zeros_like(a) for a in _arrays(args)]

def _rows(args, columns=0):
    a = _arrays(args)
    return _np.zeros((len(a[0]), *((a[columns].shape[-1],) if columns else ())))

def _times(args):
    return [0.0] * [a for a in args if type(a) is int][-1]

def _of(self):
    return [_np.zeros_like(a) for a in vars(self).values() if isinstance(a, _np.ndarray)]
'''
NO_NUMBERS = "nan like the first array"  # which differs from itself
RETURNED = {  # what a worthless function returns; args: a tuple of its arguments
    "nothing": "None",
    "zero": "0.0",
    "one": "1",
    "True": "True",
    "an empty list": "[]",
    "two empty lists": "([], [])",
    "no text": "''",
    "an empty dict": "{}",
    "its first argument": "args[0]",
    "its last argument": "args[-1]",
    "all that it was given": "args",
    "zeros like the first array": "_like(args, 0)",
    "zeros like the last array": "_like(args, -1)",
    "zeros like each array": "tuple(_zeros_like_each(args))",
    "zeros like the other arrays": "tuple(_zeros_like_each(args)[1:])",
    "ones like the first array": "_like(args, 0, 1.0)",
    "a zero for each row": "_rows(args)",
    "zeros, a row for each row": "_rows(args, -1)",
    "zeros of the shape that is asked for": "_np.zeros(args[0])",
    "two zeros": "(0.0, 0.0)",
    "three zeros": "(0.0, 0.0, 0.0)",
    "a list of zeros, as many as the last number": "_times(args)",
    "numbers from 0": "_np.arange(len(args[0]))",
    "numbers drawn by chance": "_np.random.default_rng(1).random(_arrays(args)[0].shape)",
    NO_NUMBERS: "_like(args, 0, _np.nan)",
    "an object that answers to everything": "_Anything()",
}
OF_METHODS = {  # the same for a class, whose methods are combined
    "nothing": "None",
    "its first argument": "args[0]",
    "zeros like the first array": "_like(args, 0)",
    "zeros like what it holds": "tuple(_of(self))",
    "zeros, a column for each of its last numbers": "_np.zeros((len(args[0]), len(_of(self)[-1])))",
    NO_NUMBERS: "_like(args, 0, _np.nan)",
    "an object that answers to everything": "_Anything()",
}
MAX_COMBINED = 3  # methods of a class; the rest return nothing


@dataclass(frozen=True)
class Earned:
    """What a worthless answer to a question earned: ``points`` of ``max_points``, and by what."""

    assignment: str
    question: str
    why: str
    points: float
    max_points: float
    checks: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.points / self.max_points

    def __str__(self) -> str:
        return (
            f"{self.assignment}, {self.question}: {self.points:g} of {self.max_points:g} points "
            f"for {self.why}: {'; '.join(self.checks)}"
        )


def worthless_answers(source: str) -> Iterator[tuple[str, str]]:
    """(why it is worthless, source) of answers made from a solution cell."""
    functions = list(_to_write(source))
    methods = [function for function, of_class in functions if of_class]
    choices = OF_METHODS if methods else RETURNED
    free = min(len(functions), MAX_COMBINED) if methods else 1
    for chosen in itertools.product(choices, repeat=free):
        if NO_NUMBERS in chosen and len(set(chosen)) > 1:
            continue  # with others it does no more than alone, and these are many
        names = [*chosen, *["nothing"] * len(functions)]
        returned = {
            function.lineno: choices[name]
            for (function, _), name in zip(functions, names, strict=False)
        }
        yield ", ".join(chosen), _with_bodies(source, functions, returned)


def _to_write(source: str) -> Iterator[tuple[Any, bool]]:
    """The functions that have a part between the solution's marks, and whether of a class."""
    within, _ = region(source, BEGIN_SOLUTION, END_SOLUTION)
    tree = parse(source)
    inner = {id(one) for node in tree.body if isinstance(node, ast.ClassDef) for one in node.body}
    found = []
    for node in [
        *tree.body,
        *(n for c in tree.body if isinstance(c, ast.ClassDef) for n in c.body),
    ]:
        lines = range(node.lineno - 1, node.end_lineno or 0)
        if isinstance(node, ast.FunctionDef) and within & set(lines):
            found.append((node, id(node) in inner))
    yield from sorted(found, key=lambda one: one[0].lineno)


def _with_bodies(source: str, functions: list[tuple[Any, bool]], returned: dict[int, str]) -> str:
    """``source`` with other bodies for ``functions``: {line: what is returned}."""
    tree: Any = parse(source)
    by_line = {node.lineno: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for function, of_class in functions:
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        names += [one.arg for one in function.args.kwonlyargs]
        names = names[1:] if of_class else names
        body = f"args = ({', '.join(names)}{',' * bool(names)})\nreturn {returned[function.lineno]}"
        by_line[function.lineno].body = parse(f"def f():\n{_indented(body)}").body[0].body  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def try_worthless(course: Course, assignment: str) -> Iterator[Earned]:
    """What each worthless answer to each question of an assignment earns.

    All other questions are answered as the solution does. The two processes are those of grading,
    without a sandbox: these answers are our own.
    """
    source = read_source(course, assignment)
    path = course.source(assignment) / f"{assignment}.ipynb"
    settings = Examine(config=course.config, sandbox=NONE)
    required = settings.requirements(path)
    for question, test in questions(source).items():
        answers = list(worthless_answers(solutions(source)[question].source))
        cells = [*_before(source, question), new_code_cell(HELPERS)]
        for _, answer in answers:
            cells += [new_code_cell(answer), new_code_cell(test.source, metadata=test.metadata)]
        notebook = new_notebook(cells=cells)
        examined = examine(required, notebook, {}, LIMITS).notebook
        tests = [cell for cell in examined.cells if is_test(cell)]
        for (why, _), cell in zip(answers, tests, strict=True):
            points, max_points = determine_grade(cell)
            report = Report.from_outputs(cell.outputs)
            passed = tuple(check.name for check in report.checks if check.passed) if report else ()
            yield Earned(assignment, question, why, points or 0.0, max_points, passed)


def _before(source: NotebookNode, question: str) -> Iterator[NotebookNode]:
    """What comes before a question's test: what is given, and the answers to the others."""
    for cell in source.cells:
        if is_test(cell) and cell_name(cell) == f"test_{question}":
            return
        if cell.cell_type == "code" and not is_test(cell) and not waits_for_answers(cell):
            yield cell
