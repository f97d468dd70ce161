"""An answer as tokens, and as runs of them that can be found in another answer.

The names of variables, comments and layout don't count, as with MOSS (Schleimer, Wilkerson, Aiken
2003, Winnowing). Answers are short, so all runs are kept and none need be chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pygments.lexers import PythonLexer
from pygments.token import Comment, Name, Number, String, Text, Whitespace

RUN = 12  # tokens of code: about two lines
WORDS = 6  # of a text
MAX_CHARACTERS = 50_000  # of an answer that are compared
IGNORED = (Comment, Text, Whitespace, String.Doc)
Run = tuple[str, ...]


@dataclass(frozen=True)
class Token:
    """A token as it is compared, and the line that it stands in, from 0 on."""

    text: str
    line: int


@dataclass(frozen=True)
class Answer:
    """A text or code. kind: of the cell, "code" or "markdown"."""

    source: str
    kind: str = "code"

    @cached_property
    def tokens(self) -> list[Token]:
        source = self.source[:MAX_CHARACTERS]
        return _words(source) if self.kind != "code" else _code(source)

    @cached_property
    def runs(self) -> dict[Run, list[int]]:
        """Every run of tokens, and where it begins."""
        size = RUN if self.kind == "code" else WORDS
        texts = [token.text for token in self.tokens]
        found: dict[Run, list[int]] = {}
        for start in range(len(texts) - size + 1):
            found.setdefault(tuple(texts[start : start + size]), []).append(start)
        return found

    def lines_of(self, runs: set[Run]) -> set[int]:
        """The lines that these runs go through."""
        return {
            token.line
            for run in runs
            for start in self.runs.get(run, ())
            for token in self.tokens[start : start + len(run)]
        }


def _code(source: str) -> list[Token]:
    tokens, line = [], 0
    for kind, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        if text.strip() and not any(kind in one for one in IGNORED):
            tokens.append(Token(_simplified(kind, text), line))
        line += text.count("\n")
    return tokens


def _simplified(kind: object, text: str) -> str:
    """Names that a student chooses are one, as far as a lexer can tell them from the others."""
    if kind in Name and kind not in Name.Builtin:
        return "name"
    if kind in String:
        return "text"
    return text if kind not in Number else text.rstrip("0").rstrip(".")


def _words(source: str) -> list[Token]:
    return [
        Token(word.casefold(), number)
        for number, line in enumerate(source.split("\n"))
        for word in re.findall(r"\w+", line)
    ]
