# Exceptions and texts that mean something to who runs the tests.

# %% double=0 apply=0: fails a check without a word
class Function:
    @property
    def __name__(self):
        from course_lib.grading.testing.question import CheckFailed
        raise CheckFailed("")
    def __call__(self, *args):
        from course_lib.grading.testing.question import CheckFailed
        raise CheckFailed("")
double = apply = Function()

# %% double=0: gives back what fails the check when it is described
def double(x):
    class Odd:
        @property
        def __name__(self):
            from course_lib.grading.testing.question import CheckFailed
            raise CheckFailed("")
    return Odd()

# %% double=0 square=0: claims the class of an exception by its name
class CheckFailed(Exception):
    pass
CheckFailed.__module__, CheckFailed.__qualname__ = "course_lib.grading.testing.question", "CheckFailed"
def double(x):
    raise CheckFailed("")
square = double

# %% square=0: ends the debugger that there is not
import bdb
def square(x):
    raise bdb.BdbQuit

# %% square=0: raises what IPython shows without an error
from IPython.core.error import UsageError
def square(x):
    raise UsageError

# %% square=0: ends the test's iteration
def square(x):
    raise StopIteration

# %% square=0: names a file in its syntax error
def square(x):
    raise SyntaxError("m", ("/dev/zero", 1, 1, "text"))

# %% double=0: so long a message that the points get no room
def double(x):
    raise ValueError(("x" * 60 + "\n") * 200_000)

# %% double=0: so long a name that the points get no room
def double(x):
    return 0
double.__name__ = ("x" * 70 + "\n") * 200_000

# %% apply=0: changes the number that the test wants
wanted = 4
def apply(f, x):
    global wanted
    wanted = 0
    return 0

# %% double=0: claims to be of a class that is made in C
class Odd:
    pass
Odd.__module__, Odd.__qualname__ = "os", "stat_result"
def double(x):
    return Odd()
