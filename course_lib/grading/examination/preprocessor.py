"""What nbgrader runs in place of its own ``Execute``: the examination in two processes.

In ``nbgrader_config.py``, ``c.Autograde.autograde_preprocessors = AUTOGRADE`` switches it on, for
``nbgrader autograde``, the formgrader and ``NbGraderAPI`` alike.
"""

import ast
import atexit
import functools
import os
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade, is_solution
from traitlets import Any, Enum, Float, Integer, List, Unicode

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.fork_server import ForkServer
from course_lib.grading.examination.sandbox import bubblewrap
from course_lib.grading.examination.session import Session
from course_lib.grading.examination.student_process import StudentProcess
from course_lib.grading.examination.withholding import copy_library

BUBBLEWRAP, NONE = "bubblewrap", "none"
OURS = __name__.partition(".")[0]
FIRST_USE = {  # what a library imports only when it is used
    "torch": ("torch._dynamo",),
    "matplotlib": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
    "course_lib.viz": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
}
DEFAULT = bubblewrap.Limits()
KEPT = 3  # assignments whose warm processes are kept; two of 100 MB or more each
DANGER = (
    "NO SANDBOX: students' code runs with your rights. It can read the tests, write grades and "
    "reach the network."
)


class Examine(NbGraderPreprocessor):
    """Run the student's cells in a sandbox and the tests outside of it."""

    sandbox = Enum(
        (BUBBLEWRAP, NONE), BUBBLEWRAP, help='"bubblewrap", or "none" for no protection at all'
    ).tag(config=True)
    timeout = Float(DEFAULT.cell, help="seconds that one cell may take").tag(config=True)
    call_timeout = Float(DEFAULT.call, help="seconds that one call from a test may take").tag(
        config=True
    )
    notebook_timeout = Float(DEFAULT.notebook, help="seconds that a notebook may take").tag(
        config=True
    )
    memory = Integer(DEFAULT.memory, help="bytes that a student's code may use").tag(config=True)
    disk = Integer(DEFAULT.disk, help="bytes that it may write").tag(config=True)
    processes = Integer(DEFAULT.processes, help="processes and threads that it may start").tag(
        config=True
    )
    visible = List(Unicode(), help="folders that it may read, besides Python's").tag(config=True)
    runner = Any(help="does the work, elsewhere; see ``examine_here``").tag(config=True)

    def preprocess(self, nb, resources):
        """Run ``nb``; what the instructor should know goes into the log."""
        told = resources["nbgrader"]
        directory = CourseDirectory(config=self.config)
        source = directory.format_path(directory.source_directory, ".", told["assignment"])
        path = Path(source) / f"{told['notebook']}.ipynb"
        wanted = requirements(path, self.sandbox, self.visible)
        if self.sandbox == NONE:
            self.log.warning(DANGER)
        files = files_beside(resources["metadata"]["path"], self.disk // 2)
        for note in (self.runner or examine_here)(wanted, nb, files, self.limits()):
            self.log.warning("Examiner: %s", note)
        return nb, resources

    def limits(self):
        """The traits as ``Limits``."""
        return bubblewrap.Limits(
            cell=self.timeout,
            call=self.call_timeout,
            notebook=self.notebook_timeout,
            memory=self.memory,
            disk=self.disk,
            processes=self.processes,
        )


AUTOGRADE = [
    Examine,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]


class Exam:
    """An assignment's notebook, ready to be examined: two warm processes and a library.

    modules: {"student": names, "tests": names} to have imported. withheld: what the student's
    process must not find in the library.
    """

    def __init__(self, modules, withheld=(), sandbox=BUBBLEWRAP, visible=()):
        check_sandbox(sandbox)
        self.folder = tempfile.TemporaryDirectory(prefix="library-", ignore_cleanup_errors=True)
        self.fork_servers = {}
        try:
            self.hidden = copy_library([OURS], withheld, self.folder.name)
            for role, paths in ("student", [self.folder.name]), ("tests", []):
                self.fork_servers[role] = ForkServer(modules[role], paths)
        except BaseException:
            self.close()
            raise
        shown = [sys.prefix, sys.base_prefix, self.folder.name, *visible]
        self.visible = shown if sandbox == BUBBLEWRAP else None

    def examine(self, notebook, files, limits):
        """Run ``notebook``, with ``files`` ({name: bytes}) beside it; returns notes."""
        with tempfile.TemporaryDirectory(prefix="examiner-") as folder:
            for name, data in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            seat = StudentProcess(
                self.fork_servers["student"],
                limits,
                files=files,
                visible=self.visible,
                hidden=tuple(self.hidden),
                stop=STOP,
            )
            return Session(notebook, seat, self.fork_servers["tests"], folder).examine()

    def close(self):
        for fork_server in self.fork_servers.values():
            fork_server.close()
        self.folder.cleanup()


@functools.cache
def missing_sandbox():
    """``bubblewrap.missing()``, asked once."""
    return bubblewrap.missing()


def check_sandbox(wanted):
    """``CourseProblem`` if ``wanted`` is bubblewrap and this machine can't make a sandbox."""
    if wanted == BUBBLEWRAP and (why := missing_sandbox()):
        raise CourseProblem(
            f"Students' code is not run without a sandbox, and there is none: {why} "
            "To grade without one, at your own risk: --sandbox none, or "
            'c.Examine.sandbox = "none" in nbgrader_config.py.'
        )


_exams, _making = {}, threading.Lock()
STOP = threading.Event()  # set when this process has no more use for what is being examined


def exam_for(wanted):
    """The ``Exam`` with these ``requirements``; its processes are kept for the next notebook."""
    with _making:
        if wanted not in _exams:
            if len(_exams) == KEPT:
                _exams.pop(next(iter(_exams))).close()
            modules, withheld, sandbox, visible = wanted
            _exams[wanted] = Exam(dict(modules), withheld, sandbox, visible)
        return _exams[wanted]


def examine_here(wanted, notebook, files, limits):
    """Run ``notebook`` in place; returns what the instructor should know, a sentence each.

    wanted: ``requirements`` of its source.
    """
    return exam_for(wanted).examine(notebook, files, limits)


def requirements(source, sandbox, visible=()):
    """What an ``Exam`` for the notebook at ``source`` needs, as a key."""
    notebook = nbformat.read(source, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tests = [cell for cell in code if is_grade(cell) and not is_solution(cell)]
    given = [cell for cell in code if cell not in tests]
    modules = ("student", _imports(given)), ("tests", _imports(code))
    withheld = notebook.metadata.get("examiner", {}).get("withheld", [])
    return modules, tuple(withheld), sandbox, tuple(visible)


@atexit.register
def close_all():
    """End all warm processes."""
    while _exams:
        _exams.popitem()[1].close()


def _imports(cells):
    """The modules that cells import, as far as they parse."""
    found = set()
    for cell in cells:
        lines = [line for line in cell.source.splitlines() if not line.lstrip().startswith("%")]
        try:
            tree = ast.parse("\n".join(lines))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    for library, late in FIRST_USE.items():
        if any(name == library or name.startswith(f"{library}.") for name in found):
            found |= set(late)
    return tuple(sorted(found))


def files_beside(folder, most):
    """What was handed in beside the notebook, {name: bytes}."""
    files, size = {}, 0
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file():
            continue
        size += path.stat().st_size
        if size > most:
            break
        files[os.path.relpath(path, folder)] = path.read_bytes()
    return files
