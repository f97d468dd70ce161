import json
import os
import subprocess
import sys

import pytest

from course_lib import threads

COUNT = """
import json, os, sys
{first}
import numpy
import course_lib
{then}
from threadpoolctl import threadpool_info
print(json.dumps([
    os.environ.get("OMP_NUM_THREADS"),
    sorted({{pool["num_threads"] for pool in threadpool_info()}}),
    "torch" in sys.modules and sys.modules["torch"].get_num_threads(),
]))
"""


def counted(first="", then="", **variables):
    """OMP_NUM_THREADS, the sizes of all pools and PyTorch's threads in a Python of its own."""
    environment = {name: text for name, text in os.environ.items() if "NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", COUNT.format(first=first, then=then)],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_notebook_computes_with_one_thread_though_numpy_came_first():
    assert counted("import ipykernel") == ["1", [1], False]


@pytest.mark.slow
def test_so_does_pytorch_before_and_after():
    assert counted("import ipykernel, torch") == ["1", [1], 1]
    assert counted("import ipykernel", "import torch") == ["1", [1], 1]


def test_who_sets_the_number_decides():
    assert counted("import ipykernel", OMP_NUM_THREADS="2")[:2] == ["2", [2]]


def test_a_program_is_left_alone():
    assert counted()[0] is None


def test_a_program_can_choose():
    assert counted(then="from course_lib import threads; threads.compute_with(3)")[:2] == ["3", [3]]


@pytest.fixture
def groups(tmp_path, monkeypatch):
    """Write the files of control groups, by their path below /sys/fs/cgroup, and this process's."""

    def write(own, files):
        (tmp_path / "own").write_text(own)
        for name, text in files.items():
            path = tmp_path / "cgroup" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    monkeypatch.setattr(threads, "CGROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(threads, "OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    return write


PERIOD = {"cpu/cpu.cfs_period_us": "100000\n"}


@pytest.mark.parametrize(
    ("own", "files", "wanted"),
    [
        ("0::/\n", {"cpu.max": "max 100000\n"}, 8),
        ("0::/\n", {"cpu.max": "250000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "50000 100000\n"}, 1),  # half a processor: still one thread
        ("0::/a/b\n", {"a/cpu.max": "300000 100000", "a/b/cpu.max": "max 100000"}, 3),
        ("0::/a/b\n", {"a/cpu.max": "900000 100000", "a/b/cpu.max": "400000 100000"}, 4),
        ("0::/\n", {"cpu.max": "1600000 100000\n"}, 8),  # more than there are
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "200000\n", **PERIOD}, 2),
        ("4:cpu:/\n", {"cpu/cpu.cfs_quota_us": "-1\n", **PERIOD}, 8),
        ("4:cpu:/pod/1\n", {"cpu/cpu.cfs_quota_us": "100000\n", **PERIOD}, 1),
        ("4:memory:/\n0::/\n", {"memory/cpu.max": "100000 100000"}, 8),
        ("0::/gone\n", {}, 8),
        ("0::/\n", {"cpu.max": "nonsense\n"}, 8),
    ],
)
def test_processors_are_counted_up_to_the_quota(groups, own, files, wanted):
    groups(own, files)
    assert threads.usable_processors() == wanted


def test_without_control_groups_all_processors_count(groups, tmp_path):
    assert not (tmp_path / "own").exists()
    assert threads.usable_processors() == 8
