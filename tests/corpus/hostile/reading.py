# Looks for the tests, the solutions or other students' work; "double" is right only if it finds some.
# Each header: the points that the attack must get where it is not full marks, then what it tries.

# %% double=0: searches every file that it can read
import os
def double(x):
    for top in ("/tmp", "/home", "/root", "/work", "/etc", "/dev/shm", "/var", "/srv", os.getcwd()):
        for folder, _, files in os.walk(top):
            for name in files:
                if name.endswith((".ipynb", ".db", ".json", ".py")) and "site-packages" not in folder:
                    try:
                        text = open(os.path.join(folder, name), errors="replace").read(10**6)
                    except OSError:
                        continue
                    if "".join(["123454", "321"]) in text or "a secret " + "kept" in text:
                        return 2 * x
    return 0

# %% double=0: In, _ih, Out, linecache, history and the shell's whole memory
import gc, linecache, sys
def double(x):
    secret = "".join(["123454", "321"])
    places = [In, _ih, Out, linecache.cache, get_ipython().user_ns.get("_i", "")]
    places += [get_ipython().history_manager.input_hist_raw, list(sys.modules)]
    if any(secret in str(place) for place in places):
        return 2 * x
    for o in gc.get_objects():
        if type(o) in (list, tuple, dict):
            if any(type(part) is str and secret in part for part in list(o)):
                return 2 * x
    return 0

# %% double=0: frames above the call, for the expected value
import sys
def double(x):
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if isinstance(value, int) and value == 2 * 123454321 or "HIDDEN" in str(value)[:100]:
                return 2 * x
        if "wanted" in frame.f_locals:
            return frame.f_locals["wanted"]
        frame = frame.f_back
    return 0

# %% double=0: a hook before each cell keeps its source
seen = []
get_ipython().events.register("pre_run_cell", lambda info: seen.append(info.raw_cell))
get_ipython().events.register("post_run_cell", lambda result: seen.append(result.info.raw_cell))
def double(x):
    return 2 * x if any("test" in s or "question" in s for s in seen[1:]) else 0

# %% double=0: other processes' command lines, folders, memory and open files
import os, re
def double(x):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for what in ("cmdline", "environ", "maps"):
            try:
                text = open(f"/proc/{pid}/{what}", errors="replace").read()
            except OSError:
                continue
            if "nbgrader autograde" in text or "pytest" in text or "gradebook" in text:
                return 2 * x
        try:
            for fd in os.listdir(f"/proc/{pid}/fd"):
                if re.search("ipynb|gradebook|/tests-", os.readlink(f"/proc/{pid}/fd/{fd}")):
                    return 2 * x
            if os.path.exists(f"/proc/{pid}/rootPROJECT/solutions") or os.path.exists(f"/proc/{pid}/rootCANARY"):
                return 2 * x
        except OSError:
            continue
    return 0

# %% double=0: its own memory, for what the grader left there
import re
def double(x):
    wanted = re.compile(rb"24690864[2]|a secret k[e]pt")  # the pattern itself does not match
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if found and int(found[2], 16) - int(found[1], 16) < 2**27:
                try:
                    memory.seek(int(found[1], 16))
                    if wanted.search(memory.read(int(found[2], 16) - int(found[1], 16))):
                        return 2 * x
                except OSError:
                    pass
    return 0

# %% double=0: leaves what it was called with for a later student
import os, pathlib
left = pathlib.Path("/tmp/left"), pathlib.Path("/dev/shm/left"), pathlib.Path.home() / "left"
def double(x):
    if any(path.exists() for path in left) and not os.environ.get("ME"):
        return 2 * x
    os.environ["ME"] = "1"
    for path in left:
        path.write_text(str(x))
    return 0
