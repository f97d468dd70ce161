"""The system calls that a student's process may make; the kernel (seccomp) refuses all others.

What is left is what Python, NumPy, PyTorch, pandas, Matplotlib, SQLite, their workers and a shell's
tools use. A list of what is allowed, unlike one of what is refused, also holds for calls that the
next kernel adds. What the others could do: make namespaces and mounts of their own, where the
limits of the sandbox don't count; hold memory that belongs to no file and no process; leave marks
on what all sandboxes share, for the next submission to read; take processor time or disk from the
neighbours; and use those parts of the kernel in which most holes have been found.
"""

import ctypes
import errno
import platform
import struct

from course_lib.grading.examination.sandbox.system_calls import numbers

ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile
copy_file_range open openat openat2 creat close close_range dup dup2 dup3 pipe pipe2 access
faccessat faccessat2 stat fstat lstat newfstatat statx statfs fstatfs getdents getdents64 readlink
readlinkat getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link
linkat symlink symlinkat mknod mknodat truncate ftruncate fallocate fsync fdatasync umask chmod
fchmod fchmodat fchmodat2 chown fchown lchown fchownat getxattr lgetxattr fgetxattr listxattr
llistxattr flistxattr ioctl
select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
munmap mprotect mremap madvise msync brk membarrier pkey_mprotect pkey_alloc pkey_free
map_shadow_stack mseal get_mempolicy
vfork execve exit exit_group wait4 waitid kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
pidfd_open pidfd_send_signal pause restart_syscall
futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list get_robust_list rseq
set_tid_address gettid arch_prctl set_thread_area get_thread_area getcpu
getpid getppid getuid geteuid getgid getegid getgroups getresuid getresgid getpgid getpgrp getsid
setpgid setsid capget uname sysinfo times getrusage getrlimit setrlimit prlimit64 getpriority
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_getattr
sched_get_priority_max sched_get_priority_min sched_rr_get_interval ioprio_get
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time getitimer setitimer alarm
timer_create timer_settime timer_gettime timer_getoverrun timer_delete getrandom
bind listen accept accept4 connect shutdown getsockname getpeername getsockopt
sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
"""
# They do nothing, and say that all is well, as honest code asks for them in passing: locks, advice
# and the times of a device would be seen by the neighbours, a sync would make them wait, and memory
# policies and mlock are matters of the whole machine.
IGNORED = """
utime utimes futimesat utimensat
flock fadvise64 readahead sync syncfs sync_file_range sync_file_range2 mbind set_mempolicy mlock
mlock2 munlock mlockall munlockall
"""
AF_UNIX = 1
SOL_SOCKET, SIZES_OF_BUFFERS = 1, (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF, and their FORCEs
NEW_NAMESPACES = 0x7E020000  # flags of clone
MAP_KIND, MAP_PRIVATE, MAP_ANONYMOUS = 0x0F, 0x02, 0x20
# Commands of fcntl, linux/fcntl.h: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETOWN,
# F_DUPFD_CLOEXEC, F_GETPIPE_SZ. Not among them are leases, notices and hints, which stay with the
# file that all sandboxes share. Locks (F_SETLK, F_SETLKW and F_OFD_'s) only seem to be set.
COMMANDS, LOCKS = (0, 1, 2, 3, 4, 9, 1030, 1032), (6, 7, 37, 38)
# Options of prctl, linux/prctl.h: signal of the parent's end, dumpable, name, seccomp, bounding
# set, timer slack, subreaper, no_new_privs, large pages, names of maps. Some of the others reach
# beyond the process: PR_SCHED_CORE and PR_SET_SPECULATION_CTRL take time from whoever computes on
# the other thread of the same core.
OPTIONS = (1, 2, 3, 4, 15, 16, 21, 22, 23, 29, 30, 36, 37, 38, 39, 41, 42, 0x53564D41)
NEW = 424  # first number of what libc must be able to do without

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_ABI = 0x40000000  # x86_64 has every call a second time, under these numbers
LOAD, AND, RETURN = 0x20, 0x54, 0x06  # linux/bpf_common.h
EQUAL, AT_LEAST, ANY_BIT = 0x15, 0x35, 0x45  # jumps
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in what the filter sees
PR_SET_SECCOMP, FILTER = 22, 2

Step = tuple[int, int, int, int]  # operation, steps to skip if so, if not, operand


def available() -> bool:
    """Whether this kernel has seccomp and this processor is known here."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_SECCOMP, FILTER, None, 0, 0)
    return ctypes.get_errno() != errno.EINVAL and platform.machine() in ARCHITECTURES


