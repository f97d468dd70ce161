"""An assignment's notebook made ready to be examined, and the examination of a submission of it.

``examine`` is a pure function of a notebook, the files beside it, what it requires and the limits.
The warm processes that it uses are kept for the next submission of the same notebook.
"""

from __future__ import annotations

import atexit
import copy
import os
import tempfile
import threading
from collections.abc import Collection, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.fork_server import ForkServer
from course_lib.grading.examination.requirements import BUBBLEWRAP, Requirements
from course_lib.grading.examination.sandbox import control_group, diagnosis, folders
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.sandbox.processors import PROCESSORS
from course_lib.grading.examination.session import Session
from course_lib.grading.examination.student_process import GivenUp, StudentProcess
from course_lib.grading.examination.withholding import copy_library, package_folder, replace_data
from course_lib.grading.submissions.files import NOTEBOOK, find_files, named
from course_lib.threads import usable_processors

KEPT = 3  # notebooks whose warm processes are kept; two of 100 MB or more each
GRADER = __name__.partition(".")[0]  # the package that both processes run code of


@dataclass(frozen=True)
class Examined:
    """A notebook with the outputs of its cells; notes: what the instructor should know."""

    notebook: NotebookNode
    notes: list[str]


class Exam:
    """A notebook ready to be examined: two warm processes, and a library without the answers."""

    def __init__(self, required: Requirements) -> None:
        check_sandbox(required.sandbox)
        self.folder = tempfile.TemporaryDirectory(prefix="library-", ignore_cleanup_errors=True)
        os.chmod(self.folder.name, 0o755)  # where the grader is root, the student is somebody else
        self.beside = tempfile.TemporaryDirectory(prefix="tests-", ignore_cleanup_errors=True)
        self.servers: list[ForkServer] = []
        try:
            self.originals = copy_library(required.libraries, required.withheld, self.folder.name)
            replace_data(required.replaced, self.folder.name)
            _write(Path(self.beside.name), required.beside)
            beside = [self.beside.name] if required.beside else []
            # The folder of a course may hold a library that is not installed.
            parents = sorted({str(package_folder(name).parent) for name in required.libraries})
            for modules, paths in (
                (required.student_modules, [self.folder.name]),
                (required.test_modules, [*beside, *parents]),
            ):
                self.servers.append(ForkServer(modules, paths))
        except BaseException:
            self.close()
            raise

    def examine(
        self,
        required: Requirements,
        notebook: NotebookNode,
        files: dict[str, bytes],
        limits: Limits,
        stop: threading.Event | None = None,
    ) -> list[str]:
        """Run ``notebook`` (changed: its outputs), with ``files`` beside it; returns notes.

        required: what the exam was made for, though it may show and hide other folders.
        stop: set, from another thread, to give up; then ``GivenUp`` is raised.
        """
        visible, hidden = self._folders(required)
        student_server, test_server = self.servers
        with tempfile.TemporaryDirectory(prefix="tests-") as folder:
            _write(Path(folder), files.items())
            stop = stop or threading.Event()
            with _processor(required.sandbox, stop) as processor:
                student = StudentProcess(
                    student_server,
                    limits,
                    files=files,
                    visible=visible,
                    hidden=tuple(hidden),
                    processor=processor,
                    stop=stop,
                )
                return Session(notebook, student, test_server, folder).examine()

    def _folders(self, required: Requirements) -> tuple[list[str] | None, list[str]]:
        """What can be read in the sandbox, None if there is none, and what of it can't."""
        grader = str(package_folder(GRADER))
        own = [tempfile.gettempdir(), os.path.expanduser("~")]
        above = [os.path.dirname(path) for path in (*self.originals, grader)]
        hidden = [*self.originals, *own, *filter(_is_course, above), *required.hidden]
        visible = [*folders.pythons(), self.folder.name, *required.visible]
        if GRADER not in required.libraries:
            visible.append(grader)
        return visible if required.sandbox == BUBBLEWRAP else None, hidden

    @property
    def alive(self) -> bool:
        """Whether its processes are there; the kernel may have ended one for want of memory."""
        return all(server.process.poll() is None for server in self.servers)

    def close(self) -> None:
        for server in self.servers:
            server.close()
        self.folder.cleanup()
        self.beside.cleanup()


def _processor(sandbox: str, stop: threading.Event) -> AbstractContextManager[int | None]:
    """One for the sandbox alone; ``GivenUp`` if ``stop`` is set while all are taken."""

    def check() -> None:
        if stop.is_set():
            raise GivenUp

    return PROCESSORS.lend(check) if sandbox == BUBBLEWRAP else nullcontext()


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _is_course(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "nbgrader_config.py"))


