# Reaches for what is outside: other machines, the grader's files and processes, the kernel.
# CANARY is a folder of the grader's; "double" is right only if something could be reached.

# %% double=0: the network
import socket
def double(x):
    for family in (socket.AF_INET, socket.AF_INET6):
        for address in (("1.1.1.1", 53), ("169.254.169.254", 80), ("10.0.0.1", 80)):
            try:
                with socket.socket(family, socket.SOCK_DGRAM) as sock:
                    sock.connect(address)
                    sock.send(b"x")
                    return 2 * x
            except OSError:
                continue
    return 0

# %% double=0: sockets that know no network namespaces
import socket
def double(x):
    for family in (40, 38, 17, 29, 31):  # vsock, alg, packet, can, bluetooth
        try:
            socket.socket(family, socket.SOCK_STREAM)
            return 2 * x
        except OSError:
            continue
    return 0

# %% double=0: a detached child that writes for ever
import os, time
def double(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                for folder in ("CANARY", "/tmp", "/root", "/work"):
                    try:
                        os.makedirs(folder, exist_ok=True)
                        open(f"{folder}/gradebook.db", "w").write("100 points")
                    except OSError:
                        pass
                time.sleep(0.01)
        os._exit(0)
    time.sleep(0.2)
    return 0

# %% double=0: rewrites the course, the environment, its notebook and the canary
import os, sys, course_lib, course_lib.grading.testing.comparison as compare
def double(x):
    targets = [compare.__file__, course_lib.__file__, os.__file__, sys.executable, "CANARY/secret.txt"]
    for path in [*targets, *(os.path.realpath(path) for path in targets)]:
        for mode in ("r+", "w", "a"):
            try:
                os.chmod(path, 0o777)
            except OSError:
                pass
            try:
                with open(path, mode) as file:
                    file.write("mine")
                return 2 * x
            except OSError:
                pass
        try:
            os.rename(path, path + ".old")
            return 2 * x
        except OSError:
            pass
    return 0

# %% double=0: mounts, namespaces and roots of its own
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (0x10000000, 0x10020000, 0x7E020000, 0x20000):
        if libc.unshare(flags) == 0:
            return 2 * x
    if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0 or libc.umount2(b"/tmp", 2) == 0:
        return 2 * x
    if libc.mount(None, b"/", None, 4096 | 32, None) == 0 or libc.chroot(b"/tmp") == 0:
        return 2 * x
    if os.path.exists("CANARY"):
        return 2 * x
    return 0

# %% double=0: the kernel's settings, devices and messages
import glob, os
def double(x):
    writable = ["/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/kernel/hostname"]
    for path in [*writable, "/proc/1/oom_score_adj", "/proc/self/uid_map", "/sys/power/state"]:
        try:
            open(path, "r+").close()  # enough to know
            return 2 * x
        except OSError:
            pass
    for path in ("/dev/mem", "/dev/kmsg", "/proc/kcore", "/proc/kmsg", "/dev/sda", "/dev/vda", "/dev/kvm"):
        try:
            open(path, "rb").read(1)
            return 2 * x
        except OSError:
            pass
    try:
        os.mknod("/tmp/disk", 0o60666, os.makedev(254, 0))
        return 2 * x
    except OSError:
        return 0

# %% double=0: the devices' own marks, which are the same outside
import os
def double(x):
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", 0, 1, 2):
        before = os.stat(device).st_mode
        try:
            os.chmod(device, before & 0o7777 | 0o1000)  # a mark that means nothing there
        except OSError:
            continue
        if os.stat(device).st_mode != before:
            os.chmod(device, before & 0o7777)
            return 2 * x
    return 0

# %% double=0: the memory of its guardian
def double(x):
    for pid in (1, 2):
        try:
            open(f"/proc/{pid}/mem", "r+b").close()
            return 2 * x
        except OSError:
            pass
    return 0

# %% double=0: more rights, by asking for them
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None)
    for act in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.setresuid(0, 0, 0)):
        try:
            act()
            return 2 * x
        except OSError:
            pass
    capabilities = [line for line in open("/proc/self/status") if line.startswith("Cap")]
    if any(int(line.split()[1], 16) for line in capabilities if not line.startswith("CapBnd")):
        return 2 * x
    if libc.ptrace(16, 1, 0, 0) == 0:
        return 2 * x
    return 0

# %% double=0: raises its own limits
import resource
def double(x):
    for name in ("RLIMIT_DATA", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_NOFILE"):
        try:
            resource.setrlimit(getattr(resource, name), (-1, -1))
            return 2 * x
        except (ValueError, OSError):
            pass
    return 0
