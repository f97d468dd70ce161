"""Compare what came back with what was wanted, and say in words how they differ."""

import re

import numpy as np

SMALL = 25  # arrays up to this many elements are shown, larger ones described
LONG = 400  # characters of a list of arrays that are shown


def describe(value):
    """One line about a value: small ones in full, arrays with shape and dtype, others by type."""
    if isinstance(value, np.ndarray):
        shape = f"array of shape {value.shape}, {value.dtype}"
        return f"{_flat(value)}, {shape}" if 0 < value.size <= SMALL else shape
    if isinstance(value, (list, tuple)) and _holds_array(value):
        left, right = "[]" if isinstance(value, list) else "()"
        text = left + "; ".join(describe(item) for item in value) + right
        return text if len(text) <= LONG else text[: LONG - 3] + "..."
    if isinstance(value, np.random.Generator):
        return "a random generator"
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, str, list, tuple, dict)):
        text = repr(value)
        return text if len(text) <= 80 else text[:77] + "..."
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)[:100]
    return f"an object of type {type(value).__name__}"


def difference(got, wanted, rtol=1e-6, atol=1e-9, exact_type=False):
    """None if ``got`` equals ``wanted`` within the tolerances, else what is different, in words.

    Numbers, lists and arrays are compared by value, whatever their dtype; a tuple of several
    results item by item; anything else with ``==``. NaN equals nothing. ``exact_type`` asks for
    the dtype of ``wanted`` as well.
    """
    if got is None and wanted is not None:
        return "nothing came back: is there a return?"
    if isinstance(wanted, tuple):
        return _tuple_difference(got, wanted, rtol, atol, exact_type)
    if isinstance(wanted, (str, bytes, dict)) or wanted is None:
        return None if type(got) is type(wanted) and got == wanted else "it is not the value wanted"
    try:
        got = np.asarray(got)
    except Exception:  # the student's object may raise anything here
        got = np.asarray(None)
    wanted = np.asarray(wanted)
    if got.dtype.kind not in "fiub":
        return f"it is no number or array of numbers (NumPy makes {got.dtype} of it)"
    if got.shape != wanted.shape:
        return f"its shape is {got.shape}, wanted {wanted.shape}"
    if exact_type and got.dtype != wanted.dtype:
        return f"its dtype is {got.dtype}, wanted {wanted.dtype}"
    return _value_difference(got, wanted, rtol, atol)


def _holds_array(value):
    if isinstance(value, (list, tuple)):
        return any(map(_holds_array, value))
    return isinstance(value, np.ndarray)


def _tuple_difference(got, wanted, rtol, atol, exact_type):
    if not isinstance(got, (tuple, list)) or len(got) != len(wanted):
        came = f"{len(got)}" if isinstance(got, (tuple, list)) else "one"
        return f"{len(wanted)} results were wanted, {came} came back"
    for place, (one, other) in enumerate(zip(got, wanted, strict=True)):
        found = difference(one, other, rtol, atol, exact_type)
        if found:
            return f"result {place + 1} of {len(wanted)}: {found}"
    return None


def _value_difference(got, wanted, rtol, atol):
    close = np.isclose(got, wanted, rtol=rtol, atol=atol)
    if close.all():
        return None
    if np.isnan(got).any():
        return f"it has NaN in {np.isnan(got).sum()} of {got.size} places"
    if got.ndim == 0:
        return f"off by {_number(abs(got - wanted))}"
    first = tuple(int(i) for i in np.argwhere(~close)[0])
    place = first[0] if len(first) == 1 else first
    largest = np.max(np.abs(np.asarray(got, float) - np.asarray(wanted, float)))
    return (
        f"{np.sum(~close)} of {got.size} elements differ, the first at [{str(place).strip('()')}]: "
        f"{_number(got[first])} instead of {_number(wanted[first])}; "
        f"largest difference {_number(largest)}"
    )


def _number(value):
    return f"{float(value):.6g}"


def _flat(array):
    shown = np.array2string(array, separator=", ", precision=5, floatmode="maxprec")
    return re.sub(r"\s+", " ", shown).replace("[ ", "[")
