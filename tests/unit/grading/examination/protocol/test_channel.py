import socket
import threading
import time

import pytest

from course_lib.grading.examination.protocol.channel import (
    FAILURE,
    HEADER,
    REPLY,
    REQUEST,
    Channel,
    Closed,
    Frame,
    Link,
    TooLate,
)
from course_lib.grading.examination.protocol.codec import MAX_BYTES
from course_lib.grading.examination.protocol.handles import Garbage


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def test_a_frame_arrives_as_it_was_sent(ends):
    channel, raw = ends
    other, frame = Channel(raw), Frame(REQUEST, 2**63 - 1, b"x" * 100_000)
    sender = threading.Thread(target=channel.send, args=[frame])
    sender.start()
    assert other.receive() == frame
    sender.join()


def test_bytes_that_trickle_do_not_move_the_deadline(ends):
    channel, raw = ends
    stop = threading.Event()

    def trickle():
        raw.sendall(HEADER.pack(REPLY, 1, 1000))
        while not stop.wait(0.02):
            raw.sendall(b"x")

    sender = threading.Thread(target=trickle)
    sender.start()
    try:
        with pytest.raises(TooLate):
            channel.receive(deadline=time.monotonic() + 0.3)
    finally:
        stop.set()
        sender.join()


def test_a_watch_is_called_while_nothing_comes_and_ends_the_wait(ends):
    channel, _ = ends
    calls = []

    def watch():
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError

    with pytest.raises(MemoryError):
        channel.receive(watch=watch)


@pytest.mark.parametrize("kind", [0, 9])
def test_no_frame_of_another_kind(ends, kind):
    channel, raw = ends
    raw.sendall(HEADER.pack(kind, 1, 0))
    with pytest.raises(Garbage, match=f"kind {kind}"):
        channel.receive()


def test_a_frame_that_is_too_long_is_refused_before_it_is_read(ends):
    channel, raw = ends
    raw.sendall(HEADER.pack(REPLY, 1, MAX_BYTES + 2**20 + 1))
    with pytest.raises(Garbage):
        channel.receive()


def test_the_other_end_may_be_gone_at_any_byte(ends):
    channel, raw = ends
    raw.sendall(HEADER.pack(REPLY, 1, 10) + b"half")
    raw.close()
    with pytest.raises(Closed):
        channel.receive()
    with pytest.raises(Closed):
        channel.send(Frame(REPLY, 1, b""))


def test_it_says_whether_something_waits_without_taking_it(ends):
    channel, raw = ends
    assert not channel.has_something()
    Channel(raw).send(Frame(REPLY, 1, b"x"))
    assert channel.has_something()
    assert channel.receive().body == b"x"


def test_requests_nest_and_each_answer_finds_its_question(ends):
    """A asks B, and B asks back before it answers."""
    channel, raw = ends
    ours = Link(channel, lambda frame: (REPLY, frame.number, b"back " + frame.body))

    def answer(frame):
        back = theirs.ask(b"why?")
        return REPLY, frame.number, frame.body + b", " + back.body

    theirs = Link(Channel(raw), answer)
    server = threading.Thread(target=theirs.serve_forever)
    server.start()
    assert ours.ask(b"f").body == b"f, back why?"
    channel.close()
    server.join()


def test_an_answer_that_nobody_asked_for_is_refused(ends):
    channel, raw = ends
    Channel(raw).send(Frame(FAILURE, 7, b""))
    with pytest.raises(Garbage, match="not asked"):
        Link(channel, lambda frame: (REPLY, frame.number, b"")).serve_forever()
    Channel(raw).send(Frame(FAILURE, 7, b""))
    with pytest.raises(Garbage, match="not asked"):
        Link(channel, lambda frame: (REPLY, frame.number, b"")).ask(b"f")
