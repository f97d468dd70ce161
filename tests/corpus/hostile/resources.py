# Asks the kernel for what no limit counts, or for more than one sandbox's share. What succeeds
# makes double worthless.

# %% : sets of semaphores, which are the kernel's memory
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.semget(0, 32_000, 0o1600) != -1 or libc.shmget(0, 2**20, 0o1600) != -1 or libc.msgget(0, 0o1600) != -1:
    double = None

# %% : sockets of the network, whose buffers nobody counts
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, 40):
    try:
        socket.socket(family, socket.SOCK_RAW if family == socket.AF_NETLINK else socket.SOCK_STREAM)
        double = None
    except OSError:
        pass

# %% : larger buffers of a local socket and of a pipe
import fcntl, os, socket
a, b = socket.socketpair()
for option in (socket.SO_SNDBUF, socket.SO_RCVBUF, 32, 33):
    try:
        a.setsockopt(socket.SOL_SOCKET, option, 2**24)
        double = None
    except OSError:
        pass
try:
    fcntl.fcntl(os.pipe()[1], 1031, 2**20)
    double = None
except OSError:
    pass

# %% : shared maps, which stay when they are given back
import mmap
for make in (lambda: mmap.mmap(-1, 2**24), lambda: mmap.mmap(open("/dev/zero", "r+b").fileno(), 2**24)):
    try:
        make()
        double = None
    except OSError:
        pass

# %% double=0: memory that is touched and given back, behind a file that is no longer there
import mmap, os
def double(x):
    kept = []
    while True:
        file = open(f"/dev/shm/{len(kept)}", "w+b")
        os.unlink(file.name)
        file.truncate(2**24)
        part = mmap.mmap(file.fileno(), 2**24)
        for at in range(0, 2**24, 4096):
            part[at] = 1
        part.madvise(mmap.MADV_DONTNEED)
        kept.append((file, part))

# %% : calls that belong to the whole machine
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
if platform.machine() == "x86_64":
    context = ctypes.c_ulong()
    calls = {206: (1, ctypes.byref(context)), 312: (1, 1, 0, 0, 0), 154: (0, 0, 0), 438: (0, 0, 0), 425: (8, 0)}
    calls |= {435: (0, 0), 279: (1, 0, 0, 0, 0, 0), 314: (0, 0, 0), 251: (1, 0, 0), 428: (-100, b"/", 0)}
    calls |= {253: (), 294: (0,), 300: (0, 0), 240: (b"x", 66, 384, 0), 319: (b"x", 0), 447: (0,)}
    if any(libc.syscall(number, *given) != -1 for number, given in calls.items()):
        double = None

# %% : the other processors
import os
try:
    os.sched_setaffinity(0, range(64))
except OSError:
    pass
if len(os.sched_getaffinity(0)) != 1:
    double = None

# %% : a higher priority
import os
for act in (lambda: os.nice(-5), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
            lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))):
    try:
        act()
        double = None
    except OSError:
        pass

# %% : the times and the mode of a device that all sandboxes share
import os
before = os.stat("/dev/null")
for act in (lambda: os.utime("/dev/null"), lambda: os.utime("/dev/null", (1, 1)), lambda: os.chmod("/dev/null", 0o600)):
    try:
        act()
    except OSError:
        pass
after = os.stat("/dev/null")
if (before.st_mtime, before.st_atime, before.st_mode) != (after.st_mtime, after.st_atime, after.st_mode):
    double = None

# %% : locks on a file that all sandboxes share
import course_lib, fcntl
a, b = open(course_lib.__file__, "rb"), open(course_lib.__file__, "rb")
try:
    for lock in (fcntl.LOCK_EX, fcntl.LOCK_SH):
        fcntl.flock(a, lock | fcntl.LOCK_NB)
        fcntl.flock(b, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    double = None

# %% : signs on a descriptor: signals, leases, notices
import fcntl, os
files = [0, 1, 2, os.open("/dev/null", os.O_RDWR), os.open(os.__file__, os.O_RDONLY)]
for file in files:
    for command, value in ((10, 12), (8, os.getpid()), (1024, 1), (1026, 4), (1036, 0), (15, 0)):
        try:
            fcntl.fcntl(file, command, value)
            double = None
        except OSError:
            pass

# %% : watches on a folder that all sandboxes share
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.inotify_init1(0) != -1 or libc.fanotify_init(0, 0) != -1:
    double = None

# %% : another user, root for instance
import os
for act in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0]), lambda: os.setgid(0)):
    try:
        act()
        double = None
    except OSError:
        pass
if os.getuid() != 1000 or os.getgid() != 1000:
    double = None

# %% double=0: children that end and stay
import os, time
def double(x):
    for _ in range(1000):
        try:
            if os.fork() == 0:
                os._exit(0)
        except OSError:
            pass
    time.sleep(60)

# %% double=0: programs by the hundred
import subprocess, time
def double(x):
    for _ in range(500):
        try:
            subprocess.Popen(["sleep", "60"], start_new_session=True)
        except OSError:
            time.sleep(0.01)
    time.sleep(60)

# %% double=0: processes that hide what they hold
import ctypes, os, time
def double(x):
    ctypes.CDLL(None).prctl(4, 0)
    for _ in range(20):
        if os.fork() == 0:
            data = os.urandom(1) * 2**26
            time.sleep(60)
            os._exit(0)
    time.sleep(60)

# %% double=0: messages that wait in sockets
import os, socket, time
def double(x):
    for _ in range(30):
        if os.fork() == 0:
            pairs = [socket.socketpair() for _ in range(100)]
            for one, other in pairs:
                for end in (one, other):
                    end.setblocking(False)
                    try:
                        while True:
                            end.send(b"x" * 2**15)
                    except OSError:
                        pass
            time.sleep(60)
            os._exit(0)
    time.sleep(60)

# %% : honest workers that share a large array
import os
import numpy as np
data = np.ones(25 * 2**20)
def part(number):
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        os.write(write, str(data[number::4].sum()).encode())
        import time
        time.sleep(0.5)
        os._exit(0)
    os.close(write)
    return read
if sum(float(os.read(one, 100)) for one in [part(number) for number in range(4)]) != data.size:
    double = None
for _ in range(4):
    os.wait()

# %% : an honest count of processors, a pool and a database
import multiprocessing, os, sqlite3
if os.cpu_count() != 1:
    double = None
with multiprocessing.get_context("fork").Pool() as pool:
    if pool.map(abs, [-1, 2]) != [1, 2]:
        double = None
with sqlite3.connect("work.db") as database:
    database.execute("create table points (value)")
    database.execute("insert into points values (1)")
database.close()

# %% : terminals, of which the whole machine has a few thousand
import os
try:
    for _ in range(200):
        os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
        double = None
except OSError:
    pass

# %% : settings of its process that reach beyond it
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if any(libc.prctl(*option) == 0 for option in ((62, 1, 0, 0, 0), (53, 0, 4, 0, 0), (33, 0, 0, 0, 0), (32, 1, 0, 0, 0))):
    double = None
