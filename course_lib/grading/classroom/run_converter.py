"""Run one of nbgrader's converters quietly, and say in a sentence why it failed."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeGuard

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
            done.error = converter.error or failure
        except (Exception, SystemExit) as failure:
            done.error = failure
            log.error("%s: %s", type(failure).__name__, failure)
    return done


def explain(error: BaseException) -> str:
    """What stopped nbgrader, in a sentence."""
    kind, line = type(error).__name__, first_line(error)
    if isinstance(error, Unreadable):
        return str(error)
    if is_unavailable(error):
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


def is_unavailable(error: BaseException | None) -> TypeGuard[OperationalError]:
    """Whether the gradebook could not be had: locked by another program, or its server gone.

    This is not about the submission. With a server, all operational errors are of that kind.
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
