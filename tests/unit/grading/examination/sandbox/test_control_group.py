"""The folders of the kernel's are imitated; the tests with ``delegated`` want a real group."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.grading.examination.sandbox import bubblewrap, control_group
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.sandbox.usage import Used
from tests.unit.grading.examination.sandbox.test_bubblewrap import SHARED
from tests.unit.grading.tiny_exam import LIMITS, points

UNIFIED = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
HYBRID = """\
31 30 0:28 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
"""
BOUND = "30 23 0:26 /docker/4f /sys/fs/cgroup ro - cgroup2 cgroup rw\n"
SCOPE = "/user.slice/user-1000.slice/user@1000.service/app.slice/run-7.scope"


@pytest.mark.parametrize(
    ("mounts", "groups", "folder"),
    [
        (UNIFIED, f"0::{SCOPE}\n", f"/sys/fs/cgroup{SCOPE}"),
        (UNIFIED, "0::/\n", "/sys/fs/cgroup"),
        (HYBRID, "4:memory:/course\n0::/course\n", "/sys/fs/cgroup/unified/course"),
        (BOUND, "0::/docker/4f/inner\n", "/sys/fs/cgroup/inner"),
        (BOUND, "0::/docker/5a\n", None),  # not to be seen from here
        (UNIFIED, "0::/../neighbour\n", "/sys/fs/cgroup/../neighbour"),
        (UNIFIED, "4:memory:/course\n", None),
        ("30 23 0:26 / /proc rw - proc proc rw\n", "0::/\n", None),
    ],
)
def test_the_own_group_is_found_where_it_is_mounted(mounts, groups, folder):
    assert control_group.own_group(mounts, groups) == (folder and Path(folder))


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Makes a folder like the kernel's for a group with these controllers and processes."""

    def make(controllers="cpuset cpu io memory pids", others=()):
        (tmp_path / "cgroup.controllers").write_text(controllers + "\n")
        (tmp_path / "cgroup.subtree_control").touch()
        processes = [os.getpid(), *others]
        (tmp_path / "cgroup.procs").write_text("".join(f"{number}\n" for number in processes))
        monkeypatch.setattr(control_group, "own_group", lambda *_: tmp_path)
        control_group._home.cache_clear()
        return tmp_path

    yield make
    control_group._home.cache_clear()


def test_where_memory_is_not_controlled_it_says_so(kernel):
    kernel("cpu pids")
    assert "no control of memory" in control_group.missing()
    assert control_group.new(Limits()) is None


def test_a_group_with_strangers_is_left_alone(kernel):
    home = kernel(others=[1])
    assert "other processes" in control_group.missing()
    assert not (home / control_group.GRADER).exists()
    assert (home / "cgroup.subtree_control").read_text() == ""


def test_what_the_grader_has_started_itself_is_no_stranger(kernel):
    """bubblewrap, and the processes that wait for submissions."""
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    with child:
        kernel(others=[child.pid, 2**22 + 1])  # and one that has ended
        assert control_group.missing() == ""
        child.communicate(b"\n")


def test_a_process_that_cannot_be_seen_from_here_is_a_stranger(kernel):
    kernel(others=[0])  # so the kernel names those of another namespace
    assert "other processes" in control_group.missing()


def test_where_the_groups_get_no_limits_all_is_put_back(kernel):
    home = kernel()
    (home / "cgroup.subtree_control").unlink()
    (home / "cgroup.subtree_control").mkdir()  # can't be written to
    assert "can't be made here" in control_group.missing()
    assert (home / "cgroup.procs").read_text() == str(os.getpid())  # moved back


def test_a_group_that_cannot_be_limited_is_none(kernel, monkeypatch):
    home = kernel()
    monkeypatch.setattr(control_group, "_settings", lambda limits: {".": 1})
    assert control_group.new(Limits()) is None
    assert list(home.glob(f"{control_group.SANDBOX}-*")) == []


def test_a_home_that_went_away_means_no_group(kernel):
    home = kernel()
    assert control_group.missing() == ""
    home.rename(home.parent / "elsewhere")
    assert control_group.new(Limits()) is None


@pytest.mark.parametrize(
    ("events", "full"),
    [
        ("low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\noom_group_kill 1\n", True),
        ("low 0\nhigh 0\nmax 0\noom 0\noom_kill 1\n", False),  # the machine's memory was full
        ("max 7\noom 0\noom_kill 0\n", False),
        ("", False),
    ],
)
def test_only_who_reached_the_own_limit_was_full(tmp_path, events, full):
    group = control_group.ControlGroup(tmp_path / "group")
    (group.folder / "memory.events").write_text(events)
    assert group.was_full() == full


