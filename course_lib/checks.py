"""Checks of arguments: the one place, and the one wording, in which bad input is refused.

Every message reads "NAME is VALUE, wanted WHAT" (of an array "has shape", "has dtype", "has the
value"). NAME is the argument as the caller wrote it, with the function in front where it helps:
``check_finite("predict: x", x)``. A wrong kind of thing is a ``TypeError``, a wrong value of the
right kind a ``ValueError``. Most checks return the value, so that they can stand in an assignment.
"""

from __future__ import annotations

import functools
import inspect
import math
from collections.abc import Callable, Collection, Sequence
from numbers import Number, Real
from typing import Any, ParamSpec, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
T = TypeVar("T")
Check = Callable[[str, Any], Any]  # of a name and a value

# What every ``rng`` argument may be; in quotes, because NumPy loads its generators when asked to.
RandomSource: TypeAlias = "np.random.Generator | int | None"


def as_generator(rng: RandomSource) -> np.random.Generator:
    """The Generator itself, a new one from a seed (a whole number), or from nothing if None."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"rng is {_shown(rng)}, wanted a numpy.random.Generator or a seed of at least 0"
        ) from None


# Numbers and other settings


def check_count(name: str, value: Any, low: int = 1) -> Any:
    """A whole number of at least ``low``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is {_shown(value)}, wanted a whole number")
    if value < low:
        raise ValueError(f"{name} is {value}, wanted at least {low}")
    return value


def check_number(
    name: str,
    value: Any,
    fits: Callable[[Any], bool] = math.isfinite,
    wanted: str = "a finite number",
) -> Any:
    """A finite number for which ``fits`` holds; ``wanted`` says the same in words."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {_shown(value)}, wanted {wanted}")
    if not (math.isfinite(value) and fits(value)):
        raise ValueError(f"{name} is {value}, wanted {wanted}")
    return value


def check_positive(name: str, value: Any) -> Any:
    """A number greater than 0."""
    return check_number(name, value, lambda v: v > 0, "a number greater than 0")


def check_not_negative(name: str, value: Any) -> Any:
    """A number of at least 0."""
    return check_number(name, value, lambda v: v >= 0, "0 or more")


def check_share(name: str, value: Any) -> Any:
    """A number in [0, 1)."""
    return check_number(name, value, lambda v: 0 <= v < 1, "a share of at least 0 and less than 1")


def check_fraction(name: str, value: Any) -> Any:
    """A number in [0, 1]."""
    return check_number(name, value, lambda v: 0 <= v <= 1, "a number from 0 to 1")


def check_padding(name: str, value: Any) -> Any:
    """Rows and columns of zeros around a picture: a whole number, or "same"."""
    if isinstance(value, str) and value == "same":
        return value
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f'{name} is {_shown(value)}, wanted a whole number or "same"')
    if value < 0:
        raise ValueError(f'{name} is {value}, wanted at least 0 or "same"')
    return value


def check_border(name: str, value: Any) -> Any:
    """Rows and columns around a picture: a whole number of at least 0."""
    return check_count(name, value, low=0)


def as_pair(name: str, value: Any) -> tuple[int, int]:
    """(height, width) of a window from one whole number or two."""
    pair = tuple(value) if isinstance(value, tuple | list) else (value, value)
    if len(pair) != 2:
        raise ValueError(f"{name} is {value}, wanted a whole number or two of them")
    for size in pair:
        check_count(name, size)
    return pair


def check_choice(name: str, value: T, choices: Collection[T]) -> T:
    """One of ``choices``."""
    if value not in choices:
        raise ValueError(f"{name} is {_shown(value)}, wanted {' or '.join(map(repr, choices))}")
    return value


def check_instance(name: str, value: Any, kind: type[T]) -> T:
    """An object of the class ``kind``; the class itself, without brackets, is a common slip."""
    if isinstance(value, type) and issubclass(value, kind):
        needed = [
            parameter.name
            for parameter in inspect.signature(value).parameters.values()
            if parameter.default is parameter.empty and parameter.kind < parameter.VAR_POSITIONAL
        ]
        call = f"{value.__name__}({', '.join(needed)})"
        raise TypeError(f"{name} is the class {value.__name__}, wanted an object: {call}")
    if not isinstance(value, kind):
        raise TypeError(
            f"{name} is {_kind(value)}, wanted an object of a class derived from {kind.__name__}"
        )
    return value


# Arrays


def check_array(name: str, value: Any, kinds: str = "fiub") -> NDArray[Any]:
    """A NumPy array of numbers whose ``dtype.kind`` is among ``kinds``."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in kinds:
        raise TypeError(f"{name} is {_kind(value)}, wanted a NumPy array of numbers")
    return value


