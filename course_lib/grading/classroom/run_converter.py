"""Run one of nbgrader's converters quietly, and say in a sentence why it failed."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeGuard

from nbgrader.api import InvalidEntry
from nbgrader.converters.base import BaseConverter, NbGraderException
from sqlalchemy.exc import OperationalError

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.log import LOGGER, Collector
from course_lib.grading.nbgrader_private import KeepsError, OfOneStudent
from course_lib.grading.quiet import no_warnings
from course_lib.grading.submissions.reading import Unreadable


@dataclass
class Run:
    """How a converter's run ended: the exception that stopped it, if any, and its log."""

    error: BaseException | None = None
    records: list[logging.LogRecord] = field(default_factory=list, repr=False)


def run(
    converter_class: type[BaseConverter],
    course: Course,
    assignment: str,
    student: str | None = None,
    adapt: Callable[[BaseConverter], None] | None = None,
    **directories: str,
) -> Run:
    """Convert ``assignment`` (of ``student``) with an nbgrader converter class.

    adapt: changes the converter before it starts. directories: traits of ``CourseDirectory`` to
    replace. Nothing is printed. Never raises for what is wrong with a notebook;
    ``KeyboardInterrupt`` comes through.
    """
    collector = Collector()
    log = logging.Logger("nbgrader", LOGGER.getEffectiveLevel())  # nobody else writes into it
    log.addHandler(collector)
    directory = course.settings(assignment_id=assignment, **directories)
    mixins = (KeepsError,) if student is None else (KeepsError, OfOneStudent)
    converter_class = type(converter_class.__name__, (*mixins, converter_class), {})
    converter = converter_class(coursedir=directory, config=directory.config, log=log)
    converter.force = True
    if student is not None:
        converter.student = student
    if adapt is not None:
        adapt(converter)
    done = Run(records=collector.records)
    with no_warnings():
        try:
            converter.start()
        except NbGraderException as failure:
            done.error = _of_database(converter.error or failure)
        except (Exception, SystemExit) as failure:
            done.error = failure
            log.error("%s: %s", type(failure).__name__, failure)
    return done


def _of_database(error: BaseException) -> BaseException:
    """The error of the database, to which nbgrader gives another name."""
    cause = error.__context__
    wrapped = isinstance(error, InvalidEntry) and isinstance(cause, OperationalError)
    return cause if wrapped and cause is not None else error


def explain(error: BaseException) -> str:
    """What stopped nbgrader, in a sentence."""
    kind, line = type(error).__name__, first_line(error)
    if isinstance(error, Unreadable):
        return str(error)
    if _is_full(error):
        places = f"of the course's folder or of {tempfile.gettempdir()}"
        return f"the disk {places} is full: make room, and the next run grades this one again."
    if _is_locked_or_gone(error):
        who = "another program held the gradebook locked"
        if not isinstance(error.orig, sqlite3.Error):
            who = f"the gradebook's server did not answer ({line})"
        return f"{who}: the next run grades this one again."
    if isinstance(error, TypeError) and "timedelta" in str(error):
        return "it has an extension, but the assignment has no due date: set one."
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{os.path.basename(str(error.filename))}: {error.strerror}."
    who = "nbgrader stopped" if is_foreseen(error) else "the grader failed"
    return f"{who} with {kind}: {line if str(error).strip() else 'no message'}"


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the gradebook could not be had, or the disk is full: not about the submission."""
    return _is_locked_or_gone(error) or _is_full(error)


def _is_full(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError) and "disk is full" in str(error.orig)


def _is_locked_or_gone(error: BaseException | None) -> TypeGuard[OperationalError]:
    """Whether another program holds the gradebook, or its server is gone.

    With a server, all operational errors are of that kind.
    """
    if not isinstance(error, OperationalError):
        return False
    return not isinstance(error.orig, sqlite3.Error) or "locked" in str(error)


def is_foreseen(error: BaseException) -> bool:
    """Whether an exception says what is wrong with a submission or the machine.

    Any other is a fault of the grader.
    """
    return isinstance(error, (Unreadable, OSError, NbGraderException, OperationalError))


def first_line(error: BaseException) -> str:
    """What an exception says, in one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
