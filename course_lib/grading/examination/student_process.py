"""The student's process of one examination: started, asked, watched and, when gone, replaced.

A new process runs the student's earlier cells again, without those that ended an old one or did not
come to an end.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from course_lib.grading.examination import outputs
from course_lib.grading.examination.endings import (
    NO_ANSWER,
    UNASKED,
    Ended,
    GivenUp,
    Untrusted,
    died,
)
from course_lib.grading.examination.fork_server import STUDENT, Child, ForkServer
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
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.syntax import only_defines

GRACE = 2  # seconds that an interrupted cell has to end
MAX_RESTARTS = 20  # new processes for one notebook
OUR_REQUEST = 2  # one at a time, so they can all have this number; it could not be a secret
PATIENCE = 3  # times the limit of a call: how long it may take where it gets no processor


@dataclass
class Allowance:
    """How long one call may take: until this moment, and this reading of its processor time.

    The reading is not known before the process is looked at, when most calls have ended.
    """

    end: float
    processor: float | None = None


@dataclass
class StudentProcess:
    """The student's process of one examination.

    files: {name: bytes}, handed in beside the notebook. visible, hidden: see ``Sandbox``; there is
    none if visible is None. processor: where it computes. stop: set to raise ``GivenUp``.
    ``end``: moment when the examination must be over.
    """

    fork_server: ForkServer
    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    visible: list[str] | None = None
    hidden: tuple[str, ...] = ()
    processor: int | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.limits.notebook
        self.hurried = False
        self.child: Child | None = None
        self.gone, self.started, self.looked = "", 0, 0.0
        self.budget = outputs.Budget()
        self.allowed: Allowance | None = None  # while a call is open
        self.cells: list[str] = []  # sources that were run
        self.left_out: set[int] = set()  # indexes of those that are not run again

    @property
    def _running(self) -> Child:
        if self.child is None:
            raise Ended(self.gone or "its process is gone")
        return self.child

    @property
    def _sandbox(self) -> Sandbox | None:
        return self.child.sandbox if self.child else None

    def run(self, source: str) -> tuple[list[Any], bool]:
        """Run one more cell: its outputs, and whether it was stopped because it took too long.

        ``Ended`` if the process did not survive it.
        """
        index = len(self.cells)
        self.cells.append(source)
        try:
            self.start(before=index)
            shown, late = self._execute(source)
            self._look()
        except Ended:
            self.left_out.add(index)
            raise
        if late:
            self.left_out.add(index)
        return shown, late

    @property
    def time_is_up(self) -> bool:
        """Whether the examination as a whole has taken as long as it may."""
        return time.monotonic() > self.end

    def hurry(self) -> None:
        """Give what is left half as long again, once; a new process only runs definitions."""
        if not self.hurried:
            self.hurried, self.end = True, self.end + self.limits.notebook / 2

    def start(self, before: int | None = None) -> None:
        """Have a process that has run the first ``before`` cells (default: all)."""
        if self.child is not None and self.child.channel.has_something():
            self.leave()  # it died or talks to itself since it was last asked: nobody's question
        while self.child is None:
            if self.started > MAX_RESTARTS:
                raise Ended(f"{MAX_RESTARTS} processes ended before, there are no more")
            self.started += 1
            sandbox = None
            if self.visible is not None:
                sandbox = Sandbox(self.visible, self.limits, self.hidden)
            self.child = self.fork_server.fork(
                STUDENT, self.limits, sandbox, processor=self.processor
            )
            self.gone = ""
            self._replay(self.cells[:before])

    def _replay(self, cells: list[str]) -> None:
        index = -1
        try:
            for name, data in self.files.items():
                self._request("put", name, data)
                self.receive(self.deadline(self.limits.call))
            for index, source in enumerate(cells):
                if self.time_is_up:
                    self.hurry()
                if index not in self.left_out and (not self.hurried or only_defines(source)):
                    _, late = self._execute(source)
                    if late:
                        self.left_out.add(index)
        except Ended as ended:
            self.left_out.add(index)
            if index < 0:
                raise Ended(f"it did not start ({ended})") from None

    def _execute(self, source: str) -> tuple[list[Any], bool]:
        late = False
        self._request("run", source)
        try:
            answer = self.receive(self.deadline(self.limits.cell), patient=True)
        except TooLate:
            late = True
            self._running.interrupt()
            try:
                answer = self.receive(time.monotonic() + GRACE, patient=True)
            except TooLate:
                reason = f"it took longer than {self.limits.cell:g} s and would not stop"
                raise self.lost(reason) from None
        if (answer.kind, answer.number) != (REPLY, OUR_REQUEST):
            raise self.lost(NO_ANSWER, Untrusted)
        try:
            return self.budget.spend(answer.body), late
        except Garbage:
            raise self.lost(NO_ANSWER, Untrusted) from None

    def allowance(self, end: float) -> Allowance:
        """What a call may take that begins now, on a crowded machine too: at most until ``end``."""
        return Allowance(min(end, self.deadline(self.limits.call * PATIENCE)))

    def pass_on(self, frame: Frame, allowed: Allowance) -> Frame:
        """Send a frame of the tests' side and return what comes for it."""
        if frame.kind == REQUEST and self._running.channel.has_something():
            raise self.spoke_or_died()
        self.allowed = allowed
        try:
            self._send(frame, allowed.end)
            return self.receive(allowed.end)
        finally:
            self.allowed = None

    def _processor_time(self) -> float:
        """Seconds that it has computed so far; outside a sandbox the seconds of a clock."""
        return self._sandbox.processor_time() if self._sandbox else time.monotonic()

    def receive(self, deadline: float, patient: bool = False) -> Frame:
        """The next frame; ``Ended``, or ``TooLate`` if patient, when there is none in time."""
        try:
            answer = self._running.channel.receive(deadline, self._watch)
        except Closed:
            raise self.lost("") from None
        except Garbage:
            raise self.lost(NO_ANSWER, Untrusted) from None
        except LimitPassed as passed:
            raise self.lost(str(passed)) from None
        except TooLate:
            if patient:
                raise
            raise self.lost(self._late()) from None
        if answer.kind not in (REQUEST, REPLY, FAILURE):
            raise self.lost(NO_ANSWER, Untrusted)
        return answer

    def look_after(self) -> None:
        """While something else is waited for: end the process if it uses too much."""
        try:
            self._watch()
        except LimitPassed as passed:
            self.lost(str(passed))

    def lost(self, reason: str, kind: type[Ended] = Ended) -> Ended:
        """End the process; the ``Ended`` to raise, with the reason or with how it died."""
        reason = reason or self._limit_passed()
        status = self.leave(wait=not reason)
        self.gone = reason or died(status)
        return kind(self.gone)

    def _limit_passed(self) -> str:
        """Which limit the kernel has ended it for; "" if for none."""
        try:
            if self._sandbox:
                self._sandbox.check()
        except LimitPassed as passed:
            return str(passed)
        return ""

    def spoke_or_died(self) -> Ended:
        """It spoke, or it died since: the end of a connection looks like something to read."""
        try:
            self.receive(time.monotonic() + POLL, patient=True)
        except Ended as ended:
            return ended
        except TooLate:
            pass
        return self.lost(UNASKED, Untrusted)

    def talks(self) -> str:
        """Why the answers of the last test can't be trusted, or ""."""
        if self.child is None or not self.child.channel.has_something():
            return ""
        end = self.spoke_or_died()
        return str(end) if isinstance(end, Untrusted) else ""

    def leave(self, wait: bool = False) -> str:
        """End the process, if there is one; how it ended."""
        child, self.child = self.child, None
        return child.end(wait) if child else ""

    def deadline(self, seconds: float) -> float:
        """The moment in so many seconds, or the end of the examination."""
        return min(time.monotonic() + seconds, self.end + GRACE)

    def _request(self, *what: Any) -> None:
        """Ask for one thing; its answer must have the same number."""
        if self._running.channel.has_something():
            raise self.spoke_or_died()
        body = PLAIN.pack(what)
        self._send(Frame(REQUEST, OUR_REQUEST, body), self.deadline(self.limits.call))

    def _send(self, frame: Frame, deadline: float) -> None:
        try:
            self._running.channel.send(frame, deadline, self._watch)
        except (Closed, LimitPassed) as error:
            raise self.lost(str(error)) from None
        except TooLate:
            raise self.lost(self._late()) from None

    def _late(self) -> str:
        seconds = self.limits.call
        if self.allowed and time.monotonic() > self.allowed.end:
            seconds *= PATIENCE
        return f"a call took longer than {seconds:g} s and was stopped"

    def _watch(self) -> None:
        if self.stop.is_set():
            raise GivenUp
        if time.monotonic() > self.looked + POLL:
            self._count()

    def _look(self) -> None:
        """See what the cell left running."""
        try:
            self._count()
        except LimitPassed as passed:
            raise self.lost(str(passed)) from None

    def _count(self) -> None:
        if self._sandbox:
            self._sandbox.check()
        self.looked = time.monotonic()
        if self.allowed:
            used = self._processor_time()
            if self.allowed.processor is None:
                self.allowed.processor = used + self.limits.call
            if used > self.allowed.processor:
                raise TooLate
