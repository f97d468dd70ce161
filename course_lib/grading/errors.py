"""What the ``course`` command shows as a sentence instead of a traceback."""

import sys


class CourseProblem(Exception):
    """Something that the person at the keyboard can mend; the message says what."""


def in_a_sentence(problem: Exception) -> Exception:
    """A ``CourseProblem`` if the gradebook's file or server failed; any other problem as it is."""
    if "sqlalchemy" not in sys.modules:
        return problem
    from sqlalchemy.exc import OperationalError

    if not isinstance(problem, OperationalError):
        return problem
    why = str(problem.orig).strip().splitlines()[0]
    return CourseProblem(
        f"The gradebook can't be used: {why}. What was finished before is kept; the same command "
        "does the rest."
    )
