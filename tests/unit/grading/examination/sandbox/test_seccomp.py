"""The filter as the kernel runs it, on both kinds of processor, whichever this one is."""

import errno

import pytest

from course_lib.grading.examination.sandbox import seccomp
from course_lib.grading.examination.sandbox.system_calls import numbers

MACHINES = pytest.mark.parametrize("machine", list(seccomp.ARCHITECTURES))


def verdict(machine, number, *arguments, architecture=None):
    """What the filter says to a call, by running its steps."""
    seen = {seccomp.NUMBER: number, seccomp.ARCHITECTURE: seccomp.ARCHITECTURES[machine]}
    if architecture is not None:
        seen[seccomp.ARCHITECTURE] = architecture
    seen |= {seccomp.ARGUMENTS + 8 * index: value for index, value in enumerate(arguments)}
    steps, at, value = seccomp.program(machine), 0, 0
    while True:
        operation, if_so, if_not, operand = steps[at]
        at += 1
        if operation == seccomp.RETURN:
            return operand
        if operation == seccomp.LOAD:
            value = seen.get(operand, 0)
        elif operation == seccomp.AND:
            value &= operand
        else:
            holds = {
                seccomp.EQUAL: value == operand,
                seccomp.AT_LEAST: value >= operand,
                seccomp.ANY_BIT: bool(value & operand),
            }[operation]
            at += if_so if holds else if_not


def refused(number):
    return seccomp.REFUSE | number


@MACHINES
def test_what_programs_need_is_allowed(machine):
    number = numbers(machine)
    for name in ("read", "openat", "close", "futex", "execve", "wait4", "mremap", "getrandom"):
        assert verdict(machine, number[name]) == seccomp.ALLOW, name


@MACHINES
def test_what_the_whole_machine_shares_is_refused(machine):
    number = numbers(machine)
    names = "semget shmget msgget io_setup kcmp io_uring_setup memfd_create setns unshare mount bpf"
    names += " sched_setaffinity setpriority inotify_init1 userfaultfd keyctl ptrace pidfd_getfd"
    for name in names.split():
        assert verdict(machine, number[name]) == refused(errno.EPERM) or number[name] >= seccomp.NEW
        assert verdict(machine, number[name]) != seccomp.ALLOW, name


@MACHINES
def test_a_call_that_nobody_knows_yet_is_not_there(machine):
    for number in 470, 500, 10_000, 0x3FFFFFFF:
        assert verdict(machine, number) == refused(errno.ENOSYS)


@MACHINES
def test_locks_and_times_only_seem_to_be_set(machine):
    number = numbers(machine)
    assert verdict(machine, number["flock"]) == refused(0)
    assert verdict(machine, number["utimensat"]) == refused(0)
    assert verdict(machine, number["fcntl"], 3, 6) == refused(0)  # F_SETLK
    assert verdict(machine, number["fcntl"], 3, 3) == seccomp.ALLOW  # F_GETFL
    assert verdict(machine, number["fcntl"], 3, 10) == refused(errno.EINVAL)  # F_SETSIG


@MACHINES
def test_what_depends_on_arguments(machine):
    number = numbers(machine)
    assert verdict(machine, number["socket"], 1) == seccomp.ALLOW
    for family in 0, 2, 10, 16, 40:
        assert verdict(machine, number["socket"], family) == refused(errno.EAFNOSUPPORT)
    assert verdict(machine, number["setsockopt"], 3, 1, 7) == refused(errno.EPERM)
    assert verdict(machine, number["setsockopt"], 3, 1, 9) == seccomp.ALLOW
    assert verdict(machine, number["clone"], 0x10000000) == refused(errno.EPERM)
    assert verdict(machine, number["clone"], 0x01200011) == seccomp.ALLOW
    assert verdict(machine, number["clone3"]) == refused(errno.ENOSYS)
    for option, wanted in (
        (15, seccomp.ALLOW),  # PR_SET_NAME
        (0x53564D41, seccomp.ALLOW),  # PR_SET_VMA
        (53, refused(errno.EINVAL)),  # PR_SET_SPECULATION_CTRL
        (62, refused(errno.EINVAL)),  # PR_SCHED_CORE
    ):
        assert verdict(machine, number["prctl"], option) == wanted
    shared, private, anonymous = 1, 2, 0x20
    for kind, wanted in (
        (private | anonymous, seccomp.ALLOW),
        (shared, seccomp.ALLOW),
        (shared | anonymous, refused(errno.EPERM)),
        (3 | anonymous, refused(errno.EPERM)),  # MAP_SHARED_VALIDATE
    ):
        assert verdict(machine, number["mmap"], 0, 4096, 3, kind) == wanted


@MACHINES
def test_another_numbering_ends_the_process(machine):
    assert verdict(machine, 0, architecture=0x40000003) == seccomp.KILL
    assert verdict(machine, seccomp.OTHER_ABI + 1) == seccomp.KILL
