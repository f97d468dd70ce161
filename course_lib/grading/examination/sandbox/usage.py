"""How much memory and how many processes there are in a sandbox.

It is asked ten times a second, also while thousands of processes multiply in there: too many are
noticed from the names in /proc alone, before a single file is read.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PER_FILE = 2048  # bytes that the kernel needs to know a file, also an empty one
PER_DESCRIPTOR = 212_992  # bytes that can wait in a socket: net.core.wmem_default
TICKS = os.sysconf("SC_CLK_TCK")  # a second, in which the kernel counts processor time
FREE_DESCRIPTORS = 512  # of all processes together, before they count as full


class Used(NamedTuple):
    """What a sandbox uses.

    memory: bytes, at least what is held; pages that processes share count for each. processes: with
    threads, and with those that have ended and nobody has asked how.
    """

    memory: int
    processes: int


def used(root: Path, folders: tuple[str, ...], most: int) -> Used:
    """What is used in the sandbox whose files are at ``root``; ``folders`` of it are in memory.

    Of more than ``most`` processes it only says how many there are.
    """
    names = _processes(root)
    if len(names) > most:
        return Used(0, len(names))
    memory = sum(_on_disk(root / folder) for folder in folders)
    threads = descriptors = 0
    for name in names:
        status = _fields(root / "proc" / name / "status")
        threads += status.get("Threads", 1)
        if threads > most:
            break
        memory += status.get("RssAnon", 0) + status.get("VmPTE", 0)
        descriptors += _descriptors(root / "proc" / name, status.get("FDSize", 0))
    memory += max(0, descriptors - FREE_DESCRIPTORS) * PER_DESCRIPTOR
    return Used(memory, threads)


def shared(root: Path) -> int:
    """Bytes that ``used`` counts too often, because several processes have them.

    The kernel goes through all pages for this, so it is for when the rest is too much.
    """
    total = 0
    for name in _processes(root):
        pages = _fields(root / "proc" / name / "smaps_rollup")
        held = pages.get("Anonymous", 0)
        total += max(0, held - pages.get("Pss_Anon", held))
    return total


def processor_time(root: Path) -> float:
    """Seconds that the processes in a sandbox have computed, and those children that ended."""
    ticks = 0
    for name in _processes(root):
        with contextlib.suppress(OSError):
            after_name = (
                (root / "proc" / name / "stat").read_text(errors="replace").rpartition(")")[2]
            )
            ticks += sum(map(int, after_name.split()[11:15]))
    return ticks / TICKS


def _on_disk(folder: Path) -> int:
    try:
        disk = os.statvfs(folder)
    except OSError:  # the sandbox is gone
        return 0
    in_use = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
    return in_use + (disk.f_files - disk.f_ffree) * PER_FILE


def _descriptors(process: Path, at_most: int) -> int:
    try:
        return len(os.listdir(process / "fd"))
    except PermissionError:  # it has asked the kernel not to show them
        return at_most
    except OSError:  # it has ended
        return 0


def _processes(root: Path) -> list[str]:
    """The numbers of those inside, nobody else's."""
    with contextlib.suppress(OSError):
        return [name for name in os.listdir(root / "proc") if name.isdigit()]
    return []


def _fields(path: Path) -> dict[str, int]:
    """The lines "Name: NUMBER" and "Name: NUMBER kB" of a file, in bytes; none if it is gone."""
    try:
        lines: Iterable[str] = path.read_text(errors="replace").splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        name, _, value = line.partition(":")
        number, _, unit = value.strip().partition(" ")
        if number.isdigit():
            found[name] = int(number) * (1024 if unit == "kB" else 1)
    return found
