import socket
import threading
import time

import pytest

from course_lib.grading.examination.sandbox import processors
from course_lib.grading.examination.sandbox.processors import Processors


class GivenUp(Exception):
    pass


@pytest.fixture
def machine(monkeypatch):
    """Has so many processors; its marks are its own."""

    def have(number):
        monkeypatch.setattr(processors, "usable", lambda: set(range(number)))
        monkeypatch.setattr(processors, "MARK", f"\0test-{time.monotonic_ns()}")
        monkeypatch.setattr(processors, "POLL", 0.01)
        return Processors()

    return have


def go_on():
    pass


def test_each_gets_one_of_its_own(machine):
    lent = machine(2)
    with lent.lend(go_on) as one, lent.lend(go_on) as other:
        assert {one, other} == {0, 1}
    with lent.lend(go_on) as again:
        assert again == 0


def test_who_waits_can_give_up(machine):
    def give_up():
        raise GivenUp

    lent = machine(1)
    with lent.lend(go_on), pytest.raises(GivenUp), lent.lend(give_up):
        raise AssertionError("two on one processor")
    with lent.lend(give_up) as number:  # it is there: nobody is asked
        assert number == 0


def test_more_workers_than_processors_all_get_their_turn(machine):
    lent, now, most, done = machine(2), [], [], []

    def work():
        with lent.lend(go_on) as number:
            now.append(number)
            most.append(len(now))
            time.sleep(0.01)
            now.remove(number)
            done.append(number)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(10)
    assert len(done) == 8
    assert max(most) <= 2


def test_what_fails_gives_its_processor_back(machine):
    lent = machine(1)
    with pytest.raises(ZeroDivisionError), lent.lend(go_on):
        raise ZeroDivisionError
    with lent.lend(go_on):
        pass


def test_two_graders_on_a_machine_take_different_ones_and_never_wait_for_each_other(machine):
    one, other = machine(2), Processors()
    with one.lend(go_on) as first, other.lend(go_on) as second:
        assert first != second
        with one.lend(go_on) as third:
            assert third == second  # shared, as there is no other


def test_a_mark_of_somebody_else_costs_at_most_the_choice(machine):
    lent = machine(1)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.bind(f"{processors.MARK}.0")
        with lent.lend(go_on) as number:
            assert number == 0
