"""Why there is no sandbox, with a bwrap that says what the real one says on such machines."""

import os
import stat
import subprocess
from types import SimpleNamespace

import pytest

from course_lib.grading.examination.sandbox import diagnosis, seccomp

APPARMOR = "kernel/apparmor_restrict_unprivileged_userns"
UID_MAP = "bwrap: setting up uid map: Permission denied"
NO_NAMESPACE = (
    "bwrap: No permissions to create new namespace, likely because the kernel does not allow "
    "non-privileged user namespaces."
)


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with this bwrap, these settings of the kernel and this container."""

    def have(said="", version="0.9.0", settings=None, container="", user=1000):
        script = tmp_path / "bwrap"
        script.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo "bubblewrap {version}" && exit\n'
            f"echo '{said}' >&2\nexit 1\n"
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(diagnosis, "_setting", lambda name: (settings or {}).get(name, ""))
        monkeypatch.setattr(diagnosis, "_container", lambda: container)
        monkeypatch.setattr(diagnosis.os, "geteuid", lambda: user)
        return diagnosis.missing()

    return have


def test_an_old_bubblewrap_is_named_with_the_version_that_is_needed(machine):
    told = machine("bwrap: Unknown option --size", version="0.6.1")
    assert "bubblewrap 0.6.1 is too old, 0.7 or newer is needed" in told
    assert "namespaces" not in told
    assert "0.6.1 is too old" in machine("bwrap: something else", version="0.6.1")


@pytest.mark.parametrize(
    "said", [UID_MAP, "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted"]
)
def test_apparmor_is_named_with_its_profile(machine, said):
    told = machine(said, settings={APPARMOR: "1"})
    assert "AppArmor" in told
    assert "/etc/apparmor.d/bwrap" in told
    assert "unprivileged_userns_clone" not in told
    assert said in told
    assert "AppArmor" not in machine(said, settings={APPARMOR: "0"})


@pytest.mark.parametrize("name", ["user/max_user_namespaces", "kernel/unprivileged_userns_clone"])
def test_switched_off_namespaces_are_named_with_their_switch(machine, name):
    told = machine(NO_NAMESPACE, settings={name: "0"})
    assert f"sysctl -w {name.replace('/', '.')}=1" in told


def test_a_container_is_named_with_its_options(machine):
    told = machine(NO_NAMESPACE, container="Docker")
    assert "container (Docker)" in told
    assert "--security-opt seccomp=unconfined" in told


def test_the_limit_of_namespaces_is_named(machine):
    assert "Raise" in machine("bwrap: Creating new namespace failed: No space left on device")


def test_what_nobody_knows_is_told_as_it_came(machine):
    told = machine("bwrap: the moon is full")
    assert "for a reason that we don't know" in told
    assert "the moon is full" in told


def test_no_bubblewrap_at_all(monkeypatch):
    monkeypatch.setattr(diagnosis.shutil, "which", lambda _: None)
    assert "apt-get install bubblewrap" in diagnosis.missing()


def test_another_system_processor_or_kernel(monkeypatch):
    monkeypatch.setattr(seccomp, "available", lambda: False)
    assert "no seccomp" in diagnosis.missing()
    monkeypatch.setattr(diagnosis.platform, "machine", lambda: "riscv64")
    assert "this is riscv64" in diagnosis.missing()
    monkeypatch.setattr(diagnosis.sys, "platform", "darwin")
    assert "runs on Linux alone" in diagnosis.missing()


@pytest.mark.sandbox
def test_a_sandbox_that_nobody_may_enter(monkeypatch):
    class NothingMade:
        def __init__(self, *_):
            pass

        def close(self):
            pass

    done = SimpleNamespace(returncode=1, stderr="[Errno 1] the sandbox could not be entered")
    monkeypatch.setattr(diagnosis, "Sandbox", NothingMade)
    monkeypatch.setattr(diagnosis.shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    diagnosis._entering.cache_clear()
    assert "may not join it" in diagnosis.missing()
    diagnosis._entering.cache_clear()


@pytest.mark.sandbox
def test_here_it_can_be_made_and_entered():
    diagnosis._entering.cache_clear()
    assert diagnosis.missing() == ""
