"""The mutants of a solution: all programs that differ from it by one slip of a student's.

A mutant that gets full points shows a gap in the tests, or a change that is none: ``survivors``
lists both.
"""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.grading.proof.mutation_operators import replacements
from course_lib.grading.syntax import parse
from course_lib.grading.testing.contract import BEGIN_SOLUTION, END_SOLUTION, region

MAX_SHOWN, AROUND = 100, 30  # letters of a line that are shown, and around its change in a long one
UNCHANGED = ast.JoinedStr, ast.Import, ast.ImportFrom  # the words of a message are free


@dataclass(frozen=True)
class Mutant:
    """A solution cell with one change: the line where it is, and that line before and after."""

    source: str
    line: int
    change: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.change}"


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of ``source``, a solution cell; each is another program.

    Only what stands between the solution's marks is changed, if there are any: the rest is given
    to the students. ``change`` names its place without line numbers, and is unique.
    """
    tree = parse(source)
    changeable = _solution_lines(source)
    sources, changes = {ast.unparse(tree)}, dict[str, int]()
    for holder, key, statement in _nodes(tree, None):
        node = holder[key]
        if node.lineno not in changeable:
            continue
        before = _first_line(statement)
        for replacement in replacements(node):
            holder[key] = replacement
            after = _first_line(replacement if statement is node else statement)
            mutated = ast.unparse(tree)
            if mutated not in sources:
                sources.add(mutated)
                change = _in_words(before, after)
                changes[change] = changes.get(change, 0) + 1
                again = f"  (#{changes[change]})" if changes[change] > 1 else ""
                yield Mutant(mutated, node.lineno, change + again)
        holder[key] = node


def _solution_lines(source: str) -> set[int]:
    """Numbers of the lines between the marks, or of all if there is no mark."""
    within, marks = region(source, BEGIN_SOLUTION, END_SOLUTION)
    return {index + 1 for index in (within if marks else range(source.count("\n") + 1))}


def _nodes(parent: ast.AST, statement: ast.stmt | None) -> Iterator[tuple[Any, Any, Any]]:
    """The nodes under ``parent``: (holder, key, statement), holder[key] is the node."""
    for field, value in ast.iter_fields(parent):
        in_list = isinstance(value, list)
        holder: Any = value if in_list else vars(parent)
        for key in range(len(value)) if in_list else [field]:
            node = holder[key]
            if not isinstance(node, ast.AST) or isinstance(node, UNCHANGED) or _is_docstring(node):
                continue
            around = node if isinstance(node, ast.stmt) else statement
            if hasattr(node, "lineno"):
                yield holder, key, around
            yield from _nodes(node, around)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _first_line(statement: ast.AST) -> str:
    """The statement in one line; of a block its first."""
    return ast.unparse(statement).splitlines()[0]


def _in_words(before: str, after: str) -> str:
    """The change; of long lines only what surrounds it."""
    if max(len(before), len(after)) > MAX_SHOWN:
        start = _common_start(before, after)
        end = _common_start(before[start:][::-1], after[start:][::-1])
        before, after = (_cut(line, start, len(line) - end) for line in (before, after))
    return f"{before}  ->  {after}"


def _common_start(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(line: str, start: int, end: int) -> str:
    start, end = max(0, start - AROUND), end + AROUND
    return f"{'...' * (start > 0)}{line[start:end]}{'...' * (end < len(line))}"
