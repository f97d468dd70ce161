import os

import pytest

from course_lib.grading.examination.sandbox import bubblewrap
from course_lib.grading.examination.sandbox.limits import Limits


def open_files():
    return len(os.listdir("/proc/self/fd"))


def test_a_bubblewrap_that_is_not_there_leaves_no_pipe_open(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_command", lambda *_: ["/no/such/bwrap"])
    before = open_files()
    with pytest.raises(FileNotFoundError):
        bubblewrap.Sandbox([], Limits())
    assert open_files() == before


def test_a_bubblewrap_that_fails_leaves_no_pipe_open(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_command", lambda *_: ["/bin/false"])
    before = open_files()
    with pytest.raises((OSError, ValueError)):
        bubblewrap.Sandbox([], Limits())
    assert open_files() == before


@pytest.mark.sandbox
def test_the_first_process_in_there_does_not_show_the_graders_environment(monkeypatch):
    monkeypatch.setenv("GRADERS_SECRET", "a password of the gradebook")
    sandbox = bubblewrap.Sandbox([], Limits())
    try:
        with open(f"/proc/{sandbox.pid}/environ") as environment:
            assert "password" not in environment.read()
    finally:
        sandbox.close()
