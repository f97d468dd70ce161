"""Python that is newer than the one that runs here: which version a cell was written for.

A cell that is no Python here is tried again with each newer construct written in the old way. What
parses then was right, for who has the newer version.
"""

from __future__ import annotations

import re

from course_lib.grading.syntax import parse_cell

MAX_CHARACTERS = 20_000
MAX_DEPTH = 20  # of strings in strings
NAME = r"[^\W\d]\w*"
NAMES = rf"{NAME}(?:\.{NAME})*"
BRACKETS = r"\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\]"
STRING = re.compile(r"(?<!\w)([rR]?[fFtT][rR]?|[rRbBuU]{1,2}|)('''|\"\"\"|'|\")")
F_STRING, T_STRING = (12, "an f-string with quotes or comments in its braces"), (14, "a t-string")
REWRITTEN = [  # version, what is new, its pattern, and what stands for it
    (12, "type parameters", rf"^(\s*(?:async +)?(?:def|class) +{NAME}) *{BRACKETS}", r"\1"),
    (12, "a type statement", rf"^(\s*)type +({NAME}) *(?:{BRACKETS})? *=", r"\1\2 ="),
    (
        *(14, "several exceptions without parentheses"),
        *(rf"^(\s*except\*? +)({NAMES} *(?:, *{NAMES} *)+):", r"\1(\2):"),
    ),
    (15, "lazy imports", r"^(\s*)lazy +(from|import)\b", r"\1\2"),
    (15, "unpacking in a comprehension", r"([\[{(] *)\*{1,2}(?=[^,\]})]+ for )", r"\1"),
]


def newer_python(source: str) -> str:
    """What in a cell only a newer Python understands, and from which version on.

    As "type parameters (Python 3.12 or newer)"; "" if that is not what is wrong with it.
    """
    if len(source) > MAX_CHARACTERS or parse_cell(source) is not None:
        return ""
    text, found = _without_new_strings(source)
    for version, what, pattern, old in REWRITTEN:
        changed = re.sub(pattern, old, text, flags=re.MULTILINE)
        if changed != text:
            found.append((version, what))
        text = changed
    if not found or parse_cell(text) is None:
        return ""
    version, what = max(found)
    return f"{what} (Python 3.{version} or newer)"


def _without_new_strings(source: str) -> tuple[str, list[tuple[int, str]]]:
    """``source`` with an empty string for each f- and t-string; what was new in them."""
    pieces: list[str] = []
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(source):
        end = _end(source, at, MAX_DEPTH)
        piece, kind = source[at:end], STRING.match(source, at)
        prefix = kind[1].lower() if kind and _is_whole(piece, kind[0], kind[2]) else ""
        if "t" in prefix:
            found.append(T_STRING)
        elif "f" in prefix and parse_cell(piece) is None:
            found.append(F_STRING)
        pieces.append('""' if "t" in prefix or "f" in prefix else piece)
        at = end
    return "".join(pieces), found


def _is_whole(piece: str, start: str, quote: str) -> bool:
    return len(piece) >= len(start) + len(quote) and piece.endswith(quote)


def _end(source: str, at: int, depth: int) -> int:
    """Behind the string or comment that begins ``at``; behind the character if none does."""
    if source[at] == "#":
        end = source.find("\n", at)
        return len(source) if end < 0 else end
    start = STRING.match(source, at)
    return at + 1 if start is None else _string_end(source, start, depth)


def _string_end(source: str, start: re.Match[str], depth: int) -> int:
    """Behind the string that begins with ``start``; in the braces of an f-string is code."""
    quote, braces, at = start[2], any(kind in start[1].lower() for kind in "ft"), start.end()
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source.startswith(quote, at):
            return at + len(quote)
        elif braces and source.startswith("{{", at):
            at += 2
        elif braces and source[at] == "{" and depth:
            at = _brace_end(source, at + 1, depth - 1)
        elif source[at] == "\n" and len(quote) == 1:
            return at
        else:
            at += 1
    return len(source)


def _brace_end(source: str, at: int, depth: int) -> int:
    """Behind the brace that closes the code which begins ``at``."""
    is_open = 1
    while at < len(source) and is_open:
        is_open += (source[at] in "{[(") - (source[at] in "}])")
        at = _end(source, at, depth)
    return at
