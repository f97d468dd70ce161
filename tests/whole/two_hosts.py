"""Two hosts on one machine: network namespaces joined by a cable that can be pulled out.

Nothing leaves them: each has its loopback and one end of the cable.
"""

import contextlib
import os
import shutil
import subprocess

import pytest

GRADER, WORKER = "10.77.0.1", "10.77.0.2"


class Hosts:
    """``at`` says on which host a command is run; the cable is in until ``cut``."""

    def __init__(self):
        self.names = {
            GRADER: f"course-a-{os.getpid()}",
            WORKER: f"course-b-{os.getpid()}",
        }

    def make(self):
        first, second = self.names.values()
        for name in self.names.values():
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip(
            "link", "add", "cable", "netns", first, "type", "veth", "peer", "cable", "netns", second
        )
        for address, name in self.names.items():
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "cable")
            _ip("-n", name, "link", "set", "cable", "up")

    def remove(self):
        for name in self.names.values():
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)

    def at(self, address):
        """What to put before a command that is to run on the host with this address."""
        return ["nsenter", f"--net=/run/netns/{self.names[address]}"]

    def cut(self):
        _ip("-n", self.names[WORKER], "link", "set", "cable", "down")

    def join(self):
        _ip("-n", self.names[WORKER], "link", "set", "cable", "up")


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


@contextlib.contextmanager
def two_hosts():
    """The hosts; the test is skipped, with the reason, where there can be none."""
    if missing := [name for name in ("ip", "nsenter", "openssl") if shutil.which(name) is None]:
        pytest.skip(f"{missing[0]} is not installed")
    hosts = Hosts()
    try:
        try:
            hosts.make()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"network namespaces can't be made here: {error.stderr.strip()}")
        yield hosts
    finally:
        hosts.remove()
