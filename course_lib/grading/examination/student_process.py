"""Where the student's process sits: started, asked, watched and, when it is gone, replaced.

A new process runs the student's earlier cells again, without those that ended an old one or did not
come to an end.
"""

import contextlib
import signal
import threading
import time
from dataclasses import dataclass, field

from course_lib.grading.examination import outputs
from course_lib.grading.examination.protocol.channel import (
    FAILURE,
    POLL,
    REPLY,
    REQUEST,
    Closed,
    Frame,
    TooLate,
)
from course_lib.grading.examination.protocol.codec import PLAIN
from course_lib.grading.examination.protocol.handles import Garbage
from course_lib.grading.examination.sandbox.bubblewrap import LimitPassed, Sandbox

GRACE = 2  # seconds that an interrupted cell has to end
MOST_SHOWN = 64 * 2**20  # bytes of the outputs of all cells
RESTARTS = 20  # new processes for one notebook
NO_ANSWER = "it sent something that is no answer"
UNASKED = "it spoke without being asked"


class GivenUp(Exception):
    """The whole run is ending; this sitting is left for the next one."""


class Ended(Exception):
    """The student's process is gone; the message says why, as the end of "your code: ..."."""


@dataclass
class StudentProcess:
    """The student's process of one sitting.

    files: {name: bytes}, handed in beside the notebook. visible, hidden: see ``Sandbox``; none if
    visible is None. stop: set to raise ``GivenUp``. ``end``: moment when the sitting must be over.
    """

    fork_server: object
    limits: object
    files: dict = field(default_factory=dict)
    visible: list | None = None
    hidden: tuple = ()
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self):
        self.end = time.monotonic() + self.limits.notebook
        self.child, self.gone, self.started, self.looked = None, "", 0, 0.0
        self.room = MOST_SHOWN
        self.cells, self.left_out = [], set()  # sources that were run; places of the guilty ones

    def run(self, source):
        """Run one more cell: its outputs, and whether it was stopped because it took too long.

        ``Ended`` if the process did not survive it.
        """
        place = len(self.cells)
        self.cells.append(source)
        try:
            self.start(before=place)
            shown, late = self._execute(source)
            self._look()
        except Ended:
            self.left_out.add(place)
            raise
        if late:
            self.left_out.add(place)
        return shown, late

    def start(self, before=None):
        """Have a process that has run the first ``before`` cells (default: all)."""
        if self.child is not None and self.child.channel.has_something():
            self.leave()  # it died or talks to itself since it was last asked: nobody's question
        while self.child is None:
            if self.started > RESTARTS:
                raise Ended(f"{RESTARTS} processes ended before, there are no more")
            self.started += 1
            room = None
            if self.visible is not None:
                room = Sandbox(self.visible, self.limits, self.hidden)
            self.child, self.gone = self.fork_server.fork("student", self.limits, room), ""
            self._replay(self.cells[:before])

    def _replay(self, cells):
        place = -1
        try:
            for name, data in self.files.items():
                self._request("put", name, data)
                self.receive(self.deadline(self.limits.call))
            for place, source in enumerate(cells):
                if place not in self.left_out:
                    _, late = self._execute(source)
                    if late:
                        self.left_out.add(place)
        except Ended as ended:
            self.left_out.add(place)
            if place < 0:
                raise Ended(f"it did not start ({ended})") from None

    def _execute(self, source):
        late, number = False, self._request("run", source)
        try:
            answer = self.receive(self.deadline(self.limits.cell), patient=True)
        except TooLate:
            late = True
            self.child.interrupt()
            try:
                answer = self.receive(time.monotonic() + GRACE, patient=True)
            except TooLate:
                reason = f"it took longer than {self.limits.cell:g} s and would not stop"
                raise self.lost(reason) from None
        if (answer.kind, answer.number) != (REPLY, number):
            raise self.lost(NO_ANSWER)
        self.room -= len(answer.body)
        if self.room < 0:
            return [outputs.error("TooMuch", "more was shown in all cells than is kept")], late
        try:
            return outputs.from_json(answer.body), late
        except Garbage:
            raise self.lost(NO_ANSWER) from None

    def pass_on(self, frame, deadline):
        """Send a frame of the tests' side and return what comes for it."""
        if self.child is None:
            raise Ended(self.gone or "its process is gone")
        if frame.kind == REQUEST and self.child.channel.has_something():
            raise self.lost_or_dead(UNASKED)
        self._send(frame, deadline)
        return self.receive(deadline)

    def receive(self, deadline, patient=False):
        """The next frame; ``Ended``, or ``TooLate`` if patient, when there is none in time."""
        try:
            answer = self.child.channel.receive(deadline, self._watch)
        except Closed:
            raise self.lost("") from None
        except Garbage:
            raise self.lost(NO_ANSWER) from None
        except LimitPassed as passed:
            raise self.lost(str(passed)) from None
        except TooLate:
            if patient:
                raise
            raise self.lost(self._late()) from None
        if answer.kind not in (REQUEST, REPLY, FAILURE):
            raise self.lost(NO_ANSWER)
        return answer

    def look_after(self):
        """While something else is waited for: end the process if it uses too much."""
        self._check_stop()
        if self.child is not None:
            try:
                self._watch()
            except LimitPassed as passed:
                self.lost(str(passed))

    def lost(self, reason):
        """End the process; the ``Ended`` to raise, with the reason or with how it died."""
        status = self.leave(wait=not reason)
        self.gone = reason or _died(status)
        return Ended(self.gone)

    def lost_or_dead(self, reason):
        """It spoke, or it died since: the end of a connection looks like something to read."""
        try:
            self.receive(time.monotonic() + POLL, patient=True)
        except Ended as ended:
            return ended
        except TooLate:
            pass
        return self.lost(reason)

    def talks(self):
        """Why the answers of the last test can't be trusted, or ""."""
        if self.child is None or not self.child.channel.has_something():
            return ""
        with contextlib.suppress(Ended, TooLate):
            self.receive(time.monotonic() + POLL, patient=True)
            self.lost(UNASKED)
            return UNASKED
        return ""

    def leave(self, wait=False):
        """End the process, if there is one; how it ended."""
        child, self.child = self.child, None
        return child.end(wait) if child else ""

    def deadline(self, seconds):
        """The moment in so many seconds, or the end of the sitting."""
        return min(time.monotonic() + seconds, self.end + GRACE)

    def _request(self, *what):
        if self.child.channel.has_something():
            raise self.lost_or_dead(UNASKED)
        number = 2
        self._send(Frame(REQUEST, number, PLAIN.pack(what)), self.deadline(self.limits.call))
        return number

    def _send(self, frame, deadline):
        try:
            self.child.channel.send(frame, deadline, self._watch)
        except (Closed, LimitPassed) as error:
            raise self.lost(str(error)) from None
        except TooLate:
            raise self.lost(self._late()) from None

    def _late(self):
        return f"a call took longer than {self.limits.call:g} s and was stopped"

    def _watch(self):
        self._check_stop()
        if time.monotonic() > self.looked + POLL:
            self._count()

    def _look(self):
        """See what the cell left running."""
        try:
            self._count()
        except LimitPassed as passed:
            raise self.lost(str(passed)) from None

    def _count(self):
        if self.child.room:
            self.child.room.check()
        self.looked = time.monotonic()

    def _check_stop(self):
        if self.stop.is_set():
            raise GivenUp


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
