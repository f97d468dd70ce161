"""Examine one notebook: run the student's cells and the tests, each where it belongs.

Whatever happens in the student's process costs the question in which it happens, no other. A new
process then runs the student's earlier cells again, without the one that ended the old process.
"""

import contextlib
import re
import signal
import time
from dataclasses import dataclass, field

from nbformat import from_dict
from nbgrader.utils import is_grade, is_locked, is_solution

from course_lib.grading.exam.jail import Jail, LimitPassed
from course_lib.grading.exam.values import PLAIN, Garbage
from course_lib.grading.exam.wire import LOST, REPLY, REQUEST, Closed, Frame, TooLate

GRACE = 2  # seconds that an interrupted cell has to end
RESTARTS = 20  # new processes for one notebook
PRINTED = "printed while it was tested"  # how such an output is marked; students don't get it
NUMBER = re.compile(r"np\.\w+\((.+)\)")


class Ended(Exception):
    """The student's process is gone; the message says why, as the end of "your code: ..."."""


@dataclass
class Sitting:
    """The examination of ``notebook`` (changed in place: its outputs).

    nurseries: {"candidate": Nursery, "examiner": Nursery}. files: {name: bytes}, handed in beside
    the notebook. visible: folders that the jail shows, None for no jail.
    """

    notebook: object
    nurseries: dict
    limits: object
    files: dict = field(default_factory=dict)
    visible: list | None = None
    folder: str = "/"
    notes: list = field(default_factory=list)

    def examine(self):
        """Run all cells; returns what the instructor should know, a sentence each."""
        self.end = time.monotonic() + self.limits.notebook
        self.candidate = self.examiner = None
        self.done, self.guilty, self.locked = [], set(), []
        self.number, self.started = 1, 0
        try:
            for cell in self.notebook.cells:
                if cell.cell_type == "code":
                    self._run(cell)
        finally:
            self._end_candidate()
            self._end_examiner()
        return self.notes

    def _run(self, cell):
        cell.outputs, cell.execution_count = [], None
        test = is_grade(cell) and not is_solution(cell)
        if time.monotonic() > self.end:
            message = f"the notebook as a whole took longer than {self.limits.notebook:g} s"
            self._note(message)
            cell.outputs = [_error("TimeLimit", message)] if test else []
        elif test:
            self._test(cell)
        elif cell.source.strip():
            self._student_cell(cell)
            if is_locked(cell) and not is_solution(cell):
                self.locked.append(cell)
                self._have_locked_run(cell)
        cell.execution_count, self.number = self.number, self.number + 1

    def _student_cell(self, cell):
        place = len(self.done)
        self.done.append(cell)
        try:
            self._start_candidate(before=place)
            cell.outputs = self._execute(cell)
        except Ended as ended:
            self.guilty.add(place)
            cell.outputs = [_error("Ended", f"this cell ended the Python process: {ended}")]
            self._note(f"cell {_name(cell)} ended its process: {ended}")

    def _execute(self, cell):
        """Run a cell in the candidate; its outputs. ``Ended`` if the process did not survive."""
        late, deadline = False, self._deadline(self.limits.cell)
        frame = self._request(PLAIN.pack(["run", cell.source]))
        try:
            answer = self._from_candidate(deadline)
        except TooLate:
            late = True
            self.candidate.interrupt()
            try:
                answer = self._from_candidate(time.monotonic() + GRACE)
            except TooLate:
                reason = f"it took longer than {self.limits.cell:g} s and would not stop"
                raise self._lost(reason) from None
        if (answer.kind, answer.number) != (REPLY, frame.number):
            raise self._lost("it sent something that is no answer")
        try:
            outputs = [from_dict(output) for output in PLAIN.unpack(answer.body)["outputs"]]
            for output in outputs:
                _check_output(output)
        except (Garbage, TypeError, KeyError, AttributeError):
            raise self._lost("it sent something that is no answer") from None
        if late:
            message = f"this cell took longer than {self.limits.cell:g} s and was stopped"
            outputs.append(_error("TimeLimit", message))
            self._note(f"cell {_name(cell)} was stopped after {self.limits.cell:g} s")
        return outputs

    def _start_candidate(self, before):
        """A candidate that has run the first ``before`` cells, if there is none."""
        while self.candidate is None:
            if self.started > RESTARTS:
                raise Ended(f"{RESTARTS} processes ended before, there are no more")
            self.started += 1
            room = None if self.visible is None else Jail(self.visible, self.limits)
            self.candidate = self.nurseries["candidate"].fork("candidate", self.limits, room)
            place = -1
            try:
                for name, data in self.files.items():
                    self._request(PLAIN.pack(["put", name, data]))
                    self._from_candidate(self._deadline(self.limits.call))
                for place, cell in enumerate(self.done[:before]):
                    if place not in self.guilty:
                        self._execute(cell)
            except (Ended, TooLate) as ended:
                self._end_candidate()
                self.guilty.add(place)
                if place < 0:
                    raise Ended(f"it did not start ({ended})") from None

    def _test(self, cell):
        try:
            self._start_candidate(before=len(self.done))
            self._start_examiner()
            answer = self._ask_examiner("test", cell.source)
            outputs, stopped = answer["outputs"], answer["stopped"]
            printed = answer["printed"]
        except (Ended, Closed, TooLate) as ended:
            self._end_examiner()
            outputs, stopped, printed = [], str(ended) or "the test itself failed", ""
        cell.outputs = [from_dict(output) for output in outputs]
        if stopped:
            self._end_candidate()
            cell.outputs = [_error("Stopped", stopped)]
            self._note(f"{_name(cell)}: {stopped}")
        _settle(cell)
        if printed:
            shown = {"text/plain": printed}
            cell.outputs.append(
                from_dict(
                    {"output_type": "display_data", "data": shown, "metadata": {PRINTED: True}}
                )
            )

    def _have_locked_run(self, cell):
        try:
            self._start_examiner(len(self.locked) - 1)
            self._ask_examiner("locked", cell.source)
        except (Ended, Closed, TooLate):
            self._end_examiner()

    def _start_examiner(self, known=None):
        if self.examiner is not None:
            return
        self.examiner = self.nurseries["examiner"].fork("examiner", self.limits, folder=self.folder)
        for cell in self.locked[:known]:
            self._ask_examiner("locked", cell.source)

    def _ask_examiner(self, what, source):
        """Have the examiner run a cell, passing calls on to the candidate meanwhile."""
        wire, number = self.examiner.channel, 1
        wire.send(Frame(REQUEST, number, PLAIN.pack([what, source])))
        end = self._deadline(self.limits.cell)
        late = f"the tests of this question took longer than {self.limits.cell:g} s in all"
        open_calls = []
        while True:
            try:
                frame = wire.receive(end)
            except TooLate:
                raise Ended(late) from None
            if frame.kind == REPLY and not open_calls:
                return PLAIN.unpack(frame.body)
            try:
                if frame.kind == REQUEST:
                    open_calls.append(frame.number)
                else:
                    open_calls.pop()
                answer = self._pass_on(frame, open_calls, end)
            except Ended as ended:
                open_calls.clear()
                answer = Frame(LOST, 0, str(ended).encode())
            wire.send(answer, end)

    def _pass_on(self, frame, open_calls, end):
        """Give the candidate a call, or the answer to its callback; what it says then."""
        if self.candidate is None:
            raise Ended("its process is gone")
        if not open_calls or frame.kind == REQUEST:
            self.call_end = min(end, self._deadline(self.limits.call))
        if frame.kind == REQUEST and self.candidate.channel.has_something():
            raise self._lost_or_dead("it spoke without being asked")
        try:
            self.candidate.channel.send(frame, self.call_end, self._watch)
            answer = self._from_candidate(self.call_end)
        except TooLate:
            reason = f"a call took longer than {self.limits.call:g} s and was stopped"
            raise self._lost(reason) from None
        if answer.kind == REQUEST:
            open_calls.append(answer.number)
        elif not open_calls or answer.number != open_calls.pop():
            raise self._lost("it sent something that is no answer to what was asked")
        return answer

    def _request(self, body):
        frame = Frame(REQUEST, 2, body)
        if self.candidate.channel.has_something():
            raise self._lost_or_dead("it spoke without being asked")
        with contextlib.suppress(TooLate):
            try:
                self.candidate.channel.send(frame, self._deadline(self.limits.call), self._watch)
            except (Closed, LimitPassed) as error:
                raise self._lost(str(error)) from None
        return frame

    def _from_candidate(self, deadline):
        try:
            return self.candidate.channel.receive(deadline, self._watch)
        except Closed:
            raise self._lost("") from None
        except Garbage:
            raise self._lost("it sent something that is no answer") from None
        except LimitPassed as passed:
            raise self._lost(str(passed)) from None

    def _watch(self):
        if self.candidate.room:
            self.candidate.room.check()

    def _lost_or_dead(self, reason):
        """It spoke, or it died since: the end of a connection looks like something to read."""
        try:
            self._from_candidate(time.monotonic() + 0.1)
        except (Ended, TooLate) as error:
            return error if isinstance(error, Ended) else self._lost(reason)
        return self._lost(reason)

    def _lost(self, reason):
        """End the candidate; the ``Ended`` to raise, with the reason or with how it died."""
        status = self._end_candidate(wait=not reason)
        return Ended(reason or _died(status))

    def _end_candidate(self, wait=False):
        child, self.candidate = self.candidate, None
        return child.end(wait) if child else ""

    def _end_examiner(self):
        child, self.examiner = self.examiner, None
        if child:
            child.end()

    def _deadline(self, seconds):
        return min(time.monotonic() + seconds, self.end + GRACE)

    def _note(self, text):
        if text not in self.notes:
            self.notes.append(text)


