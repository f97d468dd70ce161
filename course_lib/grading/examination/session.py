"""Examine one notebook: run the student's cells and the tests, each where it belongs.

Whatever happens in the student's process costs the question in which it happens, no other.
"""

from __future__ import annotations

import secrets
import sys
import time
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_locked, is_solution

from course_lib.grading.examination import outputs
from course_lib.grading.examination.endings import NO_ANSWER, Ended, Untrusted
from course_lib.grading.examination.fork_server import TESTS, Child, ForkServer
from course_lib.grading.examination.going_on import left_out
from course_lib.grading.examination.protocol.channel import (
    LOST,
    REPLY,
    REQUEST,
    Closed,
    Frame,
    TooLate,
)
from course_lib.grading.examination.protocol.codec import PLAIN
from course_lib.grading.examination.protocol.handles import Garbage
from course_lib.grading.examination.student_process import PATIENCE, Allowance, StudentProcess
from course_lib.grading.newer_python import newer_python
from course_lib.grading.submissions.files import shown
from course_lib.grading.syntax import only_defines
from course_lib.grading.testing.contract import cell_name, ends_in_result, is_test
from course_lib.grading.testing.report import Report

MAX_CALLBACKS = 100  # within each other
MAX_NOTE = 500  # characters
MAX_LEFT_OUT = 3  # statements of a cell that are named
MAX_SLOW = 5  # cells that are named where the time ran out


