"""Python's grammar for threads: students' cells are parsed while other submissions are graded."""

import ast
import threading

_turn = threading.Lock()


def parse(source: str) -> ast.Module:
    """``ast.parse``, one thread at a time; raises what it raises.

    In CPython 3.11 threads that parse at once share a count of the depth, and one of them may end
    in ``SystemError: AST constructor recursion depth mismatch`` (gh-106905).
    """
    with _turn:
        return ast.parse(source)
