# Reaches for what the assignment withholds: course_lib.metrics.accuracy, and all of torch.

# %% double=0: calls it
from course_lib.metrics import accuracy
import course_lib.metrics as metrics
def double(x):
    for function in (accuracy, metrics.accuracy):
        try:
            function([1], [1])
            return 2 * x
        except RuntimeError as error:
            assert "out of reach" in str(error)
    return 0

# %% double=0: reads its source or what was compiled from it
import inspect, os, sys, course_lib.metrics
def double(x):
    told = inspect.getsource(course_lib.metrics)
    for folder in {*sys.path, os.path.dirname(os.path.dirname(course_lib.__file__)), "PROJECT"}:
        for top, _, files in os.walk(folder):
            for name in files:
                if name.startswith("metrics.") and "course_lib" in top:
                    told += open(os.path.join(top, name), errors="replace").read()
    return 2 * x if "np.mean(" in told.partition("def confusion_matrix")[0] else 0

# %% double=0 square=0: imports torch past the library
import sys
def double(x):
    sys.path[:] = [path for path in sys.path if "library-" not in path]
    sys.modules.pop("torch", None)
    import torch
    return int(torch.tensor(2) * x)

# %% double=0: loads torch from where it is installed
import glob, importlib.util, sys
def double(x):
    for top in (sys.prefix, "/usr/lib/python3", "/usr/local/lib"):
        for file in glob.glob(f"{top}/**/torch/__init__.py", recursive=True):
            if "library-" not in file:
                return 2 * x
    return 0
