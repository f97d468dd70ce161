"""Values in words: what went in, what came back and what was wanted, in a line each."""

import re
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_SHOWN = 25  # elements: arrays up to this many are shown, larger ones described
MAX_PLAIN, MAX_ARRAYS = 80, 400  # characters shown of a value, and of one that holds arrays
MAX_DEPTH = 32  # lists within each other
BEFORE = 2  # items shown of a long list before the first that differs


def describe(value: object) -> str:
    """One line about a value: small ones in full, arrays with shape and dtype, others by type."""
    text = _text(value)
    limit = MAX_ARRAYS if _holds_array(value) else MAX_PLAIN
    if isinstance(value, np.ndarray) or len(text) <= limit:
        return text
    return text[: limit - 3] + "..."


def side_by_side(got: object, wanted: object) -> tuple[str, str]:
    """``describe`` both; long lists from shortly before the first item that differs."""
    if not all(isinstance(one, (list, tuple)) and not _holds_array(one) for one in (got, wanted)):
        return describe(got), describe(wanted)
    if max(len(_text(got)), len(_text(wanted))) <= MAX_PLAIN:
        return describe(got), describe(wanted)
    pairs = enumerate(zip(got, wanted, strict=False))  # type: ignore[call-overload]
    first = next((i for i, (one, other) in pairs if _text(one) != _text(other)), 0)
    start = max(first - BEFORE, 0)
    return _from_item(got, start), _from_item(wanted, start)


def _from_item(value: Any, start: int) -> str:
    """A list from an item on, as long as ``describe`` would make it."""
    shown = _text(list(islice(value, start, start + MAX_ARRAYS)))
    text = f"[..., {shown[1:]}" if start else shown
    text = text if len(text) <= MAX_PLAIN else text[: MAX_PLAIN - 3] + "..."
    return f"{text}  (from item {start + 1} of {len(value)})" if start else text


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray):
        shape = f"array of shape {value.shape}, {value.dtype}"
        shown = 0 < value.size <= MAX_SHOWN and value.dtype != object
        return f"{_flat(value)}, {shape}" if shown else shape
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return _container_text(value)
    if isinstance(value, np.random.Generator):
        return "a random generator"
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        try:
            return repr(value)
        except ValueError:  # a number of more digits than Python prints
            return "a very large number"
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)[:100]
    in_words = getattr(type(value), "_in_words", None)  # a proxy says what it stands for
    return in_words(value) if in_words else f"an object of type {type(value).__name__}"


def _container_text(value: list | tuple | dict | set | frozenset) -> str:
    first = islice(value.items() if isinstance(value, dict) else value, MAX_ARRAYS)
    if isinstance(value, dict):
        parts = [f"{_text(key)}: {_text(item)}" for key, item in first]
    else:
        parts = [_text(item) for item in first]
    separator = "; " if _holds_array(value) else ", "
    if isinstance(value, list):
        return f"[{separator.join(parts)}]"
    if isinstance(value, tuple):
        return f"({separator.join(parts)}{',' * (len(parts) == 1 and separator == ', ')})"
    if isinstance(value, dict):
        return f"{{{separator.join(parts)}}}"
    inside = f"{{{', '.join(sorted(parts))}}}" if parts else ""
    if isinstance(value, frozenset):
        return f"frozenset({inside})"
    return inside or "set()"


def _holds_array(value: Any, depth: int = MAX_DEPTH) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return depth > 0 and any(_holds_array(item, depth - 1) for item in value)
    return isinstance(value, np.ndarray)


def short(value: Any) -> str:
    """A number in a few digits."""
    return f"{value:.6g}" if np.iscomplexobj(value) else f"{float(value):.6g}"


def _flat(array: NDArray) -> str:
    shown = np.array2string(array, separator=", ", precision=5, floatmode="maxprec")
    return re.sub(r"\s+", " ", shown).replace("[ ", "[")
