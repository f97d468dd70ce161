"""Newer Python is told from what is no Python."""

import ast
import sys
import time

import pytest

from course_lib.grading.newer_python import MAX_CHARACTERS, newer_python

NEW = {
    'print(f"{d["a"]}")\ndef f(x):\n    return x': (12, "an f-string"),
    "print(f'{', '.join(names)}')": (12, "an f-string"),
    'x = f"""{\n  a  # why\n}"""\ny = f"{"\\n".join(z)}"': (12, "an f-string"),
    'x = f"{f"{f"{1}"}"}"': (12, "an f-string"),
    'x = rf"{d["a"]:>{width}}"': (12, "an f-string"),
    "type X = int": (12, "a type statement"),
    "%time 1\ntype Pair[T] = tuple[T, T]\n": (12, "a type statement"),
    "def first[T](x: list[T]) -> T:\n    return x[0]": (12, "type parameters"),
    "class Box[T: (int, str), *Ts, **P]:\n    pass": (12, "type parameters"),
    "class A:\n    async def f[T: dict[str, list[int]] = int](self): pass": (12, "type param"),
    "try:\n    1\nexcept ValueError, KeyError:\n    pass": (14, "several exceptions"),
    "try:\n    1\nexcept* a.B, c.D :\n    pass": (14, "several exceptions"),
    'x = t"hello {name}"': (14, "a t-string"),
    'print(f"{d["a"]}")\ntry:\n    1\nexcept A, B:\n    pass': (14, "several exceptions"),
    "lazy import numpy as np": (15, "lazy imports"),
    "flat = [*row for row in rows]": (15, "unpacking in a comprehension"),
}
OLD = [
    "x = 1",
    "def f(x) return x",
    "type(x) = 3",
    'print(f"{x")',
    "x = 'it's'",
    "def f[](x):\n    return 1 +",
    "except ValueError, KeyError:",
    "Dear teacher, I can't do this: sorry",
    "type = 3\nprint type",
    "x = f\"{d['a']}\" + ",
    "x = '''",
    "t = 1\nt'",
    "f(\n" * 200,
    "f'{" * (MAX_CHARACTERS // 3),
    "def f[" + "[" * (MAX_CHARACTERS - 10),
]
needs_an_old_python = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="this Python understands what is tried here"
)


@needs_an_old_python
@pytest.mark.parametrize(("source", "said"), NEW.items(), ids=range(len(NEW)))
def test_what_is_newer_is_named_with_its_version(source, said):
    with pytest.raises(SyntaxError):
        ast.parse(source.replace("%time 1", ""))
    version, what = said
    found = newer_python(source)
    assert found.startswith(what)
    assert found.endswith(f"(Python 3.{version} or newer)")


@pytest.mark.parametrize("source", OLD, ids=range(len(OLD)))
def test_what_is_no_python_is_not_called_newer(source):
    start = time.process_time()
    assert newer_python(source) == ""
    assert time.process_time() - start < 2
