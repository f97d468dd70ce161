"""What a cell says in words, wherever in it: in Markdown, in code, in what it showed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from nbformat import NotebookNode

from course_lib.grading.submissions.released import MAX_CHARACTERS, words
from course_lib.grading.syntax import MAGIC, parse_cell

COMMENT = re.compile(r"^\s*#+ ?", re.MULTILINE)
COMMENTS = re.compile(r"(?:^[ \t]*#.*\n?)+", re.MULTILINE)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SENTENCE = 5  # words that make a text more than a title
REMARK = 8  # and a comment, a string or an output more than a label
SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")  # of scripts without blanks
NUMBER = re.compile(r"\d+")
SHOWING = ("print", "display", "Markdown", "HTML", "Latex")  # functions that only show a text


def prose(cell: NotebookNode) -> str:
    """The text of a cell that is nothing else, in code as comments or strings; "" for a program."""
    source = cell.source
    if cell.cell_type != "code":
        return source
    tree = parse_cell(source) if len(source) <= MAX_CHARACTERS else None
    if tree is not None and not all(map(_is_words, tree.body)):
        return ""
    return COMMENT.sub("", source)


def remarks(source: str, inside: bool = True) -> tuple[str, ...]:
    """The comments and strings of a program; inside: also those in its functions and classes."""
    return _remarks(source, inside) if len(source) <= MAX_CHARACTERS else ()


@lru_cache(maxsize=128)  # most cells of a class are those that were handed out
def _remarks(source: str, inside: bool) -> tuple[str, ...]:
    comments = [text for text in COMMENTS.findall(source) if inside or text.startswith("#")]
    tree = parse_cell(source) or ast.Module([], [])
    statements = [one for one in tree.body if inside or not isinstance(one, DEFINITIONS)]
    constants = (
        node for node in chain(*map(ast.walk, statements)) if isinstance(node, ast.Constant)
    )
    return (*comments, *(node.value for node in constants if isinstance(node.value, str)))


def told(cell: NotebookNode) -> Iterator[str]:
    """The lines that a cell of code showed when it was handed in, but for tables and logs.

    What a command such as pip says is nobody's own.
    """
    if MAGIC.search(cell.source):
        return
    for output in cell.outputs:
        for line in output.get("text", "").splitlines():
            if len(NUMBER.findall(line)) * 4 <= words(line).count(" "):
                yield line


def is_sentence(text: str, least: int = SENTENCE) -> bool:
    """Whether a text has so many words, or as much in a script that does not part them."""
    return words(text).count(" ") >= least - 1 or len(SIGNS.findall(text)) >= 2 * least


def _is_words(statement: ast.stmt) -> bool:
    """Whether a statement only says, shows or names a text."""
    value = getattr(statement, "value", None)
    imported = isinstance(statement, ast.ImportFrom) and statement.module == "IPython.display"
    return imported or _is_text(value)


def _is_text(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") in SHOWING and value.args:
        return all(map(_is_text, value.args))
    return isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )
