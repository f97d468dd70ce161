"""How many threads compute: BLAS and PyTorch take every processor that they see, each for itself.

Two programs that do so wait for each other's threads and are slower than one after the other; in a
container whose quota is smaller than the machine, one is enough. So long trainings ask for
``usable_processors``, and a notebook computes with one thread: its matrices are small, and others
run beside it. Whoever sets OMP_NUM_THREADS before Python starts decides instead.
"""

import math
import os
import sys
from pathlib import Path, PurePosixPath

VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # read when BLAS loads
CGROUPS = Path("/sys/fs/cgroup")
OWN_GROUPS = Path("/proc/self/cgroup")


def usable_processors() -> int:
    """Processors that this process can keep busy: those it may run on, or its quota if smaller.

    The quota is that of its control group and of the groups around it, on Linux; 1 at least.
    """
    linux = hasattr(os, "sched_getaffinity")
    seen = len(os.sched_getaffinity(0)) if linux else os.cpu_count() or 1
    return max(1, math.floor(min(seen, _quota())))


def chosen_elsewhere() -> bool:
    """Whether somebody has set the number of threads before Python started."""
    return any(os.environ.get(name) for name in VARIABLES)


def compute_with(threads: int) -> None:
    """Let BLAS, PyTorch and the processes started from now on use this many threads each.

    What is loaded already is told as well, as far as threadpoolctl is installed.
    """
    os.environ.update(dict.fromkeys(VARIABLES, str(threads)))
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
    if "numpy" in sys.modules:
        try:
            from threadpoolctl import threadpool_limits
        except ImportError:  # the library alone: NumPy is all that it needs
            return
        threadpool_limits(threads)


def _quota() -> float:
    """Processors that the control groups of this process allow, infinity if they say nothing.

    Source: Documentation/admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst of Linux.
    """
    try:
        lines = OWN_GROUPS.read_text().splitlines()
    except OSError:
        return math.inf
    found = [math.inf]
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        home = CGROUPS / "cpu" if controllers else CGROUPS
        group = PurePosixPath(path)
        found += [_quota_of(home / str(one).lstrip("/")) for one in (group, *group.parents)]
    return min(found)


def _quota_of(group: Path) -> float:
    try:
        if (group / "cpu.max").is_file():  # version 2: "50000 100000", or "max 100000"
            quota, period = (group / "cpu.max").read_text().split()
        else:
            quota = (group / "cpu.cfs_quota_us").read_text()
            period = (group / "cpu.cfs_period_us").read_text()
        return float(quota) / float(period) if quota != "max" and float(quota) > 0 else math.inf
    except (OSError, ValueError):
        return math.inf