def check_shape(name: str, value: NDArray[Any], wanted: Sequence[int | str]) -> NDArray[Any]:
    """An array of the shape ``wanted``, in which a letter such as ``"N"`` stands for any size."""
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{name} is {_kind(value)}, wanted a NumPy array")
    shape = value.shape
    if shape == tuple(wanted):
        return value
    if len(shape) != len(wanted) or any(
        size != size_wanted and not isinstance(size_wanted, str)
        for size, size_wanted in zip(shape, wanted, strict=True)
    ):
        raise ValueError(f"{name} has shape {shape}, wanted {_listed(wanted)}")
    if any(size == 0 and size != wanted[axis] for axis, size in enumerate(shape)):
        raise ValueError(f"{name} has shape {shape}, wanted no axis of size zero")
    return value


def check_dtype(name: str, value: NDArray[Any], kind: type[Any], wanted: str) -> NDArray[Any]:
    """An array of the ``kind`` of numbers, such as ``np.integer``; ``wanted`` says it in words."""
    if not np.issubdtype(check_array(name, value).dtype, kind):
        raise TypeError(f"{name} has dtype {value.dtype}, wanted {wanted}")
    return value


def as_samples(name: str, value: Any) -> NDArray[Any]:
    """An array, or what NumPy makes one of, with one entry per sample: (N, ...)."""
    samples = np.asarray(value)
    if not samples.ndim:
        raise ValueError(f"{name} has shape (), wanted (N, ...)")
    return samples


def check_finite(name: str, value: Any) -> NDArray[Any]:
    """An array of numbers without NaN and without infinite ones."""
    value = check_array(name, value)
    if value.size and not (np.isfinite(value.min()) and np.isfinite(value.max())):
        raise ValueError(f"{name} has NaN or infinite values, wanted finite numbers")
    return value


def check_probabilities(name: str, value: Any) -> Any:
    """A number, or an array of numbers, from 0 to 1; NaN is not."""
    values = np.asarray(value)
    outside = values[~((values >= 0) & (values <= 1))]
    if outside.size:
        raise ValueError(f"{name} has the value {outside[0]}, wanted 0 to 1")
    return value


def check_values(name: str, value: NDArray[Any], allowed: Sequence[float]) -> NDArray[Any]:
    """An array that holds nothing but the numbers ``allowed``."""
    others = value[~np.isin(value, allowed)]
    if others.size:
        wanted = " or ".join(map(str, allowed))
        raise ValueError(f"{name} has the value {others[0]}, wanted {wanted}")
    return value


def check_labels(name: str, value: NDArray[Any], classes: int) -> NDArray[Any]:
    """An array of class labels: integers from 0 to ``classes`` - 1."""
    check_dtype(name, value, np.integer, "integers")
    if value.size and (value.min() < 0 or value.max() >= classes):
        wrong = value[(value < 0) | (value >= classes)][0]
        raise ValueError(f"{name} has the value {wrong}, wanted 0 to {classes - 1}")
    return value


def check_same_length(name: str, value: Any, other_name: str, other: Any) -> None:
    """As many labels as samples."""
    if len(value) != len(other):
        raise ValueError(
            f"{name} has {len(value)} entries, wanted {len(other)}: one for each of {other_name}"
        )


# All the arguments of a function at once


