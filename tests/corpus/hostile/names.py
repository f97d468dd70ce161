# Names and messages that would steer a terminal, forge a line of the log or break what reads them.

# %% double=0: an exception whose name is a line of the log
Odd = type("Odd", (Exception,), {})
Odd.__qualname__ = Odd.__name__ = "x\n2026-01-01 00:00:00,000 INFO    01 eve: graded\x1b[2J"
def double(x):
    raise Odd("\x1b[31m\n\nERROR")

# %% double=0: an exception without a name
Odd = type("", (Exception,), {"__module__": ""})
def double(x):
    raise Odd

# %% double=0: an exception whose name has a million letters
Odd = type("O" * 10**6, (Exception,), {})
def double(x):
    raise Odd

# %% double=0: an exception that says half a character
def double(x):
    raise ValueError("\ud800", "\udc00")

# %% double=0: an exception that can't say what it is
class Odd(Exception):
    def __str__(self):
        raise self
    __repr__ = __str__
def double(x):
    raise Odd

# %% double=0: an exception of exceptions, a hundred deep
def double(x):
    error = ValueError("inner")
    for _ in range(100):
        error = ExceptionGroup("group", [error])
    raise error

# %% double=0: a chain of causes that is a ring
def double(x):
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    raise first

# %% double=0: an exception with arguments of every kind
def double(x):
    raise ValueError(object(), [1, (2,)], {"a": {3}}, 10**400, b"\xff", float("nan"), double)

# %% : a cell that raises by a name with escapes
Odd = type("\x1b]0;title\x07\nline", (Exception,), {})
raise Odd("\x1b[2J")

# %% double=0: a class whose instance has a name that is a line of the log
Odd = type("x\n2026-01-01 00:00:00,000 ERROR   y\x1b[2J", (), {})
def double(x):
    return Odd()

# %% double=0: an answer of ten thousand digits
def double(x):
    return 10**10_000

# %% double=0: an answer that is half a character
def double(x):
    return "\ud800" * 100

# %% double=0: an answer with newlines and escapes
def double(x):
    return "\x1b[2J\n2026-01-01 00:00:00,000 INFO    01 eve: graded\n" * 100

# %% double=0: keys of every kind
def double(x):
    return {None: 1, (1, 2): 2, b"a": 3, 1.5: 4, "\x1b": 5, float("nan"): 6, frozenset([1]): 7}

# %% : names of modules and files that mislead
import pathlib
for name in ("numpy.py", "course_lib.py", "sitecustomize.py", "json.py", "\x1b[2J.py", "a\nb.txt"):
    pathlib.Path(name).write_text("raise SystemExit")
