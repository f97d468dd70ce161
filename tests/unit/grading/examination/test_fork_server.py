"""A sandbox that a warm process has entered ends with the grader, whatever is done inside."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

GRADER = """
import time
from course_lib.grading.examination.fork_server import STUDENT, ForkServer
from course_lib.grading.examination.sandbox import bubblewrap, limits
limits = limits.Limits()
sandbox = bubblewrap.Sandbox([], limits)
if {entered}:
    server = ForkServer()
    student = server.fork(STUDENT, limits, sandbox, processor=0)
print(sandbox.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.sandbox
@pytest.mark.parametrize("entered", [False, True])
@pytest.mark.parametrize("end", [(os.kill, signal.SIGKILL), (os.killpg, signal.SIGTERM)])
def test_the_sandbox_dies_with_its_grader(entered, end):
    command = [sys.executable, "-c", GRADER.format(entered=entered)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as grader:
        first = psutil.Process(int(grader.stdout.readline()))
        if entered:  # a student may stop what holds the sandbox open
            for one in first.children():
                one.suspend()
        kill, name = end
        kill(grader.pid, name)
    assert psutil.wait_procs([first], timeout=10)[1] == []