def _settle(cell):
    """See to it that nbgrader takes the outputs of a test cell for the points that are meant.

    Anything on stderr would cost all points, a number above the maximum the whole submission, and
    a negative one would earn everything.
    """
    cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    most = cell.metadata.nbgrader.points
    for output in cell.outputs:
        text = output.get("data", {}).get("text/plain", "")
        if output.output_type != "execute_result":
            continue
        named = NUMBER.fullmatch(text)
        with contextlib.suppress(ValueError):
            points = float(named[1] if named else text)
            if not points <= most:
                problem = f"the test gave {points:g} of {most:g} points: tell the instructor"
                cell.outputs = [_error("WrongTest", problem)]
                return
            output.data = {"text/plain": repr(max(points, 0.0))}


def _check_output(output):
    """``Garbage`` unless it is an output as notebooks have it: the student's process made it."""
    kinds = {
        "stream": {"name": str, "text": str},
        "error": {"ename": str, "evalue": str, "traceback": list},
        "display_data": {"data": dict, "metadata": dict},
        "execute_result": {"data": dict, "metadata": dict, "execution_count": int},
    }
    wanted = kinds.get(output.output_type)
    if wanted is None or output.keys() != {"output_type", *wanted}:
        raise Garbage("an output of an unknown kind")
    for name, kind in wanted.items():
        if not isinstance(output[name], kind):
            raise Garbage(f"an output whose {name} is no {kind.__name__}")


def _error(kind, message):
    return from_dict(
        {"output_type": "error", "ename": kind, "evalue": message, "traceback": [message]}
    )


def _died(status):
    """How a process ended, from its exit code."""
    if not status.lstrip("-").isdigit():
        return "it was ended from outside"
    code = int(status)
    if code >= 0:
        return f"it ended itself (exit code {code})"
    with contextlib.suppress(ValueError):
        name = signal.Signals(-code).name
        why = {"SIGXCPU": "it used too much processor time", "SIGSEGV": "it crashed"}
        return f"{why.get(name, 'it was killed')} ({name})"
    return f"it was killed (signal {-code})"


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "without a name")
