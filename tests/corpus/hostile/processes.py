# what the kernel lets a process do to itself and to its neighbors

# %% : refuses core scheduling, speculation and other settings of prctl
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
told = []
for option, args in {62: (1, 0, 0, 0), 53: (0, 4, 0, 0), 33: (0, 0, 0, 0), 32: (1, 0, 0, 0)}.items():
    if libc.prctl(option, *args) == 0:
        told.append(option)
print(told)
if told:
    double = None

# %% : terminals, of which the machine has a number
import os
opened = 0
try:
    for _ in range(200):
        os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
        opened += 1
except OSError as error:
    print(error)
if opened:
    double = None

# %% : watches of epoll, of which a user has a number
import select, os, time
polls = [select.epoll() for _ in range(50)]
pipes = []
for _ in range(30):
    pipes += os.pipe()
n = 0
try:
    for p in polls:
        for f in pipes:
            for d in range(200, 250):
                os.dup2(f, d)
                p.register(d)
                n += 1
                os.close(d)
except OSError as error:
    print(error)
print(n)

# %% : descriptors on their way, of which a user has a number
import array, os, socket
pairs = [socket.socketpair() for _ in range(40)]
n = 0
try:
    for _ in range(4):
        for a, b in pairs:
            socket.send_fds(a, [b"x"], [0] * 200)
            n += 1
except OSError as error:
    print(error)

# %% double=0: blocks all signals and waits in C
import ctypes, signal
def double(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    ctypes.CDLL(None).pause()

# %% double=0: waits for a child of vfork that does not end
import ctypes
def double(x):
    libc = ctypes.CDLL(None)
    libc.vfork()
    while True:
        libc.pause()

# %% double=0: an alarm a millisecond
import signal
def ring(*_):
    raise KeyboardInterrupt
def double(x):
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    return 2 * x + 1

# %% : an alarm that goes on ringing after its cell
import signal
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)

# %% double=0: a regular expression without an end
import re
def double(x):
    return re.match(r"(a+)+$", "a" * 60 + "b")

# %% double=0: a power without an end
def double(x):
    return (9 ** 9 ** 8) % 7

# %% : ends its process
import os
os._exit(0)

# %% double=0: writes into the pipes of the sandbox's own processes
import os
def double(x):
    for pid in (1, 2):
        try:
            for fd in os.listdir(f"/proc/{pid}/fd"):
                try:
                    with open(f"/proc/{pid}/fd/{fd}", "wb", 0) as f:
                        os.set_blocking(f.fileno(), False)
                        f.write(b"+" * 10**5)
                except OSError:
                    pass
        except OSError:
            pass
    return 0

# %% : kills the sandbox's own cat
import os, signal, time
for pid in (1, 2, 3):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
time.sleep(0.1)

# %% double=0: a name of its process that is a line of its status
import ctypes
def double(x):
    ctypes.CDLL(None).prctl(15, b"a\nRssAnon: 0", 0, 0, 0)
    data = []
    while True:
        data.append(b"x" * 2**20)

# %% double=0: huge pages
import mmap, ctypes
def double(x):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    kept = []
    while True:
        at = libc.mmap(None, 2**21, 3, 0x22 | 0x40000, -1, 0)
        if at in (None, 2**64 - 1):
            at = libc.mmap(None, 2**21, 3, 0x22, -1, 0)
            if at in (None, 2**64 - 1):
                return 0
        ctypes.memset(at, 1, 2**21)

# %% double=0: a private map of a large file, written to
import mmap, os, time
def double(x):
    with open("/tmp/f", "wb") as f:
        f.truncate(2**24)
    kept = []
    f = open("/tmp/f", "r+b")
    while True:
        m = mmap.mmap(f.fileno(), 2**24, flags=mmap.MAP_PRIVATE)
        m.write(b"x" * 2**24)
        kept.append(m)

# %% : hard links and symbolic links by the million
import os
os.makedirs("/tmp/l")
open("/tmp/l/0", "w").close()
try:
    for n in range(1, 400_000):
        os.link("/tmp/l/0", "/tmp/l/" + str(n) + "x" * 240)
except OSError as error:
    print(error)

# %% : a tree too deep to be removed
import os
try:
    for _ in range(20_000):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
except OSError as error:
    print(error)

# %% double=0: takes modes, owners and links to what is shared
import os, sys, course_lib
def double(x):
    for path in (course_lib.__file__, sys.executable, "/usr/bin/env", "/etc/ld.so.cache", "/dev/null", "/dev/full", "/sys/devices/system/cpu/online", "/proc/sys/kernel/hostname"):
        for act in (lambda: os.chmod(path, 0o777), lambda: os.chown(path, os.getuid(), os.getgid()), lambda: os.link(path, "/tmp/linked"), lambda: os.unlink(path), lambda: os.setxattr(path, "user.x", b"1"), lambda: os.truncate(path, 0)):
            try:
                act()
            except OSError:
                continue
            if path not in ("/dev/full", "/dev/null"):
                return 2 * x
    return 0

# %% double=0: paths of the machine, and what the environment tells
import os
def double(x):
    told = repr(dict(os.environ)) + open("/proc/1/environ").read() + open("/proc/self/environ").read()
    return 2 * x if any(word in told for word in ("TOKEN", "KEY", "SECRET", "PYTEST", "VIRTUAL_ENV")) else 0

# %% double=0: files of the grader's examination and proofs, and of pytest
import os, glob
def double(x):
    found = []
    for top in ("PROJECT", "/work", "/tmp", os.path.expanduser("~"), "/root", "/home"):
        for folder, names, files in os.walk(top):
            found += [f"{folder}/{name}" for name in files if name.endswith((".ipynb", ".db", "student_process.py", "worthless.py", "conftest.py")) and ".venv" not in folder]
    found = [f for f in found if "site-packages" not in f and "library-" not in f]
    print(found[:20])
    return 2 * x if found else 0

# %% : a thousand sockets in files, FIFOs and odd names where it may write
import os, socket
for n in range(60):
    os.mkfifo(f"/tmp/f{n}")
    s = socket.socket(socket.AF_UNIX)
    s.bind(f"/tmp/s{n}")
os.mkfifo("data.fifo")
os.mkfifo("/dev/shm/x")
open(b"/tmp/\xff\n\x1b[2J", "w").close()
os.rename("data.txt", "moved.txt")
os.mkfifo("data.txt")

# %% : hides everything that reading its state needs
import ctypes, os
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
for folder in ("/tmp", "/dev/shm", os.getcwd()):
    try:
        os.chmod(folder, 0)
    except OSError:
        pass
