"""A plugin for pytest: the CPU seconds of each file and of its slowest test, whoever computes them.

    .venv/bin/python -m pytest -p tests.cpu_time -p no:nbval -o addopts= tests/unit/grading

Tests start kernels, browsers and sandboxes for which nobody waits, so the times of a process and
its children miss them; a control group of Linux counts them all. CPU seconds say on a busy machine
what the clock can't. Root alone may make a control group.
"""

import os
import time
from collections import defaultdict
from pathlib import Path

import pytest

VERSION_1, VERSION_2 = Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup")


class CpuTime:
    def __init__(self):
        parent = VERSION_1 if VERSION_1.is_dir() else VERSION_2
        self.group = parent / f"tests-{os.getpid()}"
        self.group.mkdir()
        (self.group / "cgroup.procs").write_text(str(os.getpid()))
        self.tests = defaultdict(list)  # by file: (CPU seconds, seconds, name)

    def cpu(self):
        """Seconds that all processes of the group have computed."""
        if (usage := self.group / "cpuacct.usage").exists():
            return int(usage.read_text()) / 1e9
        return int((self.group / "cpu.stat").read_text().split()[1]) / 1e6

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        cpu, clock = self.cpu(), time.monotonic()
        result = yield
        file, _, name = item.nodeid.partition("::")
        self.tests[file].append((self.cpu() - cpu, time.monotonic() - clock, name))
        return result

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section("CPU seconds, seconds, file, slowest test")
        totals = {file: sum(cpu for cpu, _, _ in tests) for file, tests in self.tests.items()}
        for file, cpu in sorted(totals.items(), key=lambda pair: -pair[1]):
            clock = sum(seconds for _, seconds, _ in self.tests[file])
            most, _, name = max(self.tests[file])
            terminalreporter.line(f"{cpu:8.1f} {clock:8.1f}  {file}  ({most:.1f} {name})")
        terminalreporter.line(f"{self.cpu():8.1f} in all, with what collecting took")


def pytest_configure(config):
    config.pluginmanager.register(CpuTime())
