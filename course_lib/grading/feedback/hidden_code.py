"""The hidden tests' code, and how to tell that a text quotes it."""

import functools
import html
import io
import re
import tokenize
from collections.abc import Iterator

WINDOW = 20  # characters of hidden code, spaces apart, that nothing shown may contain
MIN_LINE = 7  # characters of a line that counts as a whole
NOT_SHOWN = "[not shown: it quotes a hidden test]"
COLORS = re.compile(r"\x1b\[[0-9;]*m")
WORDS = re.compile(r"[A-Za-z_]{3,}")


class HiddenCode:
    """The code of hidden tests, as far as it is not also ``public``.

    windows: all its pieces of WINDOW characters with two words or more. lines: its lines.
    """

    def __init__(self, hidden: str, public: str) -> None:
        public = _bare(public)
        windows = _windows_of(hidden)
        self.windows = windows - windows.intersection(_slices(public))
        lines = {_bare(line) for line in hidden.splitlines()}
        self.lines = {
            line
            for line in lines
            if len(line) >= MIN_LINE and re.search(r"\w\W", line) and line not in public
        }

    def taken_out_of(self, text: str) -> str:
        """``text`` with the lines that quote the code replaced, or all of it."""
        if not self.is_quoted_in(text):
            return text
        lines = [NOT_SHOWN if self.is_quoted_in(line) else line for line in text.split("\n")]
        pairs = zip(lines, ["", *lines], strict=False)
        kept = [line for line, before in pairs if not line == before == NOT_SHOWN]
        shown = "\n".join(kept) if NOT_SHOWN in lines else ""
        return NOT_SHOWN if not shown or self.is_quoted_in(shown) else shown

    def is_quoted_in(self, text: str) -> bool:
        """Whether ``text`` holds a window or a line of the code, in whatever disguise."""
        bare = _bare(COLORS.sub("", text))
        if any(line in bare for line in self.lines):
            return True
        return not self.windows.isdisjoint(_slices(bare))


def _without_strings(code: str) -> list[str]:
    """The pieces of ``code`` between strings and comments: names of checks are no secret."""
    pieces: list[list[str]] = [[]]
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type in (tokenize.STRING, tokenize.COMMENT):
                pieces.append([])
            else:
                pieces[-1].append(token.string)
    except (tokenize.TokenError, SyntaxError):  # what was read so far counts, and all as it is
        pieces += [[piece] for piece in re.split(r"\"[^\"\n]*\"|'[^'\n]*'", code)]
    return ["".join(piece) for piece in pieces]


@functools.lru_cache(64)  # all students of an assignment have the same hidden tests
def _windows_of(hidden: str) -> frozenset[str]:
    pieces = map(_bare, _without_strings(hidden))
    windows = (window for piece in pieces for window in _slices(piece))
    return frozenset(window for window in windows if len(set(WORDS.findall(window))) > 1)


def _slices(text: str) -> Iterator[str]:
    return (text[start : start + WINDOW] for start in range(len(text) - WINDOW + 1))


def _bare(text: str) -> str:
    """Without what printing, escaping and wrapping change."""
    return re.sub(r"\\n|\\|\s+", "", html.unescape(text))
