"""grading.log: what happened to each submission, with times and levels.

Everything about grading goes to the logger ``course_lib.grading``; what nbgrader says about a
submission is collected while it works and passed on in one piece, at its levels. What it says of a
database that fails comes from another logger, and is written as it comes.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course_lib.grading.nbgrader_private import DATABASE_LOG
from course_lib.grading.submissions.files import printable

LOGGER = logging.getLogger(__name__.rpartition(".classroom")[0])
FORMAT = "{asctime} {levelname:7} {message}"


class Collector(logging.Handler):
    """Keeps the records that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args = record.getMessage(), None  # its arguments may not live so long
        self.records.append(record)


class _OneLineAnEntry(logging.Formatter):
    """What continues an entry is indented, so that no text in it looks like an entry.

    Nothing in it steers the terminal of who reads it.
    """

    def format(self, record: logging.LogRecord) -> str:
        return "\n    ".join(map(printable, super().format(record).splitlines()))


class _ToTerminal(logging.Handler):
    """Writes to what is standard error then: a progress bar puts itself in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


class _ToFile(logging.FileHandler):
    """A full disk costs what it has no room for, and no run."""

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        with suppress(OSError):
            super().close()


@contextmanager
def log_to(path: str | Path, verbose: bool = False) -> Iterator[None]:
    """Append what is logged meanwhile to the file ``path``.

    verbose: also what nbgrader says for its developers, and all of it on the terminal as well.
    """
    file = _ToFile(path, encoding="utf-8", errors="backslashreplace")
    handlers: list[logging.Handler] = [file, *([_ToTerminal()] if verbose else [])]
    for handler in handlers:
        handler.setFormatter(_OneLineAnEntry(FORMAT, style="{"))
    loggers = LOGGER, DATABASE_LOG
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG if verbose else logging.INFO)
        logger.propagate = False
        for handler in handlers:
            logger.addHandler(handler)
    try:
        yield
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
            for handler in handlers:
                logger.removeHandler(handler)
        for handler in handlers:
            handler.close()


def pass_on(records: Iterable[logging.LogRecord], about: str) -> None:
    """Log ``records`` again, at their times and levels, as being ``about`` a submission."""
    for record in records:
        if LOGGER.isEnabledFor(record.levelno):
            message = f"{about}: {record.getMessage()}"
            entry = vars(record) | {"msg": message, "args": None, "name": LOGGER.name}
            LOGGER.handle(logging.makeLogRecord(entry))