def checked(**wanted: str | Check) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Check the arguments of a function: ``@checked(x="N C H W", size=check_count)``.

    Each is told by a check of this file, called with the argument's name and value, or by the shape
    of an array. In a shape a letter stands for one size, the same wherever it appears, a number for
    itself, a small name such as ``in_features``, in a method, for that attribute of the object.
    ``...`` at the end, as in ``"N D ..."``, stands for any further sizes, again the same anywhere.
    ``"N of K"`` are class labels below K. What is None by default may be None.

    The decorated function raises ``TypeError`` for an argument that is neither number nor numeric
    NumPy array (a list is neither; of unsigned arrays only ``"N"`` is taken: the differences of
    others would wrap around), ``ValueError`` for a wrong shape or an axis of size zero, such as an
    empty batch. Both name the function, the argument, what came and what was wanted.
    """
    patterns = {name: told.split() for name, told in wanted.items() if isinstance(told, str)}
    labels = {name: pattern[2] for name, pattern in patterns.items() if "of" in pattern}
    patterns |= {name: patterns[name][:1] for name in labels}
    checks = [(name, check) for name, check in wanted.items() if not isinstance(check, str)]
    letters = {part for pattern in patterns.values() for part in pattern}
    numbers = {part: int(part) for part in letters if part.isdigit()}

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        parameters = inspect.signature(function).parameters
        names = tuple(parameters)
        is_method = names[0] == "self"
        attributes = [part for part in letters if part.islower()] if is_method else []

        def called(*args: Any) -> str:
            if not is_method:
                return function.__name__
            return f"{type(args[0]).__name__}.{function.__name__}".removesuffix(".__init__")

        @functools.wraps(function)
        def checking(*args: P.args, **kwargs: P.kwargs) -> T:  # often called: no needless work
            sizes: dict[str, Any] = numbers.copy()
            for attribute in attributes:
                sizes[attribute] = getattr(args[0], attribute)
            given: dict[str, Any] = dict(zip(names, args, strict=False), **kwargs)
            for name, pattern in patterns.items():
                value = given.get(name)
                if value is None and (name not in given or parameters[name].default is None):
                    continue
                if fault := _mismatch(name, value, pattern, sizes):
                    raise type(fault)(f"{called(*args)}: {fault}")
            for name, classes in labels.items():
                if name in given and classes in sizes:
                    check_labels(f"{called(*args)}: {name}", given[name], sizes[classes])
            for name, check in checks:
                if name in given and not (given[name] is None and parameters[name].default is None):
                    check(f"{called(*args)}: {name}", given[name])
            return function(*args, **kwargs)

        return checking

    return decorate


def _mismatch(name: str, value: Any, pattern: list[str], sizes: dict[str, Any]) -> Exception | None:
    """What is wrong with an argument; if nothing, ``sizes`` learns what each letter stands for."""
    array = value
    if not isinstance(value, np.ndarray) and isinstance(value, Number | np.generic):
        array = np.asarray(value)
    kinds = "fiub" if pattern == ["N"] else "fib"
    if not isinstance(array, np.ndarray) or array.dtype.kind not in kinds:
        return TypeError(f"{name} is {_kind(value)}, wanted a NumPy array of numbers")
    shape = parts = array.shape
    letters = len(pattern) - 1
    if pattern[-1] == "..." and len(shape) >= letters:
        parts = (*shape[:letters], shape[letters:])
    fits = len(parts) == len(pattern)
    for part, size in zip(pattern, parts, strict=False):
        fits = fits and sizes.get(part, size) == size
    if not fits:
        known = [part for part in pattern if part in sizes and not part.isdigit()]
        return ValueError(
            f"{name} has shape {shape}, wanted {_listed(pattern)}"
            + (f" with {', '.join(f'{part} = {sizes[part]}' for part in known)}" if known else "")
        )
    if 0 in shape:
        return ValueError(f"{name} has shape {shape}, wanted no axis of size zero")
    sizes.update(zip(pattern, parts, strict=True))
    return None


# Words


def _shown(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return str(value) if isinstance(value, np.generic) else repr(value)


def _kind(value: Any) -> str:
    """What a value is, where its kind is wrong rather than its value."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return f"array of {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__


def _listed(sizes: Sequence[int | str]) -> str:
    """A shape as it is written: (N, 3)."""
    if all(isinstance(size, int) for size in sizes):
        return str(tuple(sizes))
    return f"({', '.join(map(str, sizes))})"
