"""One process imports for both sides of an examination, and neither has what is the other's."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from course_lib.grading.examination import zygote
from course_lib.grading.examination.exams import Exam
from course_lib.grading.examination.fork_server import STUDENT, WarmProcesses
from course_lib.grading.examination.student_process import StudentProcess
from tests.unit.grading.tiny_exam import LIMITS, required

LIBRARY = "a_library_of_ours"


@pytest.mark.parametrize(
    ("first", "second", "separate", "shared"),
    [
        ((), (), (), ["IPython.core.interactiveshell", "numpy"]),
        (["torch", "scipy.stats"], ["scipy.stats"], (), ["scipy.stats"]),
        (["torch.nn", LIBRARY], ["torch.nn"], [LIBRARY], ["torch.nn"]),
        ([LIBRARY], [LIBRARY], [LIBRARY], ["matplotlib"]),
        (["os", "hidden"], ["os", "hidden"], (), []),
        (["torch"], ["torch"], ["torch", "numpy", "IPython"], ["matplotlib"]),
    ],
)
def test_only_known_libraries_that_both_require_are_shared(first, second, separate, shared):
    found = zygote.shared_modules(first, second, separate)
    always = [name for name in zygote.ALWAYS if name.partition(".")[0] not in separate]
    assert found == list(dict.fromkeys([*always, *shared]))


def test_it_refuses_to_share_what_the_sides_have_apart():
    settings = json.dumps({"modules": ["json"], "separate": ["email", "json"], "run": "nothing"})
    command = [sys.executable, zygote.__file__, settings]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ImportError: imported before the sides parted: json" in done.stderr


@pytest.fixture
def library(tmp_path):
    """A package that is another one for each side; its path for the students' and the tests'."""
    for side in "student", "tests":
        (tmp_path / side).mkdir()
        (tmp_path / side / f"{LIBRARY}.py").write_text(f"SIDE = {side!r}\n")
    return tmp_path / "student", tmp_path / "tests"


@pytest.fixture
def warm(library):
    student, tests = ((["numpy", LIBRARY], [path]) for path in library)
    with closing(WarmProcesses(student, tests, separate=[LIBRARY])) as warm:
        yield warm


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ended(pid):
    """Whether a process is gone, or nobody has asked yet how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_for(what):
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


class TestWarmProcesses:
    def test_each_side_finds_its_own_library_and_knows_of_no_other(self, warm, library):
        student = StudentProcess(warm.student, LIMITS)
        shown, _ = student.run(
            f"import {LIBRARY}, os, sys\n"
            f"print({LIBRARY}.SIDE, sys.path[0], os.environ['PYTHONPATH'])\n"
            f"print({str(library[1])!r} in repr([sys.path, sys.argv, dict(os.environ)]))"
        )
        student.leave()
        assert shown[0]["text"] == f"student {library[0]} {library[0]}\nFalse\n"

    def test_libraries_lie_in_memory_once(self, warm):
        for server in warm.student, warm.tests:
            server.wait()
        rollups = [f"/proc/{pid}/smaps_rollup" for pid in children(warm.process.pid)]
        fields = [
            dict(line.split(":") for line in Path(path).read_text().splitlines()[1:])
            for path in rollups
        ]
        held, own = (
            sum(int(one[name].split()[0]) for one in fields)
            for name in ("Anonymous", "Private_Dirty")
        )
        assert len(fields) == 2
        assert own < 0.7 * held

    @pytest.mark.parametrize("side", [0, 1])
    def test_they_are_not_alive_when_one_was_ended(self, warm, side):
        for server in warm.student, warm.tests:
            server.wait()
        assert warm.alive
        os.kill(children(warm.process.pid)[side], signal.SIGKILL)
        wait_for(lambda: not warm.alive)

    @pytest.mark.parametrize("ready", [True, False], ids=["when ready", "while they import"])
    def test_nothing_is_left_when_they_are_closed(self, warm, ready):
        if ready:
            for server in warm.student, warm.tests:
                server.wait()
        pids = [warm.process.pid, *children(warm.process.pid)]
        start = time.monotonic()
        warm.close()
        assert time.monotonic() - start < 2
        wait_for(lambda: all(map(ended, pids)))

    def test_they_end_with_the_grader(self, library):
        code = (
            "import os, sys, time\n"
            "from course_lib.grading.examination.fork_server import WarmProcesses\n"
            "warm = WarmProcesses((['numpy'], []), (['numpy'], []), [])\n"
            "warm.student.wait(), warm.tests.wait()\n"
            "print(warm.process.pid, flush=True)\n"
            "os.kill(os.getpid(), 9)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        wait_for(lambda: ended(int(done.stdout)))

    def test_what_goes_wrong_is_said(self, monkeypatch):
        monkeypatch.setattr(zygote, "shared_modules", lambda *args: ["course_lib.grading"])
        with closing(WarmProcesses(([], []), ([], []), [])) as warm:
            with pytest.raises(OSError, match="imported before the sides parted: course_lib"):
                warm.student.fork(STUDENT, LIMITS)
            wait_for(lambda: not warm.alive)


def test_an_exam_that_lost_a_process_is_not_alive():
    with closing(Exam(required())) as exam:
        exam.warm.tests.wait()
        assert exam.alive
        os.killpg(exam.warm.process.pid, signal.SIGKILL)
        wait_for(lambda: not exam.alive)
