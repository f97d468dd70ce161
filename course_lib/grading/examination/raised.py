"""What the student's code raised, as an exception that a test can catch."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

MESSAGE = 2000  # characters kept of what it says
GRADING = __name__.removesuffix("examination.raised")
SIGNS = ("bdb.", "pdb.", "IPython.", "traitlets.", GRADING, "nbgrader.")


def exception(failure: dict[str, Any], of_next: bool) -> BaseException:
    """The exception that ``failure`` describes; of_next: whether the next of an iterator was asked.

    Never one that means something to who runs the test: the end of an iteration that the test
    did not ask for, or what IPython, its debugger and ``Question`` take for a sign.
    """
    known: Any = None
    _, name = failure["mro"][0]
    for module, qualname in failure["mro"]:
        found = getattr(sys.modules.get(module), qualname, None)
        if isinstance(found, type) and issubclass(found, BaseException):
            known = found
            break
    if known is None or not issubclass(known, (Exception, SystemExit)):
        known = RuntimeError
    ends = issubclass(known, (StopIteration, StopAsyncIteration)) and not of_next
    if ends or f"{known.__module__}.".startswith(SIGNS):
        known = RuntimeError
    args, message = tuple(failure["args"]), str(failure["message"])[:MESSAGE]
    if not args or len(repr(args)) > MESSAGE or issubclass(known, SyntaxError):
        args = (message,) if message else ()  # a SyntaxError's may name a file to be read
    if known.__module__ == "builtins" and known.__name__ == name:
        with contextlib.suppress(Exception):  # OSError takes it from its arguments what it says
            return _located(known(*args), failure)
    kind: Any = type(str(name)[:100], (known,), {"__str__": lambda self: message})
    error = kind.__new__(kind)
    error.args = args
    return _located(error, failure)


def _located(error: Any, failure: Any) -> BaseException:
    error.where = str(failure["where"])[:MESSAGE]
    return error
