"""The sandbox: a bubblewrap container that a process of ours can enter.

bubblewrap makes it (own user, processes, network without a way out, files read-only, a small
private /tmp); our warm process then joins its namespaces and gives up every privilege. When its
first process is killed, the kernel ends all that is in it: the grader does that, or after the
grader's death the warm process, or, where nobody has joined it, the pipe that holds it open ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from course_lib.grading.examination.sandbox import control_group, folders
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.sandbox.seccomp import refuse_needless
from course_lib.grading.examination.sandbox.usage import processor_time, shared, used

HOME = "/tmp/home"
FOLDERS = ("tmp", "dev/shm")  # that can be written to, in memory
STUDENT = 1000  # user and group in there
NOBODY = 65534  # who that is outside if the grader is root, for whom the kernel has no limits
OURS = 2  # processes in a sandbox that are not the student's: its first, and cat
RECOUNT = 0.5  # seconds between two looks at which pages are shared
# bubblewrap forks, and its child waits for a word of it: for ever, if bubblewrap is killed before
# (its issue 633). It ends with its parent, so that is a shell, which does not end with us.
PARENT = ["/bin/sh", "-c", 'trap "" HUP INT QUIT TERM; "$@"; exit $?', "sh"]
CLONE_FLAGS = {  # linux/sched.h: the namespaces that bubblewrap makes and we join
    **dict(CLONE_NEWUSER=0x10000000, CLONE_NEWNS=0x00020000, CLONE_NEWPID=0x20000000),
    **dict(CLONE_NEWIPC=0x08000000, CLONE_NEWNET=0x40000000, CLONE_NEWUTS=0x04000000),
}
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 24, 38
LIBC = ctypes.CDLL(None, use_errno=True)


class LimitPassed(Exception):
    """A student's process used more than it may; the message says of what."""


class Sandbox:
    """An empty sandbox, held open until ``close``.

    visible: folders that can be read in there, at the same path, besides the system's.
    hidden: what is in them and is not to be found there.
    Raises ``OSError`` if bubblewrap fails.
    """

    def __init__(
        self, visible: Iterable[str | Path], limits: Limits, hidden: Iterable[str | Path] = ()
    ) -> None:
        self.limits = limits
        self.group: control_group.ControlGroup | None = None
        self.pidfd: int | None = None
        self._shared, self._recount = 0, 0.0
        read, write = os.pipe()
        mapped, map_now = os.pipe()
        cpus = _pipe_with(b"0\n")
        dropped = _root_of_others()
        try:
            command = _command(visible, hidden, limits, write, cpus, mapped if dropped else None)
            self.process = subprocess.Popen(
                [*PARENT, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # Its own end to read from: what it tells is heard also when we are gone.
                pass_fds=(read, write, cpus, mapped),
                bufsize=0,
                # Nothing else of the grader's: /proc/1/environ is readable inside, and has PWD.
                env={"PATH": os.environ.get("PATH", os.defpath)},
                cwd="/",
            )
        except BaseException:
            os.close(read)
            os.close(map_now)
            raise
        finally:
            for fd in write, mapped, cpus:
                os.close(fd)
        stdin, stdout, stderr = self._pipes()
        try:
            with open(read, "rb") as about, open(map_now, "wb", buffering=0) as go_on:
                self.pid = _first_process(about, stderr)
                if dropped:
                    _map_to_nobody(self.pid)
                    go_on.write(b"+")
                stdin.write(b"+")
                if stdout.read(1) != b"+":  # cat echoes: the sandbox is complete
                    raise OSError(stderr.read(2000).decode(errors="replace").strip())
            self.pidfd = os.pidfd_open(self.pid)
            self.group = control_group.new(limits)
        except BaseException:
            self.close()
            raise

    def check(self) -> None:
        """``LimitPassed`` if those inside hold too much memory or are too many."""
        if self.group is not None and self.group.was_full():
            raise self._too_much_memory()
        root = Path(f"/proc/{self.pid}/root")
        most = self.limits.processes + OURS
        now = used(root, FOLDERS, most)
        if now.processes > most:
            raise LimitPassed(f"it started more than {self.limits.processes} processes or threads")
        memory = self.limits.memory
        if now.memory > memory and (
            now.memory - self._shared > memory or time.monotonic() > self._recount
        ):
            self._shared = shared(root)
            now = min(now, used(root, FOLDERS, most))  # some have ended since
            self._recount = time.monotonic() + RECOUNT
        if now.memory - self._shared > memory:
            raise self._too_much_memory()

    def _too_much_memory(self) -> LimitPassed:
        return LimitPassed(f"it used more than {self.limits.memory / 2**30:.3g} GB of memory")

    def processor_time(self) -> float:
        """Seconds that those inside have computed."""
        counted = processor_time(Path(f"/proc/{self.pid}/root"))
        # The group also knows those that have ended. It knows nobody if joining it failed.
        return max(counted, self.group.processor_time() if self.group else 0)

    def close(self) -> None:
        """End whatever is in there."""
        if self.pidfd is not None:  # with the first process go all others
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.close(self.pidfd)
            self.pidfd = None
        elif self.process.stdin:  # it is still being made, and ends by itself once it is
            self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)  # bubblewrap sees to its remains, if the pipes are open
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes():
            pipe.close()
        if self.group is not None:
            self.group.close()

    def _pipes(self) -> list[IO[bytes]]:
        process = self.process
        return [pipe for pipe in (process.stdin, process.stdout, process.stderr) if pipe]


