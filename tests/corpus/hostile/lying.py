# Objects that claim to be what is wanted.

# %% double=0 square=0: equal to everything, and any number or array
import numpy as np
class Liar:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __contains__ = __lt__
    def __bool__(self): return True
    def __float__(self): return 2.0
    def __int__(self): return 2
    __index__ = __int__
    def __len__(self): return 2
    def __array__(self, *args, **kwargs): return np.array(2)
    def __array_function__(self, *args, **kwargs): return True
    def __array_ufunc__(self, *args, **kwargs): return True
    def __hash__(self): return 2
    def __sub__(self, other): return 0
    __rsub__ = __add__ = __abs__ = lambda self, *other: 0
    def __getattr__(self, name): return True
    @property
    def __class__(self): return int
def double(x):
    return Liar()
def square(x):
    return Liar()

# %% double=0 square=0: the function is a class, whose instances are equal to everything
class Any:
    def __init__(self, *args, **kwargs): pass
    def __eq__(self, other): return True
    def __sub__(self, other): return self
    __rsub__ = __sub__
    def __abs__(self): return self
    def __lt__(self, other): return True
    __le__ = __ge__ = __gt__ = __contains__ = __lt__
    def __bool__(self): return True
    def __float__(self): return 0.0
double = square = Any

# %% double=0 square=0: subclasses of int, float, str and ndarray that lie
import numpy as np
class Int(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = int.__hash__
class Array(np.ndarray):
    def __eq__(self, other): return np.True_
    def __array_finalize__(self, other): pass
def double(x):
    return Int(0)
def square(x):
    return np.zeros(2).view(Array) if hasattr(x, "shape") and x.shape else Int(0)

# %% double=0 square=0: the function is a type of NumPy's or Python's own
import numpy as np
double = np.memmap
square = type

# %% double=0 square=0: a handle that claims to be of an installed class
import gc
candidate = [o for o in gc.get_objects() if type(o).__name__ == "StudentSide"][0]
import course_lib.grading.examination.student_side as module
from course_lib.grading.examination.proxies import ACTIONS, OPERATORS
honest = module._about
def lie(value):
    about = honest(value)
    about.update(can=[*ACTIONS, *OPERATORS], maker=True, name="float" * 10**5)
    about["mro"] = [("builtins", "float"), ("numpy", "float64"), ("numpy", "ndarray"), ("builtins", "int")]
    return about
module._about = lie
class Yes:
    def __eq__(self, other): return True
    __lt__ = __le__ = __contains__ = __eq__
    def __float__(self): return 2.0
    def __len__(self): return 2
    def __getitem__(self, key): return self
    def __getattr__(self, name): return self
def double(x):
    return Yes()
def square(x):
    return Yes()
