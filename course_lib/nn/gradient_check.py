"""Check a derivative that was worked out by hand against one that was only measured."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    """Gradient of the scalar function ``f`` at ``x``, by centred differences.

    Each element of x in turn is moved by +h and -h: ``(f(x + h) - f(x - h)) / 2h``. The error
    falls with h squared until rounding takes over, hence float64 only. x is not changed.
    """
    x = np.array(x)
    if x.dtype != np.float64:
        raise TypeError(f"numerical_gradient: x has dtype {x.dtype}, wanted float64")
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


def relative_error(a, b):
    """How far apart two arrays are, relative to their size: ``|a - b| / (|a| + |b|)``.

    0 when they are equal, at most 1, NaN if one of them holds NaN; ``| |`` is the Euclidean length
    of all the elements.
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"relative_error: b has shape {b.shape}, wanted that of a, {a.shape}")
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size != 0 else 0.0
