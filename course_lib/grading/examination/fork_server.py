"""A process that has imported what a notebook needs, and forks one that is ready to run it.

``python -m course_lib.grading.examination.fork_server FD MODULE ...`` is the process: it imports
the modules, then forks a student's side or a tests' side for each request over the socket FD.
``ForkServer`` starts it and asks. It holds no notebook, no test and no name of a student, ever.
"""

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from dataclasses import asdict

from course_lib.grading.examination.protocol.channel import Channel
from course_lib.grading.examination.sandbox import bubblewrap

START_SECONDS = 120
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")
PACKAGE = "course_lib.grading.examination"  # this file runs as __main__, too
ROLES = {  # module and class that serve
    "student": (f"{PACKAGE}.student_side", "StudentSide"),
    "tests": (f"{PACKAGE}.test_side", "TestSide"),
}
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class ForkServer:
    """A warm process.

    modules: to import in advance, as far as they are there. paths: folders where Python looks
    first, such as a library from which answers were withheld.
    """

    def __init__(self, modules=(), paths=()):
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)  # an order is one packet
        self.socket = ours
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= dict.fromkeys(ONE_THREAD, "1")
        environment |= {"PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONSAFEPATH": "1"}
        environment |= {"NBGRADER_EXECUTION": "autograde"}
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        command = [
            sys.executable,
            "-m",
            f"{PACKAGE}.fork_server",
            str(theirs.fileno()),
        ]
        self.process = subprocess.Popen(
            [*command, *modules],
            pass_fds=(theirs.fileno(),),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            cwd="/",
        )
        theirs.close()
        self.ready, self.turn = False, threading.Lock()

    def wait(self):
        """Until the imports are done, which go on by themselves; ``OSError`` if they failed."""
        with self.turn:
            if not self.ready:
                self.socket.settimeout(START_SECONDS)
                self.ready = self.socket.recv(1) == b"+"
            if not self.ready:
                self.errors.seek(0)
                raise OSError(self.errors.read().decode(errors="replace")[-2000:])

    def fork(self, role, limits, room=None, folder=None):
        """A new ``Child`` in the role "student" or "tests", in the jail ``room`` or a folder.

        A candidate without a jail gets a new folder of its own.
        """
        self.wait()
        ours, theirs = socket.socketpair()
        told, tell = os.pipe()
        order = {"role": role, "limits": asdict(limits), "jailed": room is not None}
        order = json.dumps(order | {"folder": folder and str(folder)})
        fds = [theirs.fileno(), tell] + ([room.pidfd] if room else [])
        try:
            socket.send_fds(self.socket, [order.encode()], fds)
        finally:
            theirs.close()
            os.close(tell)
        return Child(Channel(ours), open(told, "rb", buffering=0), room)

    def close(self):
        self.socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()
        self.errors.close()


class Child:
    """A forked process: its channel, and how it ended."""

    def __init__(self, channel, told, room):
        self.channel, self.told, self.room = channel, told, room
        pid = int(told.readline() or 0)
        self.process = None  # a file: a number could by now be another's
        with contextlib.suppress(ProcessLookupError):
            self.process = os.pidfd_open(pid) if pid else None

    def interrupt(self):
        """As Ctrl-C would."""
        self._send(signal.SIGINT)

    def _send(self, what):
        with contextlib.suppress(ProcessLookupError):
            if self.process is not None:
                signal.pidfd_send_signal(self.process, what)

    def end(self, wait=False):
        """Make sure that it and all that it started are gone; its exit code, as text.

        wait: it is ending by itself, so let it say how.
        """
        if wait:
            select.select([self.told], [], [], 1)
        if self.room:
            self.room.close()
        else:
            self._send(signal.SIGKILL)
        if self.process is not None:
            os.close(self.process)
            self.process = None
        self.channel.close()
        status = self.told.readline().decode().strip()
        self.told.close()
        return status


def main(fd, *modules):
    """Import, then fork for each order until the other end is gone."""
    from course_lib.grading.examination.shell import new_shell

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in (*(module for module, _ in ROLES.values()), *modules):
            with contextlib.suppress(Exception):
                importlib.import_module(module)
    shell = new_shell()
    orders = socket.socket(fileno=int(fd))
    orders.send(b"+")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children here
    while True:
        order, fds, _, _ = socket.recv_fds(orders, 4096, 3)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _grow_up(json.loads(order), fds, shell)
        for one in fds:
            os.close(one)


def _grow_up(order, fds, shell):
    """In the fork: enter the jail, then fork again, for a process cannot change its own number."""
    wire, tell = fds[:2]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    limits = bubblewrap.Limits(**order["limits"])
    try:
        if order["jailed"]:
            bubblewrap.step_in(fds[2])
            os.close(fds[2])
        child = os.fork()
        if child == 0:
            os.close(tell)
            _live(order, wire, limits, shell)
        os.close(wire)
        os.write(tell, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(tell, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    finally:
        os._exit(0)


def _live(order, wire, limits, shell):
    try:
        os.setsid()  # else a signal to its group would reach us all, also from inside a jail
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.dup2(wire, 3)
        os.closerange(4, 4096)
        for stream in 1, 2:  # what bypasses Python's own streams goes nowhere
            os.dup2(0, stream)
        channel = Channel(socket.socket(fileno=3))
        if order["role"] == "student":
            if order["jailed"]:
                bubblewrap.give_up_privileges()
                os.environ["HOME"] = bubblewrap.HOME
            else:
                os.chdir(order["folder"] or tempfile.mkdtemp(prefix="candidate-"))
            bubblewrap.set_limits(limits)
        else:
            os.chdir(order["folder"])
            memory = limits.memory  # what a student's process sends could grow here
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        module, side = ROLES[order["role"]]
        getattr(importlib.import_module(module), side)(channel, shell).serve()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
