"""How much a student's process may use, and the limits that the kernel keeps by itself."""

import resource
from dataclasses import dataclass

PAGE = resource.getpagesize()


@dataclass(frozen=True)
class Limits:
    """What a student's process may use. Seconds, bytes, processes."""

    cell: float = 120
    call: float = 60
    notebook: float = 900
    memory: int = 3 * 2**30
    disk: int = 256 * 2**20
    file: int = 64 * 2**20
    processes: int = 64

    @property
    def files(self) -> int:
        """Bytes of the files handed in beside a notebook: half of the disk stays free."""
        return self.disk // 2


def set_limits(limits: Limits) -> None:
    """Limits that the kernel keeps for each process by itself, this one and its children."""
    for what, limit in (
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_AS, _mapped() + 2 * limits.memory),  # also what is shared
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CPU, int(limits.notebook) + 60),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, 256),  # of all of a user's processes: the kernel's memory
    ):
        resource.setrlimit(what, (limit, limit))


def limit_memory(bytes_: int) -> None:
    """Let this process hold no more than so many bytes of data."""
    resource.setrlimit(resource.RLIMIT_DATA, (bytes_, bytes_))


def _mapped() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * PAGE
