"""The library's docstrings, as the reference shows them.

They are plain text: a line such as ``x: (N, D)  ->  z: (N, K)`` gives shapes, and one that begins
with ``name:`` tells of an argument. Sphinx would run such lines together.
"""

import re

from sphinx.application import Sphinx

ARGUMENT = re.compile(r"(\w+(?:, \w+)*):(?= )")  # "stride, padding: ..."
NDARRAY = re.compile(
    r"~?(numpy\.)?ndarray\[tuple\[~?(typing\.)?Any, \.\.\.\], ~?(numpy\.)?dtype\[[~\w.]+\]\]"
)
SENTENCE = re.compile(r"(Returns?|Raises?|Gradients?)\b")


def restructured(lines: list[str]) -> list[str]:
    """The lines in reStructuredText: shapes as code, each argument in a paragraph of its own."""
    made: list[str] = []
    for line in lines:
        argument = ARGUMENT.match(line)
        if argument and "->" in line:
            made += ["", f"``{line}``", ""]
        elif argument:
            made += ["", f"**{argument[1]}**:{line[argument.end() :]}"]
        elif SENTENCE.match(line):
            made += ["", line]
        else:
            made.append(line)
    return made


def readable(signature: str | None) -> str | None:
    """A signature with ``NDArray``, as the code has it, for what Python makes of that."""
    return signature and NDARRAY.sub("NDArray", signature)


def rewrite(app: Sphinx, what: str, name: str, owner: object, options: object, lines: list) -> None:
    lines[:] = restructured(lines)


def rewrite_signature(
    app: Sphinx, what: str, name: str, owner: object, options: object, *parts: str | None
) -> tuple[str | None, str | None]:
    arguments, result = parts
    return readable(arguments), readable(result)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", rewrite)
    app.connect("autodoc-process-signature", rewrite_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
