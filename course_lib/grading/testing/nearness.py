"""Is a wrong result near what was wanted? Then one slip shifted the numbers, and the idea is there.

Near is a rough word: of the right shape, be it transposed, and in the main in proportion to what
was wanted, be it with another factor or sign. Nothing that comes for nothing is near: zeros, the
same number everywhere, an argument handed back. And since numbers drawn by chance can be near a
few times, all that are near have to rise and fall with what was wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.grading.testing.comparison import array_of, is_shape

FACTOR = 4  # between single numbers that are near
COSINE = 0.6  # of the angle between arrays that are near; 1 is a factor alone
FEW = 6  # numbers in arrays, less one for each array: so few may agree by chance
CORRELATION, OF_FEW = 0.5, 0.9  # with what was wanted, of many numbers and of few
SAME = 1.1  # between two factors that are the same


@dataclass(frozen=True)
class Attempt:
    """A result that was not what was wanted, and the arguments that the function had."""

    got: object
    wanted: object
    inputs: list[NDArray] = field(default_factory=list)

    @property
    def near(self) -> bool:
        """Whether the numbers of each result are near those wanted."""
        if isinstance(self.wanted, tuple) and is_shape(self.wanted):
            return False
        pairs = list(_pairs(self.got, self.wanted))
        return bool(pairs) and all(_near(got, wanted, self.inputs) for got, wanted in pairs)


def numbers_in(values: Iterable[Any]) -> list[NDArray]:
    """The numbers among ``values``, also those within lists, tuples and dicts, as arrays."""
    found: list[NDArray] = []
    for value in values:
        if isinstance(value, (np.ndarray, float, int)):
            found.append(np.asarray(value))
        elif isinstance(value, (list, tuple, dict)):
            inside = value.values() if isinstance(value, dict) else value
            found += numbers_in(inside)
            whole = array_of(value)
            found += [] if whole is None else [whole]
    return found


def follow(attempts: Iterable[Attempt]) -> bool:
    """Whether results that are near rise and fall with what was wanted, all of them together."""
    agreement, numbers, singles = 0.0, 0, []
    for attempt in attempts:
        for got, wanted in _pairs(attempt.got, attempt.wanted):
            g, w = np.asarray(array_of(got), float), np.asarray(array_of(wanted), float)
            if g.size == 1:
                singles.append(np.log(np.abs([g.item(), w.item()])))
            elif np.ptp(w):
                agreement += (w.size - 1) * _correlation(g if g.shape == w.shape else g.T, w)
                numbers += w.size - 1
    if numbers and abs(agreement) < (OF_FEW if numbers < FEW else CORRELATION) * numbers:
        return False
    if len(singles) > 2:
        return _correlation(*np.transpose(singles)) >= OF_FEW
    if len(singles) == 2:
        return bool(np.ptp(np.diff(singles, axis=1)) < np.log(SAME))
    return bool(numbers)


def _correlation(g: NDArray, w: NDArray) -> float:
    """Pearson's, 0 where one of the two is the same everywhere."""
    g, w = g - g.mean(), w - w.mean()
    size = np.linalg.norm(g) * np.linalg.norm(w)
    return float(np.vdot(g, w) / size) if size else 0.0


def _pairs(got: Any, wanted: Any) -> Iterable[tuple[Any, Any]]:
    """Result by result; a pair that can't be near if their number differs."""
    if not isinstance(wanted, tuple):
        yield got, wanted
    elif not isinstance(got, (list, tuple)) or len(got) != len(wanted):
        yield None, wanted
    else:
        yield from zip(got, wanted, strict=True)


def _near(got: Any, wanted: Any, inputs: list[NDArray]) -> bool:
    g, w = array_of(got), array_of(wanted)
    if g is None or w is None or "c" in (g.dtype.kind, w.dtype.kind):
        return False
    g, w = g.astype(float), w.astype(float)
    if g.shape != w.shape and g.T.shape == w.shape:
        g = g.T
    if g.shape != w.shape:
        return False
    if not (np.isfinite(g).all() and np.isfinite(w).all() and g.any() and w.any()):
        return False
    if np.allclose(g, w):
        return True
    given = [x.astype(float) for x in inputs if x.shape == g.shape and x.dtype.kind in "fiub"]
    if any(np.array_equal(g, x) for x in given):
        return False
    if g.size == 1:
        return bool(1 / FACTOR <= abs(g.item() / w.item()) <= FACTOR)
    if np.ptp(g) == 0:
        return False
    # where a step away from an argument is asked for, the step has to be near as well
    return _alike(g, w) and all(_alike(g - x, w - x) for x in given if not np.allclose(w, x))


def _alike(g: NDArray, w: NDArray) -> bool:
    """Whether the angle between the two is small, or nearly half a turn."""
    return bool(abs(np.vdot(g, w)) >= COSINE * np.linalg.norm(g) * np.linalg.norm(w))
