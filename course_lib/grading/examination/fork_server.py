"""A process that has imported what a notebook needs, and forks one that is ready to run it.

``python -m course_lib.grading.examination.fork_server FD MODULE ...`` is the process: it imports
the modules, then forks a student side or a test side for each request over the socket FD.
``ForkServer`` starts it and asks. It holds no notebook, no test and no name of a student, ever.
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
import warnings
from collections.abc import Iterable
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from course_lib import threads
from course_lib.grading.examination.protocol.channel import Channel
from course_lib.grading.examination.sandbox import bubblewrap
from course_lib.grading.examination.sandbox.limits import Limits, limit_memory, set_limits

if TYPE_CHECKING:
    from course_lib.grading.examination.shell import Shell

START_SECONDS = 120
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)  # sent to whole groups
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")  # of the environment
STUDENT, TESTS = "student", "tests"
MODULE = __spec__.name  # also where this file runs as __main__
PACKAGE = MODULE.rpartition(".")[0]
SIDES = {  # module and class that serve
    STUDENT: (f"{PACKAGE}.student_side", "StudentSide"),
    TESTS: (f"{PACKAGE}.test_side", "TestSide"),
}
FIRST_USE = {  # what a library imports only when it is used
    "torch": ("torch._dynamo",),
    "matplotlib": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
}


class ForkServer:
    """A warm process.

    modules: to import in advance, as far as they are there. paths: folders where Python looks
    first, such as a library from which answers were withheld.
    """

    def __init__(self, modules: Iterable[str] = (), paths: Iterable[str | Path] = ()) -> None:
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)  # an order is one packet
        self.socket = ours
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= dict.fromkeys(threads.VARIABLES, "1")
        environment |= {"PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONSAFEPATH": "1"}
        environment |= {"NBGRADER_EXECUTION": "autograde"}
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(theirs.fileno()), *modules],
            pass_fds=(theirs.fileno(),),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            cwd="/",
        )
        theirs.close()
        self.ready, self._lock = False, threading.Lock()

    def wait(self) -> None:
        """Until the imports are done, which go on by themselves; ``OSError`` if they failed."""
        with self._lock:
            if not self.ready:
                self.socket.settimeout(START_SECONDS)
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

    def close(self) -> None:
        self.socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()
        self.errors.close()


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


def main(fd: str, *modules: str) -> NoReturn:
    """Import, then fork for each order until the other end is gone."""
    from course_lib.grading.examination.shell import new_shell

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _import([module for module, _ in SIDES.values()])
        _import(modules)
        _import(
            [late for library in FIRST_USE if library in sys.modules for late in FIRST_USE[library]]
        )
    shell = new_shell()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children here
    for name in ENDING:  # the end comes when the grader is gone
        signal.signal(name, signal.SIG_IGN)
    orders = socket.socket(fileno=int(fd))
    orders.send(b"+")
    sandboxes: list[int] = []  # that were entered: their first processes
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 4096, 3)
        if not order:
            for one in sandboxes:  # whoever is in there may not want to end
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(one, signal.SIGKILL)
            os._exit(0)  # with PyTorch, Python would clear up for a second
        if os.fork() == 0:
            orders.close()
            _become_parent(json.loads(order), fds, shell)
        ended = select.select(sandboxes, [], [], 0)[0]
        sandboxes = [one for one in sandboxes if one not in ended] + fds[2:]
        for one in [*ended, *fds[:2]]:
            os.close(one)


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)


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
        for name in ENDING:
            signal.signal(name, signal.SIG_IGN if name == signal.SIGINT else signal.SIG_DFL)
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


if __name__ == "__main__":
    main(*sys.argv[1:])