@pytest.mark.sandbox
def test_a_group_that_cannot_be_joined_costs_nothing(sandboxed, tmp_path, monkeypatch):
    def gone(limits):
        group = control_group.ControlGroup(tmp_path / "gone")
        group.folder.rmdir()
        return group

    monkeypatch.setattr(control_group, "new", gone)
    examined, notes = sandboxed.examine("data = 1", LIMITS)
    assert (points(examined)["last"], notes) == (1, [])


@pytest.mark.sandbox
def test_time_counts_also_if_the_group_was_not_joined(tmp_path, monkeypatch):
    monkeypatch.setattr(control_group, "new", lambda _: control_group.ControlGroup(tmp_path / "g"))
    sandbox = bubblewrap.Sandbox([], Limits())
    try:
        monkeypatch.setattr(bubblewrap, "processor_time", lambda root: 1.5)
        assert sandbox.processor_time() == 1.5
    finally:
        sandbox.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to everything")
def test_a_group_of_another_user_is_left_alone(kernel):
    home = kernel()
    (home / "cgroup.procs").chmod(0o444)
    assert "another user" in control_group.missing()


def test_what_systemd_has_delegated_is_used_with_all_that_is_in_it(kernel):
    home = kernel(others=[1])
    try:
        os.setxattr(home, "user.delegate", b"1")
    except OSError:
        pytest.skip("files have no attributes here")
    assert control_group.missing() == ""


def test_what_a_killed_grader_left_is_removed(kernel):
    home = kernel()
    numbers = {"ended": 2**22 + 1, "running": os.getppid(), "had our number": os.getpid()}
    folders = {what: home / f"{control_group.SANDBOX}-{pid}-0" for what, pid in numbers.items()}
    for folder in folders.values():
        folder.mkdir()
    assert control_group.missing() == ""
    assert [what for what, folder in folders.items() if folder.exists()] == ["running"]


@pytest.fixture
def delegated():
    """A real group in which sandboxes get their own."""
    if why := control_group.missing():
        pytest.skip(why)
    home, _ = control_group._home()
    yield home
    assert list(home.glob(f"{control_group.SANDBOX}-*")) == []


@pytest.mark.sandbox
def test_the_kernel_ends_what_fills_the_memory_also_if_nobody_looks(
    delegated, sandboxed, monkeypatch
):
    monkeypatch.setattr(bubblewrap, "used", lambda *_: Used(0, 0))
    limits = replace(LIMITS, cell=60, memory=600 * 2**20)
    code = SHARED.format(size=200, then="data += 1")
    examined, notes = sandboxed.examine(code, limits)
    assert "it used more than 0.586 GB of memory" in notes[0]
    assert points(examined)["last"] == 1


FILES = """
data = bytes(2**20)
for number in range(300):
    with open(f"/tmp/{number}", "wb") as file:
        file.write(data)
"""


@pytest.mark.sandbox
def test_files_in_memory_count(delegated, sandboxed, monkeypatch):
    monkeypatch.setattr(bubblewrap, "used", lambda *_: Used(0, 0))
    limits = replace(LIMITS, memory=200 * 2**20, disk=2**29)
    examined, notes = sandboxed.examine(FILES, limits)
    assert "it used more than 0.195 GB of memory" in notes[0]
    assert points(examined)["last"] == 1


SPIN = """
import os, time
if os.fork() == 0:
    if os.fork():
        os._exit(0)
    while time.process_time() < 1:
        pass
    os._exit(0)
os.wait()
time.sleep(1.5)
"""


@pytest.mark.sandbox
def test_all_that_was_computed_counts_and_the_number_of_processes_is_kept(
    delegated, sandboxed, monkeypatch
):
    told = []
    close = control_group.ControlGroup.close

    def tell_and_close(group):
        told.append((group.processor_time(), (group.folder / "pids.max").read_text()))
        close(group)

    monkeypatch.setattr(control_group.ControlGroup, "close", tell_and_close)
    sandboxed.examine(SPIN, replace(LIMITS, cell=60, processes=20))
    time, processes = told[0]
    assert (time > 1, processes) == (True, "20\n")
