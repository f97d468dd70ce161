"""A control group for each sandbox, where we can make one: limits that the kernel keeps.

They hold at every moment and for all processes of a sandbox together; ``usage`` looks ten times a
second. The kernel lets a process make groups in its own group if that belongs to its user, and
limit them once no process is in between, so the grader moves into a group beside the sandboxes'.
Where anything of this fails, there is no group, and ``usage`` alone keeps the limits.
Source: Documentation/admin-guide/cgroup-v2.rst of the Linux kernel.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import itertools
import os
import time
from pathlib import Path, PurePosixPath

from course_lib.grading.examination.sandbox.limits import Limits

CONTROLLERS = ("memory", "pids", "cpu")  # the first is what the groups are for
GRADER = "course-grader"  # the group that we move into
SANDBOX = "course-sandbox"
MEMBERS = "cgroup.procs"  # of a group: the processes in it
SWITCH = "cgroup.subtree_control"  # of a group: the controllers that groups in it have
PATIENCE = 2  # seconds; what is left then is removed by the next grader
MORE = 'See "Control groups" in docs/grading.md.'
COUNT = itertools.count()


class ControlGroup:
    """The group of one sandbox. members: the file that a process writes "0" to, to join it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.members = folder, folder / MEMBERS
        folder.mkdir()

    def limit(self, limits: Limits) -> None:
        """Set what the controllers that we were given know."""
        for name, value in _settings(limits).items():
            if (self.folder / name).exists():
                (self.folder / name).write_text(str(value))

    def was_full(self) -> bool:
        """Whether the kernel had to end a process in it because its limit was reached.

        Who is ended because the machine has no memory left has passed no limit ("oom" is 0).
        """
        events = _numbers(self.folder / "memory.events")
        return min(events.get("oom", 0), events.get("oom_kill", 0)) > 0

    def processor_time(self) -> float:
        """Seconds that all who are or were in it have computed."""
        return _numbers(self.folder / "cpu.stat").get("usage_usec", 0) / 1e6

    def close(self) -> None:
        """Remove it, once the last who was in it is gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return self.folder.rmdir()
            except OSError as error:
                if error.errno != errno.EBUSY:  # it is gone, or not ours any more
                    return
            time.sleep(0.01)


def _settings(limits: Limits) -> dict[str, str | int]:
    """What the files of a group are set to."""
    return {
        "memory.max": limits.memory,
        "memory.swap.max": 0,  # else the limit would be on what is not swapped out
        "memory.oom.group": 1,  # all of it ends: what is left of a program helps nobody
        "pids.max": limits.processes,
        "cpu.max": "100000 100000",  # microseconds in so many: one processor
    }


def new(limits: Limits) -> ControlGroup | None:
    """A group for a sandbox, or None where we can make none."""
    home, _ = _home()
    if home is None:
        return None
    with contextlib.suppress(OSError):  # what we have found may have been taken from us since
        group = ControlGroup(home / f"{SANDBOX}-{os.getpid()}-{next(COUNT)}")
        try:
            group.limit(limits)
        except OSError:
            group.close()
            raise
        return group
    return None


def missing() -> str:
    """Why there are no control groups for sandboxes here, in a sentence; "" if there are."""
    return _home()[1]


@functools.cache
def _home() -> tuple[Path | None, str]:
    """The group that holds ours and those of the sandboxes, or why there can be none."""
    try:
        own = own_group(
            Path("/proc/self/mountinfo").read_text(), Path("/proc/self/cgroup").read_text()
        )
        if own is None:
            return None, f"this system has no control groups of version 2. {MORE}"
        home = own.parent if own.name == GRADER else own
        if why := _obstacle(home):
            return None, f"{why} {MORE}"
        _move_in(home)
    except OSError as error:
        return None, f"control groups can't be made here ({error}). {MORE}"
    _sweep(home)
    return home, ""


def own_group(mounts: str, groups: str) -> Path | None:
    """The folder of this process' group of version 2, from what the kernel says about the process.

    mounts, groups: what is in /proc/self/mountinfo and /proc/self/cgroup.
    """
    paths = [line.removeprefix("0::") for line in groups.splitlines() if line.startswith("0::")]
    for line in mounts.splitlines():
        about, _, kind = line.partition(" - ")
        root, folder = about.split()[3:5]
        if paths and kind.split()[0] == "cgroup2" and PurePosixPath(paths[0]).is_relative_to(root):
            return Path(folder, PurePosixPath(paths[0]).relative_to(root))
    return None


def _obstacle(home: Path) -> str:
    """Why no groups can be made in ``home``, as a sentence; "" if nothing is in the way."""
    if CONTROLLERS[0] not in (home / "cgroup.controllers").read_text().split():
        return "this process' control group has no control of memory."
    if not all(os.access(path, os.W_OK) for path in (home, home / MEMBERS, home / SWITCH)):
        return "this process' control group belongs to another user or is read-only here."
    if not _delegated(home) and not all(map(_is_ours, _members(home))):
        return "other processes are in this process' control group."
    return ""


def _is_ours(process: int) -> bool:
    """Whether a process is this one or comes from it, as bubblewrap does, or has ended."""
    while process > 0 and process != os.getpid():
        try:
            after_name = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2]
        except OSError:
            return True
        process = int(after_name.split()[1])  # its parent; 0 if we can't see that
    return process > 0


def _delegated(home: Path) -> bool:
    """Whether systemd left this group to who was started in it, with all that is in there."""
    with contextlib.suppress(OSError):
        return os.getxattr(home, "user.delegate") == b"1"
    return False


def _move_in(home: Path) -> None:
    """Empty ``home``, so that the groups in it can have limits; undone if that fails."""
    group = home / GRADER
    group.mkdir(exist_ok=True)
    moved: set[int] = set()
    try:
        while there := set(_members(home)) - moved:  # some start others meanwhile
            moved |= there
            for process in there:
                _move(process, group)
        (home / SWITCH).write_text(f"+{CONTROLLERS[0]}")
    except OSError:
        for process in moved:
            with contextlib.suppress(OSError):
                _move(process, home)
        with contextlib.suppress(OSError):  # another grader is in it
            group.rmdir()
        raise
    for controller in CONTROLLERS[1:]:
        with contextlib.suppress(OSError):  # not given to us
            (home / SWITCH).write_text(f"+{controller}")


def _move(process: int, group: Path) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
        (group / MEMBERS).write_text(str(process))


def _sweep(home: Path) -> None:
    """Remove the groups of graders that were killed, also of one that had our number."""
    for folder in home.glob(f"{SANDBOX}-*"):
        process = folder.name.split("-")[2]
        if process == str(os.getpid()) or not Path("/proc", process).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _members(group: Path) -> list[int]:
    return [int(line) for line in (group / MEMBERS).read_text().split()]


def _numbers(path: Path) -> dict[str, int]:
    """The lines "name NUMBER" of a file; none if the group is gone or has no such file."""
    with contextlib.suppress(OSError):
        lines = (line.split() for line in path.read_text().splitlines())
        return {name: int(value) for name, value in lines}
    return {}
