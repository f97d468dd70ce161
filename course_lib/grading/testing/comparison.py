"""Compare what came back with what was wanted, and say in words how they differ.

Only plain data is compared: None, numbers, text, bytes, and lists, tuples, dicts, sets and arrays
of these, however deep. An object of the student's that says of itself that it equals something, or
has a length and items like an array, is just an object.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.grading.testing.description import describe, short

MAX_DEPTH = 32  # lists within each other
NUMBERS = bool, int, float, complex, np.number, np.bool_


@dataclass(frozen=True)
class _Tolerance:
    rtol: float
    atol: float
    exact_type: bool


def difference(
    got: object, wanted: object, rtol: float = 1e-6, atol: float = 1e-9, exact_type: bool = False
) -> str | None:
    """None if ``got`` equals ``wanted`` within the tolerances, else the first difference, in words.

    Numbers, arrays of them and lists of them are compared by value, whatever their dtype, also as
    one another; a tuple of several results item by item, and so is any other list; dicts key by
    key; sets by what they hold; the rest by type and ``==``. NaN equals nothing. ``exact_type``
    asks for the dtype of ``wanted`` as well.
    """
    if _is_nothing(got) and wanted is not None:
        return "nothing came back: is there a return?"
    return _difference(got, wanted, _Tolerance(rtol, atol, exact_type), "result")


def _is_nothing(got: object) -> bool:
    """None, also where a test has made an array of it: then it equals nothing, as NaN does."""
    return got is None or (
        isinstance(got, np.ndarray) and got.dtype == object and got.tolist() is None
    )


def array_of(value: object) -> NDArray | None:
    """Numbers, lists of them, an array or a tensor as an array of its own; None for the rest.

    An object that has a ``shape`` and a ``mean`` to show, but no numbers, is none.
    """
    array = _numbers(value)
    return None if array is None else np.array(array)


def same(before: object, after: object) -> bool:
    """Whether plain data is what it was, to the last bit; other objects are not looked into."""
    if isinstance(before, np.ndarray):
        if not isinstance(after, np.ndarray) or before.dtype != after.dtype:
            return False
        if before.dtype == object:
            return same(before.tolist(), after.tolist())
        return np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, (list, tuple)):
        return (
            isinstance(after, (list, tuple))
            and len(before) == len(after)
            and all(map(same, before, after))
        )
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(same(value, after[key]) for key, value in before.items())
        )
    if before is None or isinstance(before, (*NUMBERS, str, bytes, set, frozenset)):
        return type(before) is type(after) and bool(before == after or before != before)
    return True


def _difference(got: Any, wanted: Any, tolerance: _Tolerance, kind: str = "item") -> str | None:
    """kind: what the parts of a tuple are called; those of a function's results are results."""
    got, wanted = _without_numpy_text(got), _without_numpy_text(wanted)
    if isinstance(wanted, tuple) and isinstance(got, tuple) and is_shape(got + wanted):
        return None if got == wanted else f"it is {describe(got)}, wanted {describe(wanted)}"
    if isinstance(wanted, tuple):
        return _results_difference(kind, got, wanted, tolerance)
    if isinstance(wanted, dict):
        return _dict_difference(got, wanted, tolerance)
    if isinstance(wanted, (set, frozenset)):
        return _set_difference(got, wanted, tolerance)
    numbers = _numbers(wanted)
    if numbers is not None:
        return _numbers_difference(got, numbers, tolerance)
    if isinstance(wanted, list):
        return _list_difference(got, wanted, tolerance)
    same_type = type(got) is type(wanted)  # so that == is not the student's
    return None if same_type and bool(got == wanted) else "it is not the value wanted"


def _without_numpy_text(value: Any) -> Any:
    """``value``, but NumPy's text, dates, objects and ranges as Python's own."""
    if isinstance(value, range):
        return list(value)
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind not in "fiubc":
        return value.tolist()
    return value


def _numbers(value: Any) -> NDArray | None:
    """``value`` as an array, if it holds numbers alone and is as regular as an array."""
    if not _holds_numbers_alone(value):
        return None
    try:
        array = np.asarray(value)
        if array.dtype == object:  # whole numbers too large for NumPy's
            array = array.astype(float)
    except Exception:  # rows of different lengths; an object's own __array__ may raise anything
        return None
    return array if array.dtype.kind in "fiubc" else None


