"""A process that has imported what a notebook needs, and forks one that is ready to run it.

``main`` is the process: it imports modules, then forks a student side or a test side for each
request over a socket. ``ForkServer`` asks. It holds no notebook, no test and no name of a student,
ever. ``WarmProcesses`` starts the two of an examination.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from course_lib import threads
from course_lib.grading.examination import zygote
from course_lib.grading.examination.protocol.channel import Channel
from course_lib.grading.examination.sandbox import bubblewrap
from course_lib.grading.examination.sandbox.limits import Limits, limit_memory, set_limits

if TYPE_CHECKING:
    from course_lib.grading.examination.shell import Shell

START_SECONDS = 120
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")  # of the environment
STUDENT, TESTS = "student", "tests"
MODULE, GRADER = __name__, __name__.partition(".")[0]
PACKAGE = MODULE.rpartition(".")[0]
SIDES = {  # module and class that serve
    STUDENT: (f"{PACKAGE}.student_side", "StudentSide"),
    TESTS: (f"{PACKAGE}.test_side", "TestSide"),
}
Side = tuple[Iterable[str], Iterable[str | Path]]


class WarmProcesses:
    """The fork servers of both sides, which come from one ``zygote``.

    student, tests: (modules to import in advance as far as they are there, folders where Python
    looks first, such as a library from which answers were withheld). separate: packages of which
    neither has what the other has.
    """

    def __init__(self, student: Side, tests: Side, separate: Iterable[str]) -> None:
        separate = [GRADER, *separate]
        modules = zygote.shared_modules(student[0], tests[0], separate)
        settings = {"modules": modules, "separate": separate, "run": MODULE}
        pairs = [socket.socketpair(type=socket.SOCK_SEQPACKET) for _ in (student, tests)]
        theirs = [their.fileno() for _, their in pairs]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= dict.fromkeys(threads.VARIABLES, "1")
        environment |= {"PYTHONSAFEPATH": "1", "NBGRADER_EXECUTION": "autograde"}
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, zygote.__file__, json.dumps(settings), *map(str, theirs)],
            pass_fds=theirs,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            cwd="/",
            start_new_session=True,  # so that all of them can be ended at once
        )
        for _, their in pairs:
            their.close()
        self.student, self.tests = (
            ForkServer(ours, side, self.errors)
            for (ours, _), side in zip(pairs, (student, tests), strict=True)
        )

    @property
    def alive(self) -> bool:
        """Whether both are there; the kernel may have ended one for want of memory."""
        return self.student.alive and self.tests.alive

    def close(self) -> None:
        for server in self.student, self.tests:
            server.socket.close()
        try:  # they end by themselves, but not while they import
            self.process.wait(5 if self.student.ready and self.tests.ready else 0)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.errors.close()


class ForkServer:
    """A warm process, at the other end of ``socket``: each message is one packet.

    side: what it imports, and from where. errors: the file that it writes its errors into.
    """

    def __init__(self, socket: socket.socket, side: Side, errors: IO[bytes]) -> None:
        self.socket, self.errors = socket, errors
        self.ready, self._lock = False, threading.Lock()
        modules, paths = side
        told = {"modules": list(modules), "paths": list(map(str, paths))}
        with contextlib.suppress(OSError):  # it has ended: ``wait`` says how
            self.socket.send(json.dumps(told).encode())

    @property
    def alive(self) -> bool:
        """Whether the process is there, as far as its end of the socket tells."""
        hung_up = select.poll()
        hung_up.register(self.socket, 0)
        return not hung_up.poll(0)

    def wait(self) -> None:
        """Until the imports are done, which go on by themselves; ``OSError`` if they failed."""
        with self._lock:
            if not self.ready:
                self.socket.settimeout(START_SECONDS)
                with contextlib.suppress(ConnectionError):
                    self.ready = self.socket.recv(1) == b"+"
            if not self.ready:
                self.errors.seek(0)
                raise OSError(self.errors.read().decode(errors="replace")[-2000:])

    def fork(
        self,
        side: str,
        limits: Limits,
        sandbox: bubblewrap.Sandbox | None = None,
        folder: str | None = None,
        processor: int | None = None,
    ) -> Child:
        """A new ``Child`` that is a STUDENT or TESTS side, in ``sandbox`` or else in ``folder``.

        A student side without either gets a new folder of its own, for as long as it lives.
        processor: where it computes, if it is in a sandbox.
        """
        self.wait()
        own = None
        if sandbox is None and folder is None:
            own = tempfile.TemporaryDirectory(prefix="student-", ignore_cleanup_errors=True)
            folder = own.name
        ours, theirs = socket.socketpair()
        status, status_write = os.pipe()
        order = {"side": side, "limits": asdict(limits), "sandboxed": sandbox is not None}
        group = str(sandbox.group.members) if sandbox is not None and sandbox.group else None
        order |= {"folder": folder, "processor": processor, "group": group}
        fds = [theirs.fileno(), status_write]
        if sandbox is not None and sandbox.pidfd is not None:
            fds.append(sandbox.pidfd)
        try:
            socket.send_fds(self.socket, [json.dumps(order).encode()], fds)
        finally:
            theirs.close()
            os.close(status_write)
        return Child(Channel(ours), open(status, "rb", buffering=0), sandbox, own)


class Child:
    """A forked process: its channel, its sandbox if it has one, and how it ended.

    status: a pipe on which its parent writes its number and then its exit code. folder: its own,
    removed with it.
    """

    def __init__(
        self,
        channel: Channel,
        status: FileIO,
        sandbox: bubblewrap.Sandbox | None,
        folder: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self.channel, self.status, self.sandbox, self.folder = channel, status, sandbox, folder
        pid = int(status.readline() or 0)
        self.pidfd = None  # a file: a number could by now be another's
        with contextlib.suppress(ProcessLookupError):
            self.pidfd = os.pidfd_open(pid) if pid else None

    def interrupt(self) -> None:
        """As Ctrl-C would."""
        self._send(signal.SIGINT)

    def _send(self, what: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.pidfd is not None:
                signal.pidfd_send_signal(self.pidfd, what)

    def end(self, wait: bool = False) -> str:
        """Make sure that it and all that it started are gone; its exit code, as text.

        wait: it is ending by itself, so let it say how.
        """
        if wait:
            select.select([self.status], [], [], 1)
        if self.sandbox:
            self.sandbox.close()
        else:
            self._send(signal.SIGKILL)
        if self.pidfd is not None:
            os.close(self.pidfd)
            self.pidfd = None
        self.channel.close()
        code = self.status.readline().decode().strip()
        self.status.close()
        if self.folder is not None:
            self.folder.cleanup()
        return code


def main(orders: socket.socket, modules: Iterable[str]) -> NoReturn:
    """Import, then fork for each order until the other end is gone."""
    from course_lib.grading.examination.shell import new_shell

    zygote.import_all([*(module for module, _ in SIDES.values()), *modules])
    shell = new_shell()
    orders.send(b"+")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children here
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 4096, 3)
        if not order:
            os._exit(0)  # with PyTorch, Python would clear up for a second
        if os.fork() == 0:
            orders.close()
            _become_parent(json.loads(order), fds, shell)
        for one in fds:
            os.close(one)


def _become_parent(order: dict[str, Any], fds: list[int], shell: Shell) -> NoReturn:
    """In the fork: enter the sandbox, then fork again: only children are in its namespace."""
    channel, status = fds[:2]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    limits = Limits(**order["limits"])
    try:
        group = _open_group(order["group"])  # its file is out of sight once we are inside
        if order["sandboxed"]:
            bubblewrap.enter(fds[2], order["processor"])
            os.close(fds[2])
        child = os.fork()
        if child == 0:
            if group is not None:
                with contextlib.suppress(OSError):  # then its use is only counted
                    os.write(group, b"0")  # this process
            os.close(status)
            _become_side(order, channel, limits, shell)
        os.close(channel)
        os.write(status, f"{child}\n".encode())
        _, code = os.waitpid(child, 0)
        os.write(status, f"{os.waitstatus_to_exitcode(code)}\n".encode())
    finally:
        os._exit(0)


def _open_group(members: str | None) -> int | None:
    """The file to write to in order to join a control group; None if there is none any more."""
    with contextlib.suppress(OSError):
        return os.open(members, os.O_WRONLY) if members else None
    return None


def _become_side(order: dict[str, Any], fd: int, limits: Limits, shell: Shell) -> NoReturn:
    try:
        os.setsid()  # else a signal to its group would reach us all, also from inside a sandbox
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.dup2(fd, 3)
        os.closerange(4, 4096)
        null = os.open(os.devnull, os.O_RDWR)  # the sandbox's own: no mark on it stays
        for stream in 0, 1, 2:  # what bypasses Python's own streams goes nowhere
            os.dup2(null, stream)
        os.close(null)
        channel = Channel(socket.socket(fileno=3))
        if order["sandboxed"]:
            bubblewrap.give_up_privileges()
            os.environ["HOME"] = bubblewrap.HOME
        else:
            os.chdir(order["folder"])
        if order["side"] == STUDENT:
            set_limits(limits)
        else:
            limit_memory(limits.memory)  # what a student's process sends could grow here
        module, side = SIDES[order["side"]]
        getattr(importlib.import_module(module), side)(channel, shell).serve()
    finally:
        os._exit(0)
