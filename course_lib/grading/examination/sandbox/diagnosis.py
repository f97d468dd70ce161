"""Why this machine can make no sandbox, and what to do about it.

bubblewrap says what failed, not why; the cause is found in the kernel's settings and in where we
run. docs/grading.md has the ways out at length, under "When there is no sandbox".
"""

from __future__ import annotations

import functools
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from course_lib.grading.examination.sandbox import bubblewrap, seccomp
from course_lib.grading.examination.sandbox.bubblewrap import Sandbox
from course_lib.grading.examination.sandbox.limits import Limits
from course_lib.grading.examination.sandbox.processors import usable

OLDEST = (0, 7)  # of bubblewrap: the first that knows --size
APPARMOR = "kernel/apparmor_restrict_unprivileged_userns"
SWITCHES = {  # in /proc/sys: the value that switches user namespaces off, and a good one
    "user/max_user_namespaces": ("0", "15000"),
    "kernel/unprivileged_userns_clone": ("0", "1"),
}
PROFILE = "/etc/apparmor.d/bwrap"
MODULE = __spec__.name  # also where this file runs as __main__
MORE = 'See "When there is no sandbox" in docs/grading.md.'


def missing() -> str:
    """Why there can be no sandbox on this machine, and the way out; "" if there can."""
    if sys.platform != "linux":
        return "the sandbox is built on bubblewrap, which runs on Linux alone."
    if platform.machine() not in seccomp.ARCHITECTURES:
        known = " and ".join(seccomp.ARCHITECTURES)
        return f"the sandbox knows processors of kind {known}, and this is {platform.machine()}."
    if not seccomp.available():
        return (
            "this kernel has no seccomp, with which the sandbox refuses system calls (gVisor and "
            "old WSL have none). Grade on a machine with a usual Linux kernel."
        )
    if shutil.which("bwrap") is None:
        return (
            "bubblewrap is not installed (Debian and Ubuntu: apt-get install bubblewrap; Fedora "
            "and RHEL: dnf install bubblewrap)."
        )
    try:
        Sandbox([], Limits()).close()
    except (OSError, ValueError) as error:
        return cause(str(error))
    return _entering()


def cause(said: str) -> str:
    """What stands behind a message of bubblewrap's, and the way out."""
    version = _version()
    if "nknown option" in said or (version and version < OLDEST):
        return (
            f"bubblewrap {_dotted(version)} is too old, {_dotted(OLDEST)} or newer is needed. "
            "Where the system has none (Ubuntu 22.04, Debian 11, RHEL 8 and 9), install a newer "
            f"one from its source and put it first on PATH. {MORE}"
        )
    if _setting(APPARMOR) == "1" and os.geteuid() != 0:
        return (
            "AppArmor keeps bubblewrap from making user namespaces, as on Ubuntu 23.10 and later "
            "(sysctl kernel.apparmor_restrict_unprivileged_userns is 1). Allow it with a profile "
            f"for bwrap in {PROFILE}. {MORE} bubblewrap said: {said}"
        )
    for name, (off, good) in SWITCHES.items():
        if _setting(name) == off:
            name = name.replace("/", ".")
            return (
                f"user namespaces are switched off: {name} is {off}. Switch them on: sysctl -w "
                f"{name}={good}, and in /etc/sysctl.d to keep it so. bubblewrap said: {said}"
            )
    if "ENOSPC" in said or "No space left" in said:
        return (
            "there are as many namespaces as sysctl user.max_user_namespaces and its neighbours "
            f"allow, or they are nested too deep. Raise these limits. bubblewrap said: {said}"
        )
    if container := _container():
        return (
            f"this is a container ({container}), and it does not allow a sandbox inside it. Start "
            "it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
            "--security-opt systempaths=unconfined (Docker; Podman: unmask=ALL in place of the "
            "last), in Kubernetes with seccompProfile Unconfined and procMount Unmasked, or grade "
            f"on a virtual machine. {MORE} bubblewrap said: {said}"
        )
    return (
        "bubblewrap can't make a sandbox here, for a reason that we don't know. "
        f"{MORE} It said: {said}"
    )


@functools.cache
def _entering() -> str:
    """Why a process of ours can't join a sandbox and be confined there; "" if it can."""
    done = subprocess.run(
        [sys.executable, "-m", MODULE],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # who has threads can't join
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode == 0:
        return ""
    return (
        "bubblewrap makes a sandbox here, but our process may not join it or give up its rights; "
        f"a container or a security module forbids it. {MORE} It said: {done.stderr[-500:]}"
    )


def _version() -> tuple[int, ...]:
    """Of bubblewrap; () if it does not say."""
    try:
        done = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, timeout=10)
        return tuple(int(part) for part in done.stdout.split()[-1].split("."))
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        return ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _setting(name: str) -> str:
    """Of the kernel; "" if it has none of that name."""
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""


def _container() -> str:
    """The kind of container that we run in; "" if it looks like none."""
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return "Kubernetes"
    if Path("/.dockerenv").exists():
        return "Docker"
    if Path("/run/.containerenv").exists():
        return "Podman"
    return os.environ.get("container", "")  # noqa: SIM112  # so do systemd-nspawn, LXC


def enter_one() -> None:
    """Join a sandbox and give up all rights; ``OSError`` if something forbids it."""
    sandbox = Sandbox([], Limits())
    if sandbox.group is not None:
        sandbox.group.close()  # from inside it is out of sight
    assert sandbox.pidfd is not None
    bubblewrap.enter(sandbox.pidfd, min(usable()))
    bubblewrap.give_up_privileges()


if __name__ == "__main__":
    try:
        enter_one()
    except OSError as error:
        sys.exit(str(error))
    os._exit(0)  # what would be cleaned up is out of reach