def _holds_numbers_alone(value: Any, depth: int = MAX_DEPTH) -> bool:
    if isinstance(value, (list, tuple)):
        return depth > 0 and all(_holds_numbers_alone(item, depth - 1) for item in value)
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiubc"
    return isinstance(value, NUMBERS) or hasattr(type(value), "__array__")  # as torch's tensors


def _numbers_difference(got: Any, wanted: NDArray, tolerance: _Tolerance) -> str | None:
    array = _numbers(got)
    if array is None:
        ragged = isinstance(got, (list, tuple)) and _holds_numbers_alone(got)
        why = ": its rows have different lengths" if ragged else ""
        return f"it is no number or array of numbers{why}"
    if array.dtype.kind == "c" and wanted.dtype.kind != "c":
        return "it is complex, real numbers were wanted"
    if array.shape != wanted.shape:
        return f"its shape is {array.shape}, wanted {wanted.shape}"
    if tolerance.exact_type and array.dtype != wanted.dtype:
        return f"its dtype is {array.dtype}, wanted {wanted.dtype}"
    with np.errstate(all="ignore"):
        return _value_difference(array, wanted, tolerance)


def _value_difference(got: NDArray, wanted: NDArray, tolerance: _Tolerance) -> str | None:
    close = np.isclose(got, wanted, rtol=tolerance.rtol, atol=tolerance.atol)
    if close.all():
        return None
    if np.isnan(got).any():
        return f"it has NaN in {np.isnan(got).sum()} of {got.size} places"
    kind = complex if "c" in (got.dtype.kind, wanted.dtype.kind) else float
    distance = np.abs(got.astype(kind) - wanted.astype(kind))
    if got.ndim == 0:
        return f"off by {short(distance)}"
    first = tuple(int(i) for i in np.argwhere(~close)[0])
    return (
        f"{np.sum(~close)} of {got.size} elements differ, the first at "
        f"[{', '.join(map(str, first))}]: {short(got[first])} instead of {short(wanted[first])}; "
        f"largest difference {short(np.max(distance))}"
    )


def is_shape(value: tuple) -> bool:
    """Whether it holds whole numbers alone: a shape is one thing, no tuple of results."""
    return all(type(one) is int for one in value)


def _results_difference(kind: str, got: Any, wanted: tuple, tolerance: _Tolerance) -> str | None:
    if not isinstance(got, (tuple, list)) or len(got) != len(wanted):
        came = len(got) if isinstance(got, (tuple, list)) else "one"
        were = f"{kind} was" if len(wanted) == 1 else f"{kind}s were"
        return f"{len(wanted)} {were} wanted, {came} came back"
    return _first_difference(kind, got, wanted, tolerance)


def _list_difference(got: Any, wanted: list, tolerance: _Tolerance) -> str | None:
    if isinstance(got, np.ndarray) and got.ndim:
        got = list(got)
    if not isinstance(got, (list, tuple)):
        return "it is no list"
    if len(got) != len(wanted):
        return f"it has {len(got)} items, wanted {len(wanted)}"
    return _first_difference("item", got, wanted, tolerance)


def _first_difference(
    kind: str, got: Iterable, wanted: list | tuple, tolerance: _Tolerance
) -> str | None:
    for number, (one, other) in enumerate(zip(got, wanted, strict=True), start=1):
        problem = _difference(one, other, tolerance)
        if problem:
            return f"{kind} {number} of {len(wanted)}: {problem}"
    return None


def _dict_difference(got: Any, wanted: dict, tolerance: _Tolerance) -> str | None:
    if not isinstance(got, dict):
        return "it is no dict"
    for key in wanted:
        if key not in got:
            return f"it has no key {describe(key)}"
    for key in got:
        if key not in wanted:
            return f"it has a key {describe(key)}, which is not wanted"
    for key, value in wanted.items():
        problem = _difference(got[key], value, tolerance)
        if problem:
            return f"at key {describe(key)}: {problem}"
    return None


def _set_difference(got: Any, wanted: set | frozenset, tolerance: _Tolerance) -> str | None:
    """Numbers that are nearly the same count as one; the rest must be equal."""
    if not isinstance(got, (set, frozenset)):
        return "it is no set"
    lacking, more = list(wanted - got), list(got - wanted)
    for value in list(lacking):
        near = [other for other in more if _difference(other, value, tolerance) is None]
        if near:
            lacking.remove(value)
            more.remove(near[0])
    if lacking:
        return f"it lacks {min(map(describe, lacking))}"
    return f"it holds {min(map(describe, more))}, which is not wanted" if more else None
