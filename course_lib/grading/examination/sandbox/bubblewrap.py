"""The sandbox: a bubblewrap container that a process of ours can enter.

bubblewrap makes it (own user, processes, network without a way out, files read-only, a small
private /tmp); our warm process then joins its namespaces and gives up every privilege. When the
pipe that holds it open is closed, by us or by our death, the kernel ends all that is in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.sandbox.seccomp import refuse_needless

HOME = "/tmp/home"
FOLDERS = ("tmp", "dev/shm")  # that can be written to, in memory
PER_FILE = 2048  # bytes that the kernel needs to know a file, also an empty one
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf")
CLONE_FLAGS = {  # linux/sched.h: the namespaces that bubblewrap makes and we join
    **dict(CLONE_NEWUSER=0x10000000, CLONE_NEWNS=0x00020000, CLONE_NEWPID=0x20000000),
    **dict(CLONE_NEWIPC=0x08000000, CLONE_NEWNET=0x40000000, CLONE_NEWUTS=0x04000000),
}
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38


class LimitPassed(Exception):
    """A student's process used more than it may; the message says of what."""


def missing() -> str:
    """Why there can be no sandbox on this machine, in a sentence; "" if there can."""
    if sys.platform != "linux":
        return "the sandbox is built on bubblewrap, which runs on Linux alone."
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed (Debian and Ubuntu: apt-get install bubblewrap)."
    try:
        Sandbox([], Limits()).close()
    except (OSError, ValueError) as error:
        return (
            "bubblewrap can't make a sandbox here; are user namespaces switched off "
            f"(sysctl kernel.unprivileged_userns_clone, user.max_user_namespaces)? {error}"
        )
    return ""


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
        self.pidfd: int | None = None
        read, write = os.pipe()
        try:
            self.process = subprocess.Popen(
                _command(visible, hidden, limits, write),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(write,),
                bufsize=0,
                # Nothing else of the grader's: /proc/1/environ is readable inside.
                env={"PATH": os.environ.get("PATH", os.defpath)},
            )
        except BaseException:
            os.close(read)
            raise
        finally:
            os.close(write)
        stdin, stdout, stderr = self._pipes()
        try:
            about = _read_all(read)
            stdin.write(b"+")
            if stdout.read(1) != b"+":  # cat echoes: the sandbox is complete
                raise OSError(stderr.read(2000).decode(errors="replace").strip())
            self.pid = json.loads(about)["child-pid"]
            self.pidfd = os.pidfd_open(self.pid)
        except BaseException:
            self.close()
            raise

    def check(self) -> None:
        """``LimitPassed`` if those inside hold too much memory or are too many."""
        used, processes = 0, 0
        root = Path(f"/proc/{self.pid}/root")
        with contextlib.suppress(OSError):
            for folder in FOLDERS:
                disk = os.statvfs(root / folder)
                used += (disk.f_blocks - disk.f_bfree) * disk.f_frsize
                used += (disk.f_files - disk.f_ffree) * PER_FILE
            for name in filter(str.isdigit, os.listdir(root / "proc")):  # nobody but those inside
                with contextlib.suppress(OSError):
                    memory, threads = _held((root / "proc" / name / "status").read_text())
                    used += memory
                    processes += threads
                if used > self.limits.memory or processes > self.limits.processes:
                    break
        if used > self.limits.memory:
            raise LimitPassed(f"it used more than {self.limits.memory / 2**30:.3g} GB of memory")
        if processes > self.limits.processes:
            raise LimitPassed(f"it started more than {self.limits.processes} processes or threads")

    def close(self) -> None:
        """End whatever is in there."""
        if self.pidfd is not None:  # with the first process go all others
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)  # bubblewrap sees to its remains, if the pipes are open
            os.close(self.pidfd)
            self.pidfd = None
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes():
            pipe.close()

    def _pipes(self) -> list[IO[bytes]]:
        process = self.process
        return [pipe for pipe in (process.stdin, process.stdout, process.stderr) if pipe]


def _held(status: str) -> tuple[int, int]:
    """Bytes and threads of a process, from its /proc/N/status: its own memory, also if shared."""
    known = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    kilobytes = sum(int(known.get(name, "0 kB").split()[0]) for name in ("RssAnon", "RssShmem"))
    return kilobytes * 1024, int(known["Threads"])


def _command(
    visible: Iterable[str | Path], hidden: Iterable[str | Path], limits: Limits, info: int
) -> list[str]:
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--uid", "1000", "--gid", "1000", "--hostname", "examination"]
    for path in SYSTEM:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            command += ["--ro-bind", path, path]
    for path in SETTINGS:
        command += ["--ro-bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path in FOLDERS:
        command += ["--size", str(limits.disk), "--tmpfs", f"/{path}"]
    shown = sorted({str(path) for path in visible})  # a folder comes before what is in it
    for path in shown:
        command += ["--ro-bind", path, path]
    for path in map(str, hidden):
        if any(path.startswith(f"{folder}/") for folder in (*SYSTEM, *shown)):
            if os.path.isdir(path):
                command += ["--size", "4096", "--tmpfs", path, "--remount-ro", path]
            else:
                command += ["--ro-bind", "/dev/null", path]
    command += ["--dir", HOME, "--remount-ro", "/dev", "--remount-ro", "/"]
    command += ["--remount-ro", "/proc"]  # to the kernel, a student of root is root: /proc/sys
    return [*command, "--info-fd", str(info), "--", shutil.which("cat") or "/bin/cat"]


def _read_all(fd: int) -> bytes:
    data = b""
    with open(fd, "rb") as pipe:
        while not data.rstrip().endswith(b"}"):
            part = pipe.read1(4096)
            if not part:
                break
            data += part
    return data


def enter(pidfd: int) -> None:
    """Move this process's future children into a sandbox. Only for a process with one thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(pidfd, sum(CLONE_FLAGS.values())) != 0:
        raise OSError(ctypes.get_errno(), "the sandbox could not be entered")
    os.chdir(HOME)


def give_up_privileges() -> None:
    """Drop every capability, for good."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing) != 0 or libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the privileges could not be given up")
    refuse_needless()
