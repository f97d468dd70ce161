"""What is no plain data: objects as handles, by their names, or taken apart and put together.

An object of the student's goes to the tests as a handle and stays where it is. One that a test
lends goes over by its name, or in parts, as ``copy`` takes it apart; what the student's code made
of it comes back in parts and is merged into the original.
"""

from __future__ import annotations

import copyreg
import sys
import types
from dataclasses import dataclass
from typing import Any

import numpy as np

NEW_OBJECT = vars(copyreg)["__newobj__"]  # how protocol 2 says cls.__new__(cls, *args)


class CantCross(TypeError):
    """A value that can't be sent as plain data; the message says which."""


class Garbage(ValueError):
    """Bytes that are no message."""


@dataclass(frozen=True)
class Handle:
    """An object that stays where it is: its number there, and what may be known of it."""

    number: int
    about: dict


@dataclass(frozen=True)
class Name:
    """A function, class or module that the other side finds under the same name."""

    module: str
    qualname: str


@dataclass(frozen=True)
class Built:
    """An object as ``copy`` would rebuild it: a maker, its arguments, and a state."""

    maker: Any
    args: tuple
    state: Any
    items: list
    pairs: list


@dataclass(frozen=True)
class New:
    """An array that stands where another one was lent: it is not that one, changed."""

    value: Any


def by_name(value: Any) -> Name | None:
    """The ``Name`` under which installed code can find ``value``, or None."""
    if isinstance(value, types.ModuleType):
        return Name(value.__name__, "") if value.__name__ != "__main__" else None
    module, qualname = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if isinstance(value, np.ufunc):
        module, qualname = "numpy", value.__name__
    if not module or not qualname or module == "__main__" or "<" in qualname:
        return None
    return Name(module, qualname) if look_up(module, qualname) is value else None


def look_up(module: str, qualname: str) -> Any:
    """What ``module.qualname`` is, or None; only in modules that are imported already."""
    found = sys.modules.get(module)
    for part in filter(None, qualname.split(".")):
        found = getattr(found, part, None)
    return found


def taken_apart(value: Any) -> Built:
    """``value`` as ``copy.copy`` would rebuild it; ``CantCross`` if it would not."""
    try:
        reduced = value.__reduce_ex__(2)
    except TypeError as error:
        raise CantCross(f"a {type(value).__name__}: {error}") from error
    if type(reduced) is not tuple:
        raise CantCross(f"a {type(value).__name__}")
    maker, args, state, items, pairs = (*reduced, None, None, None)[:5]
    if maker is NEW_OBJECT:
        maker, args = args[0], args[1:]
        args = ("new", *args)
    else:
        args = ("call", *args)
    if by_name(maker) is None:
        raise CantCross(f"a {type(value).__name__}, whose class is not an installed one")
    return Built(maker, args, state, list(items or []), [list(pair) for pair in pairs or []])


def build(parts: Built) -> Any:
    """What ``taken_apart`` took apart, put together again."""
    how, *args = parts.args
    value = parts.maker.__new__(parts.maker, *args) if how == "new" else parts.maker(*args)
    if hasattr(value, "__setstate__"):
        value.__setstate__(parts.state)
    elif parts.state:
        plain, slots = parts.state if isinstance(parts.state, tuple) else (parts.state, None)
        for name, part in {**(plain or {}), **(slots or {})}.items():
            object.__setattr__(value, name, part)  # frozen dataclasses too
    for item in parts.items:
        value.append(item)
    for key, item in parts.pairs:
        value[key] = item
    return value


def arrays_in(value: Any) -> list[Any]:
    """The arrays that ``value`` is made of, however deep."""
    found, seen, waiting = [], set(), [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            found.append(one)
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, (list, tuple)):
            waiting += one
        elif not isinstance(one, (type, types.ModuleType, types.FunctionType)):
            waiting += getattr(one, "__dict__", {}).values()
    return found


def merge(value: Any, new: Any) -> None:
    """Make ``value``, an argument of a call, in place into what it became over there."""
    if isinstance(value, np.ndarray):
        if isinstance(new, np.ndarray) and (new.size, new.dtype) == (value.size, value.dtype):
            if new.shape != value.shape:  # the student's code gave it another shape
                value.shape = new.shape
            value[...] = new
    elif isinstance(value, tuple):
        for old, one in zip(value, new, strict=False):
            _merged(old, one)  # what is in the tuple can change, not the tuple
    elif isinstance(value, list):
        both = [_merged(old, one) for old, one in zip(value, new, strict=False)]
        value[:] = both + [_settled(one) for one in new[len(value) :]]
    elif isinstance(value, dict):
        merged = {key: _merged(value.get(key), one) for key, one in new.items()}
        value.clear()
        value.update(merged)
    elif isinstance(value, (set, bytearray)):
        value.clear()
        (value.update if isinstance(value, set) else value.extend)(new)
    elif isinstance(value, np.random.Generator):
        value.bit_generator.state = new.bit_generator.state
    elif "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor):
        value.data.copy_(new.data)
        value.grad = new.grad
    elif isinstance(value, (type, types.ModuleType, types.FunctionType)):
        raise Garbage(f"a changed {type(value).__name__}")
    elif isinstance(new, Built) and hasattr(value, "__dict__"):
        state = new.state[0] if isinstance(new.state, tuple) else new.state
        for name, part in (state or {}).items():
            if callable(getattr(type(value), name, None)):
                raise Garbage(f"a new method {name} for an object of the test's")
            old = value.__dict__.get(name)
            merged = _merged(old, part)
            if merged is not old:
                value.__dict__[name] = merged


def _merged(old: Any, new: Any) -> Any:
    """``old`` changed in place where it was, else ``new``."""
    if isinstance(new, New):
        return new.value
    if isinstance(new, Name) and new == by_name(old):
        return old  # a function or class that was there before; no other is looked up
    if isinstance(new, tuple) and isinstance(old, tuple) and len(new) == len(old):
        return tuple(map(_merged, old, new))
    if isinstance(new, Built) or (type(old) is type(new) and isinstance(old, (list, dict))):
        merge(old, new)
        return old
    same = isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape == new.shape
    if same and old.dtype == new.dtype:
        merge(old, new)
        return old
    torch = sys.modules.get("torch")
    tensor = torch is not None and isinstance(old, torch.Tensor) and isinstance(new, torch.Tensor)
    in_place = tensor and (old.shape, old.dtype) == (new.shape, new.dtype)
    if in_place or (type(old) is type(new) and isinstance(old, np.random.Generator)):
        merge(old, new)
        return old
    return _settled(new)


def _settled(value: Any) -> Any:
    """``value`` without the marks of new arrays."""
    if isinstance(value, New):
        return value.value
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items()}
    return type(value)(map(_settled, value)) if type(value) in (list, tuple) else value


def words(error: BaseException) -> str:
    """What an exception says, also one whose ``__str__`` fails."""
    try:
        return str(error)
    except BaseException:
        return f"a {type(error).__name__} that can't say what it is"
