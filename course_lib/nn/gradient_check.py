"""Check a derivative that was worked out by hand against one that was only measured.

Here, as they only measure, the functions take whatever NumPy makes an array of.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_dtype, check_positive, check_shape, checked


@checked(h=check_positive)
def numerical_gradient(f: Callable[[NDArray], float], x: Any, h: float = 1e-5) -> NDArray:
    """Gradient of the scalar function ``f`` at ``x``, by centred differences.

    Each element of x in turn is moved by +h and -h: ``(f(x + h) - f(x - h)) / 2h``. The error
    falls with h squared until rounding takes over, hence float64 only. x is not changed.
    Raises ``TypeError`` for another dtype.
    """
    x = np.array(x)
    check_dtype("numerical_gradient: x", x, np.float64, "float64")
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        below = f(x)
        x[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a: Any, b: Any) -> float:
    """How far apart two arrays are, relative to their size: ``|a - b| / (|a| + |b|)``.

    0 when they are equal, at most 1, NaN if one of them holds NaN; ``| |`` is the Euclidean length
    of all the elements.
    """
    a, b = np.asarray(a), np.asarray(b)
    check_shape("relative_error: b", b, a.shape)
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size != 0 else 0.0
