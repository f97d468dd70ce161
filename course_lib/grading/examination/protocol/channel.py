"""Frames on a socket: what kind, which call, how long, then that many bytes.

At any moment exactly one of the two processes is at work and the other waits for it. A REQUEST has
a number of its own and is answered by a REPLY or a FAILURE with the same number; while a request
is being answered, the answering side may itself send requests (a callback), and so on. LOST is the
answer to whatever is open when the other process is gone; its body says why.
"""

from __future__ import annotations

import secrets
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.grading.examination.protocol.codec import MAX_BYTES
from course_lib.grading.examination.protocol.handles import Garbage

Watch = Callable[[], None] | None
REQUEST, REPLY, FAILURE, LOST = range(1, 5)
HEADER = struct.Struct("<BQI")
POLL = 0.1  # seconds between two looks at the clock


class Closed(Exception):
    """The other end is gone."""


class TooLate(Exception):
    """The deadline passed before a whole frame had come or gone."""


@dataclass(frozen=True)
class Frame:
    """One message. ``number`` names the request that it makes or answers."""

    kind: int
    number: int
    body: bytes | bytearray


class Channel:
    """One end of a connection that carries frames.

    send, receive: ``Closed`` when the other end is gone; ``TooLate`` after ``deadline``, a moment
    of ``time.monotonic``, also if bytes keep trickling. ``watch()`` is called at least every
    ``POLL`` seconds meanwhile; what it raises comes through.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def send(self, frame: Frame, deadline: float | None = None, watch: Watch = None) -> None:
        data = memoryview(HEADER.pack(frame.kind, frame.number, len(frame.body)) + frame.body)
        while data:
            sent = self._patiently(self.sock.send, data, deadline, watch)
            data = data[sent:]

    def receive(self, deadline: float | None = None, watch: Watch = None) -> Frame:
        header = self._exactly(HEADER.size, deadline, watch)
        kind, number, size = HEADER.unpack(header)
        if kind not in (REQUEST, REPLY, FAILURE, LOST) or size > MAX_BYTES + 2**20:
            raise Garbage(f"a frame of kind {kind} and {size} bytes")
        return Frame(kind, number, self._exactly(size, deadline, watch))

    def has_something(self) -> bool:
        """Whether bytes wait to be read, or the other end is gone."""
        self.sock.settimeout(0)
        try:
            return self.sock.recv(1, socket.MSG_PEEK) is not None
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self) -> None:
        self.sock.close()

    def _exactly(self, size: int, deadline: float | None, watch: Watch) -> bytearray:
        data = bytearray()
        while len(data) < size:
            part = self._patiently(self.sock.recv, min(size - len(data), 2**20), deadline, watch)
            if not part:
                raise Closed
            data += part
        return data

    def _patiently(
        self, act: Callable[[Any], Any], argument: Any, deadline: float | None, watch: Watch
    ) -> Any:
        patient = deadline is None and watch is None
        while True:
            if watch:
                watch()
            if deadline is not None and time.monotonic() > deadline:
                raise TooLate
            self.sock.settimeout(None if patient else POLL)
            try:
                return act(argument)
            except TimeoutError:
                continue
            except OSError as error:
                raise Closed from error


Answer = Callable[[Frame], tuple[int, int, bytes]]


class Link:
    """Requests and their answers over a ``Channel``, for one of the two processes.

    answer: function of (body) -> body for requests of the other side.
    """

    def __init__(self, channel: Channel, answer: Answer) -> None:
        self.channel, self.answer = channel, answer

    def ask(self, body: bytes) -> Frame:
        """Send a request; returns the answering frame, having served whatever came in between."""
        number = secrets.randbits(63)
        self.channel.send(Frame(REQUEST, number, body))
        while True:
            frame = self.channel.receive()
            if frame.kind == LOST or frame.number == number:
                return frame
            if frame.kind != REQUEST:
                raise Garbage("an answer to something that was not asked")
            self.serve(frame)

    def serve(self, frame: Frame) -> None:
        """Answer one request of the other side."""
        self.channel.send(Frame(*self.answer(frame)))

    def serve_forever(self) -> None:
        """Answer requests until the other end is gone."""
        while True:
            try:
                frame = self.channel.receive()
            except Closed:
                return
            if frame.kind != REQUEST:
                raise Garbage("an answer to something that was not asked")
            self.serve(frame)