class Exams:
    """The exams that are kept, and how many use each: one in use is never closed.

    Those who require the same of the processes share one, whatever folders they show and hide.
    """

    def __init__(self) -> None:
        self._exams: dict[Hashable, Exam] = {}  # that used last comes last
        self._users: dict[Exam, int] = {}  # also of those that died and are kept no more
        self._lock = threading.Lock()

    @contextmanager
    def borrow(self, required: Requirements) -> Iterator[Exam]:
        """The exam for what is required, made if there is none that is alive."""
        key = _of_processes(required)
        with self._lock:
            exam = self._exams.pop(key, None)
            if exam is None or not exam.alive:
                if exam is not None and exam not in self._users:
                    exam.close()
                exam = Exam(required)
            self._exams[key] = exam
            self._users[exam] = self._users.get(exam, 0) + 1
            self._close_some()
        try:
            yield exam
        finally:
            with self._lock:
                self._give_back(key, exam)

    def _give_back(self, key: Hashable, exam: Exam) -> None:
        users = self._users.pop(exam, 1) - 1
        if users:
            self._users[exam] = users
        elif self._exams.get(key) is not exam:
            exam.close()
        self._close_some()

    def _close_some(self) -> None:
        idle = [key for key, exam in self._exams.items() if exam not in self._users]
        for key in idle[: max(0, len(self._exams) - KEPT)]:
            self._exams.pop(key).close()

    def close(self) -> None:
        """End all warm processes."""
        with self._lock:
            for exam in {*self._exams.values(), *self._users}:
                exam.close()
            self._exams.clear()
            self._users.clear()


def _of_processes(required: Requirements) -> Hashable:
    """What makes the processes of one exam other than those of another."""
    places = tuple(str(package_folder(name)) for name in required.libraries)
    return replace(required, visible=(), hidden=()), places


WARM = Exams()
atexit.register(WARM.close)


def examine(
    required: Requirements,
    notebook: NotebookNode,
    files: dict[str, bytes],
    limits: Limits,
    stop: threading.Event | None = None,
) -> Examined:
    """Run a submitted ``notebook``; it stays as it is.

    files: {path: content} of what lies beside it. ``CourseProblem`` if it can't be examined on this
    machine at all; ``GivenUp`` once ``stop`` is set.
    """
    examined = copy.deepcopy(notebook)
    with WARM.borrow(required) as exam:
        return Examined(examined, exam.examine(required, examined, files, limits, stop))


def warm_up(required: Requirements) -> None:
    """Let the processes import what they need while other things are done."""
    with WARM.borrow(required):
        pass


def processors() -> int:
    """How many notebooks can be examined here at a time, each on a processor of its own."""
    return usable_processors()


def missing_sandbox() -> str:
    """Why there can be no sandbox on this machine, in a sentence; "" if there can."""
    return diagnosis.missing()


def missing_control_groups() -> str:
    """Why the kernel does not limit a sandbox as a whole here, in a sentence; "" if it does."""
    return control_group.missing()


def check_sandbox(wanted: str) -> None:
    """``CourseProblem`` if ``wanted`` is bubblewrap and this machine can't make a sandbox."""
    if wanted == BUBBLEWRAP and (why := missing_sandbox()):
        raise CourseProblem(
            f"Students' code is not run without a sandbox, and there is none: {why} "
            "To grade without one, at your own risk: --sandbox none, or "
            'c.Examine.sandbox = "none" in nbgrader_config.py.'
        )


def files_beside(
    folder: str | Path, max_bytes: int, graded: Collection[str] | None = None
) -> tuple[dict[str, bytes], list[str]]:
    """What lies beside the notebooks in ``folder``: {path: content}, and what was left out.

    Together at most ``max_bytes``, the smallest first: scripts matter more than large downloads.
    graded: names of the notebooks that have tests in them by now; all that are there, if None.
    """
    found = find_files(folder)
    beside = [
        file
        for file in found.files
        if file.path.suffix != NOTEBOOK or (graded is not None and str(file.path) not in graded)
    ]
    files: dict[str, bytes] = {}
    too_large: list[Path] = []
    left = max_bytes
    for file in sorted(beside, key=lambda file: file.size):
        if file.size > left:
            too_large.append(file.path)
            continue
        files[str(file.path)] = Path(folder, file.path).read_bytes()
        left -= file.size
    problem = (
        "was not there when the notebook ran: files beside it may have "
        f"{max_bytes / 2**20:.0f} MB in all, the smallest first"
    )
    return files, named({problem: too_large} if too_large else {})
