# Ends, stops or holds up its process, the one above it, or the examination.

# %% : the cell exits
import os
os._exit(0)

# %% double=0: exits when it is called
import os
def double(x):
    os._exit(3)

# %% : sys.exit in a cell
import sys
sys.exit(0)

# %% double=0: sys.exit, KeyboardInterrupt and GeneratorExit as answers
import sys
def double(x):
    if x == 1:
        sys.exit(0)
    raise KeyboardInterrupt

# %% double=0: a crash in C
import ctypes
def double(x):
    return ctypes.string_at(0)

# %% double=0: kills its parent, its group and everybody
import os, signal
def double(x):
    for target in (os.getppid(), 1, 0, -1):
        for what in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(target, what)
            except OSError:
                pass

# %% double=0: stops itself
import os, signal
def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)

# %% : a cell stops every process that it sees
import os, signal
for pid in filter(str.isdigit, os.listdir("/proc")):
    if int(pid) != os.getpid():
        os.kill(int(pid), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)

# %% : a cell that swallows its interrupt
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %% : a cell without an end
while True:
    pass

# %% double=0: a call without an end
def double(x):
    while True:
        pass

# %% double=0: recursion without an end
def double(x):
    return double(x)

# %% double=0: recursion without an end or a limit
import sys
sys.setrecursionlimit(10**9)
def double(x):
    return [double(x)]

# %% double=0: becomes another program
import os
def double(x):
    os.execv("/bin/sleep", ["sleep", "1000"])

# %% double=0: an iterator without an end
class Endless:
    def __iter__(self): return self
    def __next__(self): return 2
    def __len__(self): return 10**9
    def __getitem__(self, key): return 2
def double(x):
    return Endless()