class Session:
    """The examination of ``notebook``, which is changed: its outputs.

    student: the process that runs the student's cells. fork_server: where the process that runs the
    tests comes from; its working folder is ``folder``.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        student: StudentProcess,
        fork_server: ForkServer,
        folder: str = "/",
    ) -> None:
        self.notebook, self.student, self.fork_server = notebook, student, fork_server
        self.folder, self.limits = folder, student.limits
        self.tests: Child | None = None
        self.locked: list[str] = []  # sources of the locked cells so far
        self.notes: list[str] = []
        self.number = 1  # of the next code cell
        self.seconds: list[tuple[float, str]] = []  # that each cell of the student's took
        self.hurry_noted = False
        self.allowance = Allowance(0)  # of the open call of a test
        self.distrusted = ""  # why no answer of this question counts

    def examine(self) -> list[str]:
        """Run all cells; returns what the instructor should know, a sentence each."""
        try:
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    self._run(cell)
        finally:
            self.student.leave()
            self._end_tests()
        return self.notes

    def _run(self, cell: NotebookNode) -> None:
        cell.outputs, cell.execution_count = [], None
        test = is_test(cell)
        if self.student.time_is_up and not self.student.hurried:
            self.student.hurry()
        if self.student.hurried and not self.hurry_noted:
            self._note_time()
        if self.student.time_is_up:
            cell.outputs = [outputs.error("TimeLimit", self._too_long)] if test else []
        elif test:
            self._test(cell)
        elif self.student.hurried and _can_wait(cell):
            cell.outputs = [outputs.error("TimeLimit", f"{self._too_long}; this was not run")]
        elif cell.source.strip():
            start = time.monotonic()
            self._student_cell(cell)
            self.seconds.append((time.monotonic() - start, _name(cell)))
            if is_locked(cell) and not is_solution(cell):
                self.locked.append(cell.source)
                self._have_locked_run()
        cell.execution_count, self.number = self.number, self.number + 1

    @property
    def _too_long(self) -> str:
        return f"the notebook as a whole took longer than {self.limits.notebook:g} s"

    def _note_time(self) -> None:
        """Say which cells took the time, and what becomes of the rest."""
        self.hurry_noted = True
        slowest = sorted(self.seconds, reverse=True)[:MAX_SLOW]
        took = ", ".join(f"{name} {seconds:.0f} s" for seconds, name in slowest)
        self._note(
            f"{self._too_long} (cells that took most: {took}): of the student's own cells after "
            "that only those were run that do nothing but define something"
        )

    def _student_cell(self, cell: NotebookNode) -> None:
        try:
            cell.outputs, late = self.student.run(cell.source)
        except Ended as ended:
            cell.outputs = [outputs.error("Ended", f"this cell ended the Python process: {ended}")]
            self._note(f"cell {_name(cell)} ended its process: {ended}")
            return
        if late:
            message = f"this cell took longer than {self.limits.cell:g} s and was stopped"
            cell.outputs.append(outputs.error("TimeLimit", message))
            self._note(f"cell {_name(cell)} was stopped after {self.limits.cell:g} s")
        self._note_left_out(cell)
        if any(one.get("ename") == "SyntaxError" for one in cell.outputs):
            self._note_newer_python(cell)

    def _note_newer_python(self, cell: NotebookNode) -> None:
        """Say of code that only a newer Python understands that it is that, and no mistake."""
        files = ((name, data.decode(errors="replace")) for name, data in self.student.files.items())
        sources = [("", cell.source), *(one for one in files if one[0].endswith(".py"))]
        for name, source in sources:
            if newer := newer_python(source):
                here = f"Python {sys.version_info.major}.{sys.version_info.minor}"
                where = f"{shown(name)} " if name else ""
                message = f"{where}uses {newer}; graded with {here}, where it is a SyntaxError"
                cell.outputs.append(outputs.error("NewerPython", message))
                self._note(f"cell {_name(cell)}: {message}")
                return

    def _note_left_out(self, cell: NotebookNode) -> None:
        """Name the first statements that the cell went on without; a student's process says so."""
        for text in left_out(cell.outputs)[:MAX_LEFT_OUT]:
            self._note(f"cell {_name(cell)} ran without: {shown(text)}")

    def _test(self, cell: NotebookNode) -> None:
        shown: list[dict[str, Any]] = []
        stopped, printed, self.distrusted = "", "", ""
        try:
            self.student.start()
            self._start_tests(self.locked)
            answer = self._ask_tests("test", cell.source)
            shown, printed = answer["outputs"], answer["printed"]
            stopped = answer["stopped"]
            if answer["garbage"]:
                self.distrusted = stopped
            self.distrusted = self.distrusted or self.student.talks()
        except (Ended, Closed, Garbage) as ended:
            self._end_tests()
            stopped = str(ended) or "the test itself failed"
        if stopped or self.distrusted:
            self.student.leave()
            report = Report.from_outputs(shown)
            if self.distrusted or report is None:
                shown = [outputs.error("Stopped", self.distrusted or stopped)]
            self._note(f"{_name(cell)}: {_during(report, stopped) or self.distrusted or stopped}")
        scored = ends_in_result(cell.source)
        cell.outputs = outputs.of_test(shown, cell.metadata.nbgrader.points, scored)
        if printed:
            cell.outputs.append(outputs.printed(printed))

    def _have_locked_run(self) -> None:
        try:
            self._start_tests(self.locked[:-1])
            self._ask_tests("locked", self.locked[-1])
        except (Ended, Closed, Garbage):
            self._end_tests()

    def _start_tests(self, locked: list[str]) -> None:
        """Have a process for the tests that has run these locked cells."""
        if self.tests is not None:
            return
        self.tests = self.fork_server.fork(TESTS, self.limits, folder=self.folder)
        for source in locked:
            self._ask_tests("locked", source)

    def _ask_tests(self, what: str, source: str) -> Any:
        """Have the tests' process run a cell, passing calls on to the student's meanwhile."""
        assert self.tests is not None
        channel, number = self.tests.channel, secrets.randbits(63)
        own = self.limits.cell  # seconds for what the tests compute themselves
        # Each call is watched by itself; but who allows a cell less than a call means it.
        seconds = own * PATIENCE if own >= self.limits.call else own
        end = self.student.deadline(seconds)
        open_calls: list[int] = []
        try:
            channel.send(Frame(REQUEST, number, PLAIN.pack([what, source])), end)
            while True:
                since = time.monotonic()
                frame = channel.receive(min(end, since + own), self.student.look_after)
                own = max(0, own - (time.monotonic() - since))
                if not open_calls and (frame.kind, frame.number) == (REPLY, number):
                    return PLAIN.unpack(frame.body)
                if not _follows(frame, open_calls):
                    raise Garbage("the test itself failed")
                channel.send(self._pass_on(frame, open_calls, end), end)
        except TooLate:
            seconds = seconds if time.monotonic() > end else self.limits.cell
            late = f"the tests of this question took longer than {seconds:g} s in all"
            raise Ended(late) from None

    def _pass_on(self, frame: Frame, open_calls: list[int], end: float) -> Frame:
        """Give the student's process a call, or the answer to its callback; what it says then."""
        try:
            if frame.kind == REQUEST:
                open_calls.append(frame.number)
                if len(open_calls) == 1:  # what a call calls back counts as its time
                    self.allowance = self.student.allowance(end)
            else:
                open_calls.pop()
            answer = self.student.pass_on(frame, self.allowance)
            if answer.kind == REQUEST and len(open_calls) < MAX_CALLBACKS:
                open_calls.append(answer.number)
            elif answer.kind == REQUEST or answer.number != open_calls.pop():
                raise self.student.lost(NO_ANSWER, Untrusted)
            return answer
        except Ended as ended:
            open_calls.clear()
            if isinstance(ended, Untrusted):
                self.distrusted = str(ended)
            return Frame(LOST, 0, str(ended).encode())

    def _end_tests(self) -> None:
        child, self.tests = self.tests, None
        if child:
            child.end()

    def _note(self, text: str) -> None:
        text = shown(text, MAX_NOTE)
        if text not in self.notes:
            self.notes.append(text)


def _during(report: Report | None, stopped: str) -> str:
    """The check and the call in which the student's process was stopped, in a line."""
    for check in report.checks if report and stopped else ():
        if stopped in check.message:
            return f"{check.name}: {' '.join(check.message.split())}"
    return ""


def _follows(frame: Frame, open_calls: list[int]) -> bool:
    """Whether the tests may send this now: a call, or the answer to the student's callback.

    The two take turns, so at an even number of open calls it is the tests that were asked last.
    """
    if frame.kind == REQUEST:
        return len(open_calls) % 2 == 0
    return bool(open_calls) and len(open_calls) % 2 == 0 and frame.number == open_calls[-1]


def _can_wait(cell: NotebookNode) -> bool:
    """Whether a cell is the student's own, and does more than define something."""
    return not is_solution(cell) and not is_locked(cell) and not only_defines(cell.source)


def _name(cell: NotebookNode) -> str:
    return cell_name(cell) or cell.get("id", "without a name")