def _command(
    visible: Iterable[str | Path],
    hidden: Iterable[str | Path],
    limits: Limits,
    info: int,
    cpus: int,
    mapped: int | None,
) -> list[str]:
    """info, cpus: descriptors to tell about the sandbox, and to read how many processors it has.

    mapped: where it learns that its users are mapped; it does that itself if None.
    """
    user = STUDENT if mapped is None else 0
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session"]
    command += ["--unshare-user", "--unshare-all", "--clearenv", "--hostname", "examination"]
    command += ["--uid", str(user), "--gid", str(user), "--info-fd", str(info)]
    if mapped is not None:
        command += ["--userns-block-fd", str(mapped)]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--dev-bind", "/dev/full", "/dev/zero"]  # reads the same, but can't be mapped
    # Of terminals the whole machine has a few thousand.
    command += ["--size", "4096", "--tmpfs", "/dev/pts", "--remount-ro", "/dev/pts"]
    for path in FOLDERS:
        command += ["--perms", "1777", "--size", str(limits.disk), "--tmpfs", f"/{path}"]
    # What libc reads to say how many processors there are.
    command += ["--perms", "0444", "--ro-bind-data", str(cpus), "/sys/devices/system/cpu/online"]
    command += folders.options(visible, hidden)
    command += ["--perms", "1777", "--dir", HOME]
    for path in "/dev", "/", "/proc":
        command += ["--remount-ro", path]
    return [*command, "--", shutil.which("cat") or "/bin/cat"]


def _root_of_others() -> bool:
    """Whether we are root, and ``NOBODY`` is somebody else."""
    with open("/proc/self/uid_map") as known:
        ranges = [tuple(map(int, line.split())) for line in known]
    there = any(start <= NOBODY < start + size for start, _, size in ranges)
    return os.geteuid() == 0 and there


def _map_to_nobody(pid: int) -> None:
    """Make the student of a new sandbox a user without rights or exceptions."""
    for kind in "uid", "gid":
        Path(f"/proc/{pid}/{kind}_map").write_text(f"0 0 1\n{STUDENT} {NOBODY} 1\n")


def _pipe_with(data: bytes) -> int:
    """A descriptor to read ``data`` from."""
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    return read


def _first_process(about: IO[bytes], stderr: IO[bytes]) -> int:
    """Its number, from what bubblewrap tells about the sandbox."""
    told = b""
    while not (found := re.search(rb'"child-pid": (\d+)\b', told)):
        part = os.read(about.fileno(), 4096)
        if not part:
            raise OSError(stderr.read(2000).decode(errors="replace").strip())
        told += part
    return int(found[1])


def enter(pidfd: int, processor: int) -> None:
    """Move this process's future children into a sandbox. Only for a process with one thread.

    They compute on that processor alone.
    """
    os.sched_setaffinity(0, {processor})
    if LIBC.setns(pidfd, sum(CLONE_FLAGS.values())) != 0:
        raise OSError(ctypes.get_errno(), "the sandbox could not be entered")
    os.chdir(HOME)


def give_up_privileges() -> None:
    """Drop every capability, for good, and become the student where we are root."""
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(STUDENT, STUDENT, STUDENT)
        os.setresuid(STUDENT, STUDENT, STUDENT)
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if LIBC.capset(header, nothing) != 0 or LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the privileges could not be given up")
    LIBC.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # lets a grader who is not root count what it holds
    refuse_needless()