def refuse_needless() -> None:
    """Refuse these calls to this process and its children, for good. Needs no_new_privs."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise OSError(f"the sandbox knows {', '.join(ARCHITECTURES)}, this is {machine}")
    steps = program(machine)
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))
    filter_ = struct.pack("@HP", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, FILTER, filter_, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the system calls could not be restricted")


def program(machine: str) -> list[Step]:
    """The filter of a processor: first what depends on arguments, then ranges of numbers."""
    number = numbers(machine)
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, ARCHITECTURES[machine]), _end(KILL)]
    steps += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), _end(KILL)]
    for name, part in _by_arguments().items():
        steps += [(EQUAL, 0, len(part), number[name]), *part]
    known = {number[name]: ALLOW for name in ALLOWED.split() if name in number}
    known |= {number[name]: _error(0) for name in IGNORED.split() if name in number}
    others = dict.fromkeys(range(NEW), _error(errno.EPERM))
    action, verdicts = None, others | known
    for call in range(max(max(known), NEW) + 2):
        if (verdict := verdicts.get(call, _error(errno.ENOSYS))) != action:
            if action is not None:
                steps += [(AT_LEAST, 1, 0, call), _end(action)]
            action = verdict
    return [*steps, _end(_error(errno.ENOSYS))]


def _by_arguments() -> dict[str, list[Step]]:
    """What is decided by arguments: a part for each call, every way through which ends."""
    refused, allowed = _end(_error(errno.EPERM)), _end(ALLOW)
    local = [_argument(0), (EQUAL, 1, 0, AF_UNIX), _end(_error(errno.EAFNOSUPPORT)), allowed]
    sizes = [(EQUAL, 0, 1, size) for size in SIZES_OF_BUFFERS]
    return {
        "socket": local,
        "socketpair": local,
        "setsockopt": [
            *[_argument(1), (EQUAL, 1, 0, SOL_SOCKET), allowed, _argument(2)],
            *[step for size in sizes for step in (size, refused)],
            allowed,
        ],
        "clone": [_argument(0), (ANY_BIT, 0, 1, NEW_NAMESPACES), refused, allowed],
        # It hides its flags from a filter; where it is not known, libc takes clone.
        "clone3": [_end(_error(errno.ENOSYS))],
        # Memory that is shared and of no file: it stays when nobody has it mapped.
        "mmap": [
            *[_argument(3), (ANY_BIT, 1, 0, MAP_ANONYMOUS), allowed],
            *[(AND, 0, 0, MAP_KIND), (EQUAL, 1, 0, MAP_PRIVATE), refused, allowed],
        ],
        "fcntl": [
            _argument(1),
            *[step for command in COMMANDS for step in ((EQUAL, 0, 1, command), allowed)],
            *[step for lock in LOCKS for step in ((EQUAL, 0, 1, lock), _end(_error(0)))],
            _end(_error(errno.EINVAL)),
        ],
        "prctl": [
            _argument(0),
            *[step for option in OPTIONS for step in ((EQUAL, 0, 1, option), allowed)],
            _end(_error(errno.EINVAL)),
        ],
    }


def _argument(index: int) -> Step:
    """Load the lower half of an argument; what is decided here are all integers of 32 bits."""
    return LOAD, 0, 0, ARGUMENTS + 8 * index


def _error(number: int) -> int:
    """The action that makes a call return this error; 0 is success."""
    return REFUSE | number


def _end(action: int) -> Step:
    return RETURN, 0, 0, action
