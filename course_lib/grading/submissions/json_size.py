"""How large a JSON text will be in memory, told from its bytes; and a notebook without its outputs.

A byte of JSON can become a hundred in memory, so its parts are counted before it is parsed. The
bytes are searched by regular expressions that never look twice at one, whatever stands in them.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator

Data = bytes | mmap.mmap
MAX_BRACKETS = 2 * 10**6  # in outputs that are passed over
_STRING = rb'"[^"\\]*+(?:\\.?[^"\\]*+)*+(?:"|\Z)'  # also one that does not end
STRING = re.compile(_STRING, re.DOTALL)
OPENING, CLOSING = b"[{", b"]}"
SIGNS = (b"[", b"{", b",")
UNREAD = rb'"(?:outputs|widgets)"\s*+:\s*+(?=[\[{])'
TOKEN = re.compile(rb"(?P<unread>" + UNREAD + rb")|" + _STRING + rb"|[][{}]", re.DOTALL)
BRACKET = re.compile(rb"[][{}]|(?:[^][{}\"]++|" + _STRING + rb")++", re.DOTALL)
DEPTHS = (2, 3, 5)  # of a notebook's metadata, of a cell, and of a cell in format 3


class TooLarge(ValueError):
    """A text of more bytes or more parts than are built; the message says how many may be."""


def has_more_parts(data: bytes | bytearray, limit: int) -> bool:
    """Whether ``data`` has more values than ``limit``, by its brackets, commas and strings."""
    if sum(map(data.count, SIGNS)) <= limit:  # signs within strings count here: rarely so many
        return False
    parts = end = 0
    for string in STRING.finditer(data):
        parts += 1 + sum(data.count(sign, end, string.start()) for sign in SIGNS)
        if parts > limit:
            return True
        end = string.end()
    return parts + sum(data.count(sign, end) for sign in SIGNS) > limit


def without_outputs(data: Data, max_bytes: int, max_parts: int) -> bytes:
    """A notebook's JSON text with empty ``outputs`` in its cells, and without the state of widgets.

    ``TooLarge`` if the rest is larger than these limits. What is no JSON stays none.
    """
    return b"".join(_kept(data, max_bytes, max_parts))


def _kept(data: Data, max_bytes: int, max_parts: int) -> Iterator[bytes]:
    begin = at = depth = size = parts = 0
    while token := TOKEN.search(data, at):
        size, parts = size + token.end() - at, parts + 1
        at = token.end()
        if parts > max_parts:
            raise TooLarge(f"{max_parts:,} values")
        if size > max_bytes:
            raise TooLarge(f"{max_bytes / 10**6:g} MB")
        first = data[token.start()]
        if first in OPENING:
            depth += 1
        elif first in CLOSING:
            depth -= 1
        elif token.lastgroup and depth in DEPTHS:
            yield data[begin:at]
            yield b"[]" if data[at : at + 1] == b"[" else b"{}"
            begin = at = _end(data, at)
    if size + len(data) - at > max_bytes:
        raise TooLarge(f"{max_bytes / 10**6:g} MB")
    yield data[begin:]


def _end(data: Data, start: int) -> int:
    """Where the value that begins with a bracket at ``start`` ends."""
    depth, left = 0, MAX_BRACKETS
    for token in BRACKET.finditer(data, start):
        first = data[token.start()]  # the whole of it may be large
        if first in OPENING:
            depth += 1
        elif first in CLOSING:
            depth, left = depth - 1, left - 1
        if not depth:
            return token.end()
        if not left:
            raise TooLarge(f"{MAX_BRACKETS:,} lists in its outputs")
    return len(data)
