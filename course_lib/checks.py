"""Checks of arguments: the one place, and the one wording, in which bad input is refused.

Every message reads "NAME is VALUE, wanted WHAT" (of an array "has shape", "has dtype", "has the
value"). NAME is the argument as the caller wrote it, with the function in front where it helps:
``check_finite("predict: x", x)``. A wrong kind of thing is a ``TypeError``, a wrong value of the
right kind a ``ValueError``. Most checks return the value, so that they can stand in an assignment.
"""

import functools
import inspect
import math
from collections.abc import Callable, Sequence
from numbers import Number, Real
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
T = TypeVar("T")

RandomSource = np.random.Generator | int | None  # what every ``rng`` argument may be


def as_generator(rng: RandomSource, name: str = "rng") -> np.random.Generator:
    """The Generator itself, a new one from a seed (a whole number), or from nothing if None."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{name} is {_shown(rng)}, wanted a numpy.random.Generator or a seed of at least 0"
        ) from None


# Numbers and other settings


def check_count(name: str, value: Any, low: int = 1) -> Any:
    """A whole number of at least ``low``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is {_shown(value)}, wanted a whole number")
    if value < low:
        raise ValueError(f"{name} is {value}, wanted at least {low}")
    return value


def check_number(name: str, value: Any, fits: Callable[[Any], bool], wanted: str) -> Any:
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
    return check_number(name, value, lambda v: v >= 0, "a number of 0 or more")


def check_share(name: str, value: Any) -> Any:
    """A number in [0, 1)."""
    return check_number(name, value, lambda v: 0 <= v < 1, "a share of at least 0 and less than 1")


def check_choice(name: str, value: T, choices: Sequence[T]) -> T:
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
    shape = np.shape(value)
    if len(shape) != len(wanted) or any(
        size != size_wanted and not isinstance(size_wanted, str)
        for size, size_wanted in zip(shape, wanted, strict=True)
    ):
        raise ValueError(f"{name} has shape {shape}, wanted {_listed(wanted)}")
    return value


def check_finite(name: str, value: Any) -> NDArray[Any]:
    """An array of numbers without NaN and without infinite ones."""
    value = check_array(name, value)
    if value.size and not (np.isfinite(value.min()) and np.isfinite(value.max())):
        raise ValueError(f"{name} has NaN or infinite values, wanted finite numbers")
    return value


def check_between(name: str, value: Any, low: float, high: float) -> Any:
    """A number, or an array of numbers, from ``low`` to ``high``; NaN is not."""
    values = np.asarray(value)
    outside = values[~((values >= low) & (values <= high))]
    if outside.size:
        raise ValueError(f"{name} has the value {outside[0]}, wanted {low} to {high}")
    return value


def check_labels(name: str, value: NDArray[Any], classes: int) -> NDArray[Any]:
    """An array of class labels: integers from 0 to ``classes`` - 1."""
    if check_array(name, value).dtype.kind not in "iu":
        raise TypeError(f"{name} has dtype {value.dtype}, wanted integers")
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


# Shapes of all the arguments of a function


def shapes(**wanted: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Check the shapes of arguments: ``@shapes(x="N D", W="D K", b="K")``.

    A letter stands for one size, the same wherever it appears, a number for itself, and in a method
    a name such as ``in_features`` for that attribute of the object. ``...`` at the end, as in
    ``"N D ..."``, stands for any further sizes, again the same wherever it appears. ``"N of K"``
    are class labels below K. An argument whose default is None may be None.

    The decorated function raises ``TypeError`` for an argument that is neither number nor numeric
    NumPy array (a list is neither; of unsigned arrays only ``"N"`` is taken: the differences of
    others would wrap around), ``ValueError`` for a wrong shape or an axis of size zero, such as an
    empty batch. Both name the argument, what came and what was wanted.
    """
    labels, patterns = {}, {}
    for name, pattern in wanted.items():
        pattern, _, classes = pattern.partition(" of ")
        patterns[name] = pattern.split()
        if classes:
            labels[name] = classes
    names = {part for pattern in patterns.values() for part in pattern if part != "..."}
    numbers = {part: int(part) for part in names if part.isdigit()}

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        parameters = inspect.signature(function).parameters
        optional = {name for name in patterns if parameters[name].default is None}
        is_method = next(iter(parameters)) == "self"
        called = function.__qualname__.rpartition("<locals>.")[2]

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            sizes: dict[str, Any] = dict(numbers)
            if is_method:
                sizes.update(
                    {name: getattr(args[0], name) for name in names if hasattr(args[0], name)}
                )
            arguments: dict[str, Any] = dict(zip(parameters, args, strict=False), **kwargs)
            for name, pattern in patterns.items():
                value = arguments.get(name)
                if name in arguments and not (value is None and name in optional):
                    _match(called, name, value, pattern, sizes)
            for name, classes in labels.items():
                if name in arguments and classes in sizes:
                    check_labels(f"{called}: {name}", arguments[name], sizes[classes])
            return function(*args, **kwargs)

        return checked

    return decorate


def _match(called: str, name: str, value: Any, pattern: list[str], sizes: dict[str, Any]) -> None:
    """Match one argument against its pattern; ``sizes`` collects what each letter stands for."""
    array = np.asarray(value) if isinstance(value, Number) else value
    kinds = "fiub" if pattern == ["N"] else "fib"
    if not isinstance(array, np.ndarray) or array.dtype.kind not in kinds:
        raise TypeError(f"{called}: {name} is {_kind(value)}, wanted a NumPy array of numbers")
    shape: tuple[Any, ...] = array.shape
    parts = shape
    if pattern[-1] == "..." and len(shape) >= len(pattern) - 1:
        parts = (*shape[: len(pattern) - 1], shape[len(pattern) - 1 :])
    if len(parts) != len(pattern) or any(
        sizes.get(part, size) != size for part, size in zip(pattern, parts, strict=True)
    ):
        known = [
            f"{part} = {sizes[part]}" for part in pattern if part in sizes and not part.isdigit()
        ]
        raise ValueError(
            f"{called}: {name} has shape {shape}, wanted {_listed(pattern)}"
            + (f" with {', '.join(known)}" if known else "")
        )
    if 0 in shape:
        raise ValueError(f"{called}: {name} has shape {shape}, wanted no axis of size zero")
    sizes.update(zip(pattern, parts, strict=True))


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
    """A shape as it is written: (N, 3), (N,)."""
    return f"({', '.join(map(str, sizes))})"
