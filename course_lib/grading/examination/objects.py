"""What tests can do with a student's objects, and which of them that may change."""

from __future__ import annotations

import operator
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.grading.examination.proxies import OPERATORS

CHANGEABLE = (list, tuple, dict, set, bytearray, np.ndarray, np.random.Generator)


def changeable(value: Any) -> bool:
    """Whether a call may change what it holds, so that the test is sent what became of it."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, (torch.Tensor, torch.nn.Module)):
        return True
    known = isinstance(value, (type, types.ModuleType, types.FunctionType))
    return isinstance(value, CHANGEABLE) or (hasattr(value, "__dict__") and not known)


def _reflected(name: str) -> Callable[[Any, Any], Any]:
    act = getattr(operator, f"__{name.strip('_')[1:]}__")
    return lambda value, other: act(other, value)


ACTS = {
    **{name: getattr(operator, name) for name in OPERATORS if hasattr(operator, name)},
    **{name: _reflected(name) for name in OPERATORS if name.startswith("__r")},
    **{"__float__": float, "__int__": int, "__bool__": bool},
    **{"__len__": len, "__iter__": iter, "__next__": next, "__reversed__": reversed},
    "__call__": lambda value, *args, **kwargs: value(*args, **kwargs),
    "__getitem__": operator.getitem,
    "__setitem__": operator.setitem,
    "__delitem__": operator.delitem,
    "__contains__": operator.contains,
    "__enter__": lambda value: type(value).__enter__(value),
    "__exit__": lambda value, *details: type(value).__exit__(value, *details),
}
