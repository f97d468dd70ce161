"""Examine one notebook: run the student's cells and the tests, each where it belongs.

Whatever happens in the student's process costs the question in which it happens, no other.
"""

import re
import secrets
import time
from dataclasses import dataclass, field

from nbgrader.utils import is_grade, is_locked, is_solution

from course_lib.grading.examination import outputs
from course_lib.grading.examination.fork_server import ForkServer
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
from course_lib.grading.examination.student_process import NO_ANSWER, Ended, StudentProcess

CALLBACKS = 100  # within each other
SCORED = re.compile(r"^\w+\.result\(\)\s*(#.*\s*)*\Z", re.MULTILINE)  # the last line of a test


@dataclass
class Session:
    """The examination of ``notebook`` (changed in place: its outputs).

    seat: where the student's process sits. fork_server: where the tests' process comes from, to
    run in ``folder``.
    """

    notebook: object
    seat: StudentProcess
    fork_server: ForkServer
    folder: str = "/"
    notes: list = field(default_factory=list)

    def examine(self):
        """Run all cells; returns what the instructor should know, a sentence each."""
        self.limits = self.seat.limits
        self.examiner, self.locked, self.number = None, [], 1
        try:
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    self._run(cell)
        finally:
            self.seat.leave()
            self._end_examiner()
        return self.notes

    def _run(self, cell):
        cell.outputs, cell.execution_count = [], None
        test = is_grade(cell) and not is_solution(cell)
        if time.monotonic() > self.seat.end:
            message = f"the notebook as a whole took longer than {self.limits.notebook:g} s"
            self._note(message)
            cell.outputs = [outputs.error("TimeLimit", message)] if test else []
        elif test:
            self._test(cell)
        elif cell.source.strip():
            self._student_cell(cell)
            if is_locked(cell) and not is_solution(cell):
                self.locked.append(cell.source)
                self._have_locked_run()
        cell.execution_count, self.number = self.number, self.number + 1

    def _student_cell(self, cell):
        try:
            cell.outputs, late = self.seat.run(cell.source)
        except Ended as ended:
            cell.outputs = [outputs.error("Ended", f"this cell ended the Python process: {ended}")]
            self._note(f"cell {_name(cell)} ended its process: {ended}")
            return
        if late:
            message = f"this cell took longer than {self.limits.cell:g} s and was stopped"
            cell.outputs.append(outputs.error("TimeLimit", message))
            self._note(f"cell {_name(cell)} was stopped after {self.limits.cell:g} s")

    def _test(self, cell):
        shown, stopped, printed = [], "", ""
        try:
            self.seat.start()
            self._start_examiner(self.locked)
            answer = self._ask_examiner("test", cell.source)
            shown, printed = answer["outputs"], answer["printed"]
            stopped = answer["stopped"] or self.seat.talks()
        except (Ended, Closed, Garbage) as ended:
            self._end_examiner()
            stopped = str(ended) or "the test itself failed"
        if stopped:
            self.seat.leave()
            shown = [outputs.error("Stopped", stopped)]
            self._note(f"{_name(cell)}: {stopped}")
        scored = SCORED.search(cell.source) is not None
        cell.outputs = outputs.of_test(shown, cell.metadata.nbgrader.points, scored)
        if printed:
            cell.outputs.append(outputs.printed(printed))

    def _have_locked_run(self):
        try:
            self._start_examiner(self.locked[:-1])
            self._ask_examiner("locked", self.locked[-1])
        except (Ended, Closed, Garbage):
            self._end_examiner()

    def _start_examiner(self, locked):
        """An examiner that has run these locked cells, if there is none."""
        if self.examiner is not None:
            return
        self.examiner = self.fork_server.fork("tests", self.limits, folder=self.folder)
        for source in locked:
            self._ask_examiner("locked", source)

    def _ask_examiner(self, what, source):
        """Have the examiner run a cell, passing calls on to the candidate meanwhile."""
        wire, number = self.examiner.channel, secrets.randbits(63)
        end = self.seat.deadline(self.limits.cell)
        late = f"the tests of this question took longer than {self.limits.cell:g} s in all"
        open_calls = []
        try:
            wire.send(Frame(REQUEST, number, PLAIN.pack([what, source])), end)
            while True:
                frame = wire.receive(end, self.seat.look_after)
                if not open_calls and (frame.kind, frame.number) == (REPLY, number):
                    return PLAIN.unpack(frame.body)
                if not _follows(frame, open_calls):
                    raise Garbage("the test itself failed")
                wire.send(self._pass_on(frame, open_calls, end), end)
        except TooLate:
            raise Ended(late) from None

    def _pass_on(self, frame, open_calls, end):
        """Give the candidate a call, or the answer to its callback; what it says then."""
        try:
            if frame.kind == REQUEST:
                open_calls.append(frame.number)
                if len(open_calls) == 1:  # what a call calls back counts as its time
                    self.call_end = min(end, self.seat.deadline(self.limits.call))
            else:
                open_calls.pop()
            answer = self.seat.pass_on(frame, self.call_end)
            if answer.kind == REQUEST and len(open_calls) < CALLBACKS:
                open_calls.append(answer.number)
            elif answer.kind == REQUEST or answer.number != open_calls.pop():
                raise self.seat.lost(NO_ANSWER)
            return answer
        except Ended as ended:
            open_calls.clear()
            return Frame(LOST, 0, str(ended).encode())

    def _end_examiner(self):
        child, self.examiner = self.examiner, None
        if child:
            child.end()

    def _note(self, text):
        if text not in self.notes:
            self.notes.append(text)


def _follows(frame, open_calls):
    """Whether the examiner may send this now: a call, or the answer to the candidate's callback.

    The two take turns, so at an even number of open calls it is the examiner who was asked last.
    """
    if frame.kind == REQUEST:
        return len(open_calls) % 2 == 0
    return bool(open_calls) and len(open_calls) % 2 == 0 and frame.number == open_calls[-1]


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "without a name")
