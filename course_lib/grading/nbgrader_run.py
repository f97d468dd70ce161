"""Run one of nbgrader's converters quietly, and say in a sentence why it failed."""

import contextlib
import logging
import os
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.converters.base import NbGraderException

from course_lib.grading.course import course_directory

NOISE = 10_000  # bytes kept of what a kernel writes to stderr by itself


class _Ear(logging.Handler):
    """Keeps what nbgrader logs, and the last exception that it was handling as it logged."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines, self.error = [], None

    def emit(self, record):
        self.lines.append(f"{record.levelname:7} {record.getMessage()}")
        if record.levelno >= logging.ERROR:
            self.error = sys.exc_info()[1] or self.error


@dataclass
class Run:
    """How a converter's run ended: the exception that stopped it, if any, and its log."""

    error: BaseException | None
    log: list[str]


def run(converter_class, root, assignment, student="*", **directories):
    """Convert ``assignment`` (of ``student``, a glob) with an nbgrader converter class.

    directories: traits of ``CourseDirectory`` to replace. Nothing is printed. Never raises for what
    is wrong with a notebook; ``KeyboardInterrupt`` stops the kernel, and comes through.
    """
    ear = _Ear()
    log = logging.Logger("nbgrader", logging.INFO)  # not registered: nobody else writes into it
    log.addHandler(ear)
    directory = course_directory(root, assignment_id=assignment, student_id=student, **directories)
    converter = converter_class(coursedir=directory, config=directory.config, log=log)
    converter.force = True
    error = None
    with warnings.catch_warnings(), contextlib.chdir(root), _stderr_into(ear.lines):
        warnings.simplefilter("ignore")
        try:
            converter.start()
        except NbGraderException as failure:
            error = ear.error or failure
        except (Exception, SystemExit) as failure:
            error = failure
            ear.lines.append(f"ERROR   {type(failure).__name__}: {failure}")
    return Run(error, ear.lines)


@contextlib.contextmanager
def _stderr_into(lines):
    """Whatever a kernel writes to our stderr, past its notebook, is appended to ``lines``."""
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
            file.seek(0)
            lines += file.read(NOISE).decode(errors="replace").splitlines()


def explain(error):
    """What stopped nbgrader, in a sentence."""
    kind, text = type(error).__name__, str(error)
    if kind == "DeadKernelError":
        return "its Python process died while a cell ran (os._exit, a crash or too little memory)."
    if kind in ("CellTimeoutError", "TimeoutError"):
        return "a cell ran too long and could not be stopped."
    if kind == "OperationalError" and "locked" in text:
        return "another program held the gradebook locked: grade this one again."
    if kind in ("ValidationError", "KeyError", "AttributeError"):
        return "it is no valid notebook any more: its cells or their metadata are damaged."
    if kind == "NoSuchKernel":
        return f"it needs a kernel that is not installed here: {text}"
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
        others = sorted(path.name for path in folder.glob("*") if path.is_file())
        came = f"there is only {', '.join(others)}" if others else "the folder is empty"
        return f"{' and '.join(wanted)} is missing: {came}."
    for name in [name for name in wanted if name in found]:
        path = folder / name
        if path.stat().st_size == 0:
            return f"{name} is empty: a file of 0 bytes."
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # such as a missing cell id, which is put in
                cells = nbformat.read(path, as_version=4).cells
        except Exception:  # every sort of damage raises its own sort of error
            return f"{name} is no notebook: it can't be read as one."
        if not isinstance(cells, list):
            return f"{name} is no notebook: it has no list of cells."
    return ""
