"""System calls that a student's process has no use for, refused by the kernel (seccomp).

What they could do: make namespaces and mounts of its own, where the limits of the sandbox don't
count; hold memory that belongs to no file and no process; reach other machines past the network
namespace (AF_VSOCK); and use those parts of the kernel in which most holes have been found.
"""

import ctypes
import errno
import platform
import struct

# Names and numbers: linux/arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h
NUMBERS = {
    "x86_64": {
        **dict(ptrace=101, unshare=272, setns=308, mount=165, umount2=166, pivot_root=155),
        **dict(chroot=161, memfd_create=319, shmget=29, msgget=68, mq_open=240, bpf=321),
        **dict(perf_event_open=298, userfaultfd=323, keyctl=250, add_key=248, request_key=249),
        **dict(process_vm_readv=310, process_vm_writev=311, open_by_handle_at=304),
        **dict(socket=41, clone=56),
    },
    "aarch64": {
        **dict(ptrace=117, unshare=97, setns=268, mount=40, umount2=39, pivot_root=41),
        **dict(chroot=51, memfd_create=279, shmget=194, msgget=186, mq_open=180, bpf=280),
        **dict(perf_event_open=241, userfaultfd=282, keyctl=219, add_key=217, request_key=218),
        **dict(process_vm_readv=270, process_vm_writev=271, open_by_handle_at=265),
        **dict(socket=198, clone=220),
    },
}
EVERYWHERE = dict(open_tree=428, move_mount=429, fsopen=430, fsconfig=431, fsmount=432, fspick=433)
EVERYWHERE |= dict(mount_setattr=442, memfd_secret=447, io_uring_setup=425)
CLONE3 = 435
# The devices in a sandbox are those of the machine, and where a grader is root, its students own
# them: a change of mode does nothing, and says that all is well, as copying a file asks for one.
CHANGE_MODE: dict[str, tuple[int, ...]] = {"x86_64": (90, 91, 268, 452), "aarch64": (52, 53, 452)}
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_ABI = 0x40000000  # x86_64 has every call a second time, under these numbers
FAMILIES = 1, 2, 10, 16  # of sockets: local, IPv4, IPv6, netlink; the network is empty anyway
NEW_NAMESPACES = 0x7E020000  # flags of clone
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in what the filter sees
PR_SET_SECCOMP, FILTER = 22, 2


def refuse_needless() -> None:
    """Refuse these calls to this process and its children, for good. Needs no_new_privs."""
    machine = platform.machine()
    if machine not in NUMBERS:
        raise OSError(f"the sandbox knows x86_64 and aarch64, this is {machine}")
    numbers = {**NUMBERS[machine], **EVERYWHERE}
    steps = _program(ARCHITECTURES[machine], numbers, CHANGE_MODE[machine])
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))
    program = struct.pack("@HP", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, FILTER, program, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the system calls could not be restricted")


def _program(
    architecture: int, numbers: dict[str, int], ignored: tuple[int, ...]
) -> list[tuple[int, int, int, int]]:
    """A filter as (operation, steps to skip if so, if not, operand)."""
    socket, clone = numbers.pop("socket"), numbers.pop("clone")
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL)]
    steps += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), (RETURN, 0, 0, KILL)]
    for number in numbers.values():
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | errno.EPERM)]
    for number in ignored:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    # clone3 hides its flags from a filter; where it is not known, libc takes clone
    steps += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, REFUSE | errno.ENOSYS)]
    steps += [(EQUAL, 0, 4, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_BIT, 0, 1, NEW_NAMESPACES)]
    steps += [(RETURN, 0, 0, REFUSE | errno.EPERM), (RETURN, 0, 0, ALLOW)]
    steps += [(EQUAL, 0, len(FAMILIES) + 2, socket), (LOAD, 0, 0, FIRST_ARGUMENT)]
    steps += [(EQUAL, len(FAMILIES) - i, 0, family) for i, family in enumerate(FAMILIES)]
    steps += [(RETURN, 0, 0, REFUSE | errno.EAFNOSUPPORT), (RETURN, 0, 0, ALLOW)]
    return steps
