"""Python's grammar for threads: students' cells are parsed while other submissions are graded."""

import ast
import re
import threading

from course_lib.grading.quiet import no_warnings

MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)  # IPython's lines, which are no Python

_turn = threading.Lock()


def parse(source: str) -> ast.Module:
    """``ast.parse``, one thread at a time and without warnings; raises what it raises.

    In CPython 3.11 threads that parse at once share a count of the depth, and one of them may end
    in ``SystemError: AST constructor recursion depth mismatch`` (gh-106905).
    """
    with _turn, no_warnings():
        return ast.parse(source)


def parse_cell(source: str) -> ast.Module | None:
    """A notebook's cell parsed, with ``pass`` for IPython's lines; None if it is no Python."""
    try:
        return parse(MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
