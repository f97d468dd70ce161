"""Say which shapes a function takes, and have them checked."""

import functools
import inspect
from numbers import Number

import numpy as np


def shapes(**wanted):
    """Check the shapes of arguments: ``@shapes(x="N D", W="D K", b="K")``.

    A letter stands for one size, the same wherever it appears, a number for itself; ``...`` at the
    end, as in ``"N D ..."``, for any further sizes, again the same wherever it appears. The
    decorated function raises ``TypeError`` for an argument that is neither number nor numeric NumPy
    array (of unsigned ones only labels, ``"N"``: the differences of others would wrap around), and
    ``ValueError`` for a wrong shape or an axis of size zero (an empty batch). Both name
    the argument, what came and what was wanted. One whose default is None may be None.
    """
    patterns = {name: pattern.split() for name, pattern in wanted.items()}
    numbers = {
        part: int(part) for pattern in patterns.values() for part in pattern if part.isdigit()
    }

    def decorate(function):
        parameters = inspect.signature(function).parameters
        optional = {name for name, told in parameters.items() if told.default is None}

        @functools.wraps(function)
        def checked(*args, **kwargs):
            sizes = dict(numbers)
            for name, value in (*zip(parameters, args, strict=False), *kwargs.items()):
                if name in patterns and not (value is None and name in optional):
                    _check(function.__name__, name, value, patterns[name], sizes)
            return function(*args, **kwargs)

        return checked

    return decorate


def check_shape(function, name, value, wanted):
    """``ValueError`` unless the array ``value`` has the shape ``wanted``."""
    if value.shape != tuple(wanted):
        raise ValueError(f"{function}: {name} has shape {value.shape}, wanted {tuple(wanted)}")


def check_finite(function, name, value):
    """``ValueError`` if the array ``value`` holds NaN or an infinite number."""
    if value.size and not (np.isfinite(value.min()) and np.isfinite(value.max())):
        raise ValueError(f"{function}: {name} has NaN or infinite values, wanted finite numbers")


def _check(function, name, value, pattern, sizes):
    """Match one argument against its pattern; ``sizes`` collects what each letter stands for."""
    kinds = "fiub" if pattern == ["N"] else "fib"
    if not isinstance(value, Number | np.ndarray) or np.asarray(value).dtype.kind not in kinds:
        kind = f"array of {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
        raise TypeError(f"{function}: {name} is {kind}, wanted a NumPy array of numbers")
    shape = np.shape(value)
    letters = [letter for letter in pattern if letter != "..."]
    found = dict(zip(letters, shape, strict=False))
    if "..." in pattern:
        found["..."] = shape[len(letters) :]
    wrong_axes = len(shape) < len(letters) or (len(shape) > len(letters) and "..." not in pattern)
    if wrong_axes or any(sizes.get(letter, size) != size for letter, size in found.items()):
        known = [
            f"{part} = {sizes[part]}" for part in pattern if part in sizes and not part.isdigit()
        ]
        raise ValueError(
            f"{function}: {name} has shape {shape}, wanted ({', '.join(pattern)})"
            + (f" with {', '.join(known)}" if known else "")
        )
    if 0 in shape:
        raise ValueError(f"{function}: {name} has shape {shape}, wanted no axis of size zero")
    sizes.update(found)
