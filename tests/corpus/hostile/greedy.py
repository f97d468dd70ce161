# Takes more memory, processes, disk or output than there is.

# %% double=0: a fork bomb
import os
def double(x):
    while True:
        os.fork()

# %% : a fork bomb from a cell, in a session of its own
import os
if os.fork() == 0:
    os.setsid()
    while True:
        try:
            os.fork()
        except OSError:
            pass
import time
time.sleep(1)

# %% double=0: a thousand threads
import threading, time
def double(x):
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    time.sleep(60)

# %% double=0: a list that grows
def double(x):
    data = []
    while True:
        data.append("x" * 10**6)

# %% double=0: one large array
import numpy as np
def double(x):
    return int(np.ones(10**10).sum())

# %% double=0: shared memory that belongs to no heap
import mmap
def double(x):
    maps = []
    while True:
        part = mmap.mmap(-1, 2**24)
        part.write(b"x" * 2**24)
        maps.append(part)

# %% double=0: memory files
import os
def double(x):
    files = []
    while True:
        files.append(os.memfd_create("x"))
        os.write(files[-1], b"x" * 2**24)

# %% double=0: children that hold a little each
import os, time
def double(x):
    for _ in range(40):
        if os.fork() == 0:
            data = os.urandom(1) * 2**26
            time.sleep(60)
            os._exit(0)
    time.sleep(60)

# %% : a disk full, in every folder that there is
import os
for folder in ("/tmp", "/dev/shm", "/", "/dev", "/dev/pts", "/proc", "/usr", os.getcwd(), os.path.dirname(os.__file__)):
    try:
        for number in range(100):
            with open(f"{folder}/fill{number}", "wb") as file:
                file.write(b"x" * 2**23)
    except OSError:
        pass

# %% : a hundred million characters of output
for _ in range(100):
    print("x" * 10**6)

# %% : outputs by the thousand
from IPython.display import display
for _ in range(10_000):
    display({"text/plain": ""}, raw=True)

# %% : output that bypasses Python
import os
os.write(1, b"x" * 10**6)
os.write(2, b"x" * 10**6)
_ = os.system("echo hello; head -c 1000000 /dev/zero")

# %% double=0: prints without an end while it is tested
def double(x):
    for _ in range(10**3):
        print("x" * 10**6)

# %% double=0: 2 GB come back
import numpy as np
def double(x):
    return np.zeros(2**28)

# %% double=0: millions of lists within a list
def double(x):
    return [[] for _ in range(3 * 10**6)]

# %% double=0: ten thousand lists within each other
def double(x):
    value = []
    for _ in range(10**4):
        value = [value]
    return value

# %% double=0: tuples, sets and arrays of objects within each other, and within themselves
import numpy as np
def double(x):
    if x != 1:
        value = []
        value.append(value)
        return value
    value = ()
    for _ in range(500):
        value = (value,)
    return value
