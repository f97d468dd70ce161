"""How the student's process comes to its end, and what its end says of what it said before."""

from __future__ import annotations

import contextlib
import signal

NO_ANSWER = "it sent something that is no answer"
UNASKED = "it spoke without being asked"


class GivenUp(Exception):
    """The whole run is ending; this submission is left for the next one."""


class Ended(Exception):
    """The student's process is gone; the message says why, as the end of "your code: ..."."""


class Untrusted(Ended):
    """The student's process is gone because it broke the rules of the exchange.

    What it answered before, in the same question, may be as false as that.
    """


def died(status: str) -> str:
    """How a process ended, from its exit code."""
    if not status.lstrip("-").isdigit():
        return "it was ended from outside"
    code = int(status)
    if code >= 0:
        return f"it ended itself (exit code {code})"
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
        why = {"SIGXCPU": "it used too much processor time", "SIGSEGV": "it crashed"}
        return f"{why.get(name, 'it was killed')} ({name})"
    return f"it was killed (signal {-code})"
