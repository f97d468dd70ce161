# Answers and exceptions that are trouble to read, to compare or to print.

# %% double=0: an exception that can't be printed
class Mean(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
    @property
    def args(self): raise KeyboardInterrupt
def double(x):
    raise Mean()

# %% double=0: an exception with a name and a message of megabytes
Long = type("E" * 10**6, (ValueError,), {"__str__": lambda self: "m" * 10**7})
def double(x):
    raise Long("a" * 10**7)

# %% double=0: the examination's own exceptions
from course_lib.grading.examination.protocol.channel import Closed
from course_lib.grading.testing.question import CheckFailed, NotPassed
def double(x):
    if x == 1:
        raise CheckFailed("2 of 2 points")
    raise Closed

# %% double=0: an exception that says that it is of another class
class Fake(BaseException):
    __class__ = property(lambda self: AssertionError)
Fake.__module__, Fake.__qualname__ = "course_lib.grading.examination.student_process", "GivenUp"
def double(x):
    raise Fake

# %% double=0: a number of a hundred thousand digits
def double(x):
    return 10**100_000

# %% double=0: not a number, infinity, and a string that looks right
def double(x):
    return float("nan") if x == 1 else "246908642"

# %% double=0: keys and names of hostile kinds
def double(x):
    return {float("nan"): 1, (1, 2): 2, "\x00" * 1000: 3, None: 4, -1: {}, b"": []}

# %% double=0: a function with a name that is no name
def double(x):
    return 0
double.__name__ = "x\n    ok  one\n" * 10**4
double.__qualname__ = "2 of 2"

# %% double=0: an object that answers each question with another object
class Deep:
    def __getattr__(self, name): return Deep()
    def __call__(self, *args, **kwargs): return Deep()
    def __iter__(self): return iter([Deep()])
def double(x):
    return Deep()

# %% double=0: an object that can't be asked anything
class Closed:
    def __getattribute__(self, name): raise SystemExit(name)
def double(x):
    return Closed()

# %% double=0: a class without a plain order of ancestors
class Meta(type):
    def mro(cls): return [cls, object]
    __mro__ = property(lambda cls: 1 / 0)
class Odd(metaclass=Meta):
    pass
def double(x):
    return Odd()
