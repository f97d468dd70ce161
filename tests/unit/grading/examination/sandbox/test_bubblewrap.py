import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from course_lib.grading.examination.sandbox import bubblewrap
from course_lib.grading.examination.sandbox.limits import Limits
from tests.unit.grading.tiny_exam import LIMITS, points


def open_files():
    return len(os.listdir("/proc/self/fd"))


def test_a_bubblewrap_that_is_not_there_leaves_no_pipe_open(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_command", lambda *_: ["/no/such/bwrap"])
    before = open_files()
    with pytest.raises(OSError, match="not found"):
        bubblewrap.Sandbox([], Limits())
    assert open_files() == before


def test_a_bubblewrap_that_fails_leaves_no_pipe_open(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_command", lambda *_: ["/bin/false"])
    before = open_files()
    with pytest.raises((OSError, ValueError)):
        bubblewrap.Sandbox([], Limits())
    assert open_files() == before


@pytest.mark.sandbox
def test_the_first_process_in_there_shows_nothing_of_the_graders(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADERS_SECRET", "a password of the gradebook")
    monkeypatch.chdir(tmp_path)
    sandbox = bubblewrap.Sandbox([], Limits())
    try:
        with open(f"/proc/{sandbox.pid}/environ") as environ:
            shown = dict(one.split("=", 1) for one in environ.read().split("\0") if one)
    finally:
        sandbox.close()
    assert shown.keys() <= {"PATH", "PWD", "SHLVL", "_"}  # a shell sets the latter
    assert shown.get("PWD", "/") == "/"


FORK = """
import os, sys
from course_lib.grading.examination.sandbox import bubblewrap, folders
from course_lib.grading.examination.sandbox.limits import Limits, set_limits
limits = Limits(processes=20)
sandbox = bubblewrap.Sandbox(folders.pythons(), limits)
bubblewrap.enter(sandbox.pidfd, min(os.sched_getaffinity(0)))
if os.fork():
    os.wait()
    os._exit(0)
bubblewrap.give_up_privileges()
set_limits(limits)
read, write = os.pipe()
children = 0
try:
    while children < 60:
        if os.fork() == 0:
            os.close(write)
            os.read(read, 1)
            os._exit(0)
        children += 1
except BlockingIOError:
    pass
print(os.getuid(), os.getgid(), children, flush=True)
os._exit(0)
"""


@pytest.mark.sandbox
def test_the_kernel_itself_keeps_the_number_of_processes_also_for_root():
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FORK], capture_output=True, text=True, timeout=60, env=environment
    )
    user, group, children = map(int, done.stdout.split() or [0, 0, 0])
    # Some kernels also count what the same user runs outside.
    assert (user, group, 10 < children < 20) == (1000, 1000, True), done.stderr + done.stdout


@pytest.mark.sandbox
def test_a_process_bound_to_its_processor_says_so_and_stays(sandboxed):
    code = """
import os
try:
    os.sched_setaffinity(0, range(64))
except OSError:
    pass
print(len(os.sched_getaffinity(0)), os.cpu_count())
"""
    examined, _ = sandboxed.examine(code)
    assert "".join(one.get("text", "") for one in examined.cells[2].outputs).split() == ["1", "1"]


SHARED = """
import os, time
import numpy as np
data = np.ones({size} * 2**17)
for _ in range(4):
    if os.fork() == 0:
        {then}
        time.sleep(1)
        os._exit(0)
for _ in range(4):
    os.wait()
"""


@pytest.mark.sandbox
def test_pages_that_workers_share_count_once_and_their_own_count_each(sandboxed):
    limits = replace(LIMITS, memory=600 * 2**20)
    _, notes = sandboxed.examine(SHARED.format(size=200, then="data.sum()"), limits)
    assert notes == []
    examined, notes = sandboxed.examine(SHARED.format(size=200, then="data += 1"), limits)
    assert "it used more than 0.586 GB of memory" in notes[0]
    assert points(examined)["last"] == 1


# A grader that is killed while it makes a sandbox, below a process that gets what it left behind.
KILLED = """
import ctypes, os, signal, sys
from course_lib.grading.examination.sandbox import bubblewrap, limits
when, what, signal_, to = sys.argv[1:]
SUBREAPER = 36  # linux/prctl.h
ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
original = getattr(bubblewrap, what)

def killed(*args):
    if when == "after":
        original(*args)
    if to == "group":
        os.killpg(0, int(signal_))
    os.kill(os.getpid(), signal.SIGKILL)

grader = os.fork()
if grader == 0:
    os.setsid()
    setattr(bubblewrap, what, killed)
    bubblewrap.Sandbox([], limits.Limits())
print(os.WIFSIGNALED(os.waitpid(grader, 0)[1]), flush=True)
while True:
    os.wait()  # until there are none
"""


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "moment", ["before _first_process", "after _first_process", "after _map_to_nobody"]
)
@pytest.mark.parametrize(
    "kill",
    [
        (signal.SIGKILL, "itself"),
        (signal.SIGKILL, "group"),
        (signal.SIGINT, "group"),
        (signal.SIGTERM, "group"),
        (signal.SIGHUP, "group"),
    ],
)
def test_nothing_is_left_of_a_sandbox_whose_maker_is_killed(moment, kill):
    if "_map_to_nobody" in moment and not bubblewrap._root_of_others():
        pytest.skip("only root maps users")
    arguments = [*moment.split(), *(str(part) for part in kill)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, timeout=20
    )
    assert done.stdout == "True\n"
    assert "ChildProcessError" in done.stderr  # nobody was left to wait for
