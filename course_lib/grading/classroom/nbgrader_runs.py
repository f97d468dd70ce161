"""Run one of nbgrader's converters quietly, and say in a sentence why it failed."""

import contextlib
import functools
import logging
import os
import shutil
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

from nbgrader import api
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from course_lib.grading.classroom.course import course_directory
from course_lib.grading.submissions import reading as intake

TAKEN_IN = ".taken-in"  # where a submission is while it is graded


class _Ear(logging.Handler):
    """Keeps what nbgrader logs, and the last exception that it was handling as it logged."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines, self.error = [], None

    def emit(self, record):
        self.lines.append(f"{record.levelname:7} {record.getMessage()}")
        if record.levelno >= logging.ERROR:
            self.error = sys.exc_info()[1] or self.error


class _OfOneStudent:
    """A converter of a single submission, whatever characters the student's id has.

    nbgrader takes ids for patterns, and file names for patterns too.
    """

    def init_notebooks(self):
        folder = self._format_source(self.coursedir.assignment_id, self.student)
        found = sorted(str(path) for path in Path(folder).glob("*.ipynb"))
        if not found:
            raise NbGraderException(f"No notebooks in {folder}")
        self.notebooks, self.assignments = [], {folder: found}

    def init_assignment(self, assignment, student):
        super().init_assignment(assignment, student)
        for copy in Path(self._format_dest(assignment, student)).rglob("*.ipynb"):
            copy.unlink()  # its pattern for what not to copy did not match


@dataclass
class Run:
    """How a converter's run ended: the exception that stopped it, if any, and its log."""

    error: BaseException | None
    log: list[str]


def run(converter_class, root, assignment, student=None, settings=None, **directories):
    """Convert ``assignment`` (of ``student``) with an nbgrader converter class.

    settings: {class name: {trait: value}} on top of the course's. directories: traits of
    ``CourseDirectory`` to replace. Nothing is printed. Never raises for what is wrong with a
    notebook; ``KeyboardInterrupt`` comes through.
    """
    ear = _Ear()
    log = logging.Logger("nbgrader", logging.INFO)  # not registered: nobody else writes into it
    log.addHandler(ear)
    directory = course_directory(root, assignment_id=assignment, **directories)
    directory.config.merge(Config(settings or {}))
    if student is not None:
        converter_class = type(
            converter_class.__name__, (_OfOneStudent, converter_class), {"student": student}
        )
    converter = converter_class(coursedir=directory, config=directory.config, log=log)
    converter.force = True
    error = None
    with quietly():
        try:
            converter.start()
        except NbGraderException as failure:
            error = ear.error or failure
        except (Exception, SystemExit) as failure:
            error = failure
            ear.lines.append(f"ERROR   {type(failure).__name__}: {failure}")
    return Run(error, ear.lines)


def autograde(root, assignment, student, settings=None):
    """``run`` nbgrader's ``Autograde`` on a copy of the submission, in which there are no links."""
    directory = course_directory(root)
    submitted = directory.format_path(directory.submitted_directory, student, assignment)
    copy = Path(directory.format_path(TAKEN_IN, student, assignment))
    try:
        left_out = intake.take_in(submitted, copy)
        done = run(Autograde, root, assignment, student, settings, submitted_directory=TAKEN_IN)
        done.log += [f"WARNING Left out: {what}" for what in left_out]
        return done
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.removedirs(copy.parent)  # those that are empty


@contextlib.contextmanager
def quietly():
    """No warnings. Where several threads convert, one around them all restores the filters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def explain(error):
    """What stopped nbgrader, in a sentence."""
    kind, text = type(error).__name__, str(error)
    if kind == "Unreadable":
        return text
    if kind == "OperationalError" and "locked" in text:
        return "another program held the gradebook locked: grade this one again."
    if kind in ("ValidationError", "KeyError", "AttributeError"):
        return "it is no valid notebook any more: its cells or their metadata are damaged."
    first = text.strip().splitlines()[0] if text.strip() else "no message"
    return f"nbgrader stopped with {kind}: {first}"


def unreadable(folder, notebooks):
    """What is wrong with the files in ``folder`` if they can't be read as notebooks, else "".

    notebooks: the names that the assignment's notebooks have.
    """
    folder = Path(folder)
    found = sorted(path.name for path in folder.glob("*.ipynb"))
    wanted = [f"{name}.ipynb" for name in notebooks]
    if not any(name in found for name in wanted):
        others = sorted(intake.shown(path.name) for path in folder.glob("*") if path.is_file())
        came = f"there is only {', '.join(others)}" if others else "the folder is empty"
        return f"{' and '.join(wanted)} is missing: {came}."
    for name in [name for name in wanted if name in found]:
        try:
            intake.read(folder / name)
        except intake.Unreadable as problem:
            return str(problem)
    return ""


@contextlib.contextmanager
def one_engine():
    """One SQLAlchemy engine for a whole run.

    nbgrader makes a new one for every look into the gradebook, a dozen a submission, and each
    compiles all its queries anew: a third of the time that a small notebook takes.
    """
    make = api.create_engine
    api.create_engine = functools.cache(make)
    try:
        yield
    finally:
        api.create_engine = make
