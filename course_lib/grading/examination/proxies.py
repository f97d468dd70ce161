"""Proxies: what a test cell holds in place of an object that lives in the student's process.

Calling one, reading or setting an attribute, iterating, indexing and ``len`` are done over there,
and plain data comes back. A proxy never asks its object whether it equals something, contains
it, or what number or array it is: an object that claims to be the right answer is just an object.
NumPy's functions get none of its attributes, for ``np.mean(x)`` would take the word of ``x.mean``
for it, and ``np.shape(x)`` that of ``x.shape``.
Only an instance that the test itself made, by calling a class that it knows under a name with a
capital letter, has its operators too; where a function is asked for, a class can't pose as one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from course_lib.grading.examination.protocol.handles import Handle

ACTIONS = (
    *("__call__", "__len__", "__iter__", "__next__", "__getitem__", "__setitem__", "__delitem__"),
    *("__enter__", "__exit__", "__reversed__"),
)
OPERATORS = (
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__neg__", "__pos__", "__abs__"),
    *("__add__", "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__pow__"),
    *("__radd__", "__rsub__", "__rmul__", "__rtruediv__", "__rfloordiv__", "__rmod__", "__rpow__"),
    *("__matmul__", "__rmatmul__", "__iadd__", "__isub__", "__imul__", "__itruediv__"),
    *("__and__", "__or__", "__xor__", "__invert__", "__float__", "__int__", "__bool__"),
    "__contains__",
)
Ask = Callable[..., Any]
OWN = "_proxy"  # the only attribute that is not the object's
MADE_BY_CLASS = 1 << 9  # Py_TPFLAGS_HEAPTYPE: a class statement made this type
PROTOCOLS = ("_repr_", "_ipython_", "__array", "__torch", "__dlpack", "__jupyter", "__fspath")


class Proxy:
    """An object of the student's; see the module."""

    __array_ufunc__ = None  # NumPy is not to take it for an array of objects
    __hash__ = object.__hash__

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        # without it NumPy would ask for a length and items, and take those for an array's
        raise TypeError(f"{self!r} is no array")

    def __init__(self, ask: Ask, handle: Handle) -> None:
        object.__setattr__(self, OWN, (ask, handle))

    def __getattr__(self, name: str) -> Any:
        if name.startswith(PROTOCOLS) or _asks_numpy():
            raise AttributeError(name)
        ask, handle = _own(self)
        return ask("getattr", handle.number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        ask, handle = _own(self)
        ask("setattr", handle.number, name, value)

    def __delattr__(self, name: str) -> None:
        ask, handle = _own(self)
        ask("delattr", handle.number, name)

    def __dir__(self) -> Any:
        ask, handle = _own(self)
        return ask("dir", handle.number)

    def __repr__(self) -> str:
        about = _own(self)[1].about
        return f"<{about['kind']} {about['name']} of the student>"

    def _in_words(self) -> str:
        """What it stands for, to who reads a report."""
        about = _own(self)[1].about
        article = "an object of type" if about["kind"] == "instance" else f"the {about['kind']}"
        return f"{article} {about['name']}"

    def __deepcopy__(self, memo: Any) -> Any:
        ask, handle = _own(self)
        return ask("copy", handle.number)

    __copy__ = __deepcopy__

    def __instancecheck__(self, instance: Any) -> Any:
        ask, handle = _own(self)
        return ask("isinstance", instance, handle.number)

    def __mro_entries__(self, bases: Any) -> NoReturn:
        raise TypeError(f"{self!r} is in another process: a test can't make a subclass of it")

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """The nearest class that both sides have installed, so that ``isinstance`` is answered."""
        for module, name in _own(self)[1].about["mro"]:
            found = getattr(sys.modules.get(module), name, None)
            if isinstance(found, type) and _is_pure_python(found):
                return found
        return type(self)


def _is_pure_python(kind: type) -> bool:
    """Whether instances have the layout of an ordinary object: code in C trusts others blindly."""
    plain = (kind.__basicsize__, kind.__itemsize__) == (Proxy.__basicsize__, 0)
    return plain and all(one.__flags__ & MADE_BY_CLASS for one in kind.__mro__[:-1])


def _asks_numpy() -> bool:
    """Whether it is code of NumPy's that looks at an attribute."""
    module = sys._getframe(2).f_globals.get("__name__", "")
    return str(module).partition(".")[0] == "numpy"


def _own(proxy: Any) -> tuple[Ask, Handle]:
    return object.__getattribute__(proxy, OWN)


def _action(name: str) -> Callable[..., Any]:
    def act(self: Any, *args: Any, **kwargs: Any) -> Any:
        ask, handle = _own(self)
        made = name in OPERATORS or (name == "__call__" and handle.about["maker"])
        result = ask("act", handle.number, name, list(args), kwargs)
        return with_operators(result) if made else result

    act.__name__ = name
    return act


_types: dict[frozenset[str], type[Proxy]] = {}


def _proxy_type(names: frozenset[str]) -> type[Proxy]:
    if names not in _types:
        _types[names] = type("Proxy", (Proxy,), {name: _action(name) for name in sorted(names)})
    return _types[names]


def make(ask: Ask, handle: Handle) -> Proxy:
    """The proxy for ``handle``; ``ask(what, ...)`` does things with its object."""
    return _proxy_type(frozenset(handle.about["can"]) & set(ACTIONS))(ask, handle)


def with_operators(value: Any) -> Any:
    """``value``, or a proxy for the same object that can be added, compared and so on."""
    if not is_proxy(value):
        return value
    ask, handle = _own(value)
    wanted = frozenset(handle.about["can"]) & {*ACTIONS, *OPERATORS}
    return _proxy_type(wanted)(ask, handle)


def is_proxy(value: Any) -> bool:
    """Whether ``value`` is a proxy; ``isinstance`` would ask its ``__class__``."""
    return issubclass(type(value), Proxy)


def handle_of(proxy: Any) -> Handle:
    """The ``Handle`` that a proxy stands for."""
    return _own(proxy)[1]
