"""A call of the student's function, as a check judges it, and the ways in which one can fail."""

import copy
import re
import time
import traceback
from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from course_lib.grading.testing.comparison import difference, same
from course_lib.grading.testing.description import describe, side_by_side
from course_lib.grading.testing.nearness import Attempt, numbers_in

CELL = re.compile(r"ipykernel_|<ipython-input")  # in the file names that cells are run under
INTERRUPTED = "stopped: interrupted, or it took longer than the minute that course check gives"
MAX_NAME = 100  # characters that are shown of a function's


class CheckFailed(AssertionError):
    """A check was not met; the message says how.

    hint: what helps with this failure; None: the hint of the check does. attempt: the result, if it
    was compared with the one wanted.
    """

    def __init__(
        self, message: str, hint: str | None = None, attempt: Attempt | None = None
    ) -> None:
        super().__init__(message)
        self.hint, self.attempt = hint, attempt


class Stopped(BaseException):
    """The student's process ended or was ended while a test waited for it.

    No check after that can be examined. The message says why, and in which call.
    """


def cut(text: str, limit: int) -> str:
    """``text``, or as many characters of it and three dots."""
    return text if len(text) <= limit else f"{text[:limit]} ..."


def got_and_wanted(got: object, wanted: object) -> str:
    """Both in a line each, one below the other."""
    came, right = side_by_side(got, wanted)
    return f"got     {came}\nwanted  {right}"


class Call:
    """One call of the student's function: what went in, what came back, how long it took."""

    def __init__(self, function: Callable, args: tuple, kwargs: dict[str, Any]):
        self.name = cut(str(getattr(function, "__name__", type(function).__name__)), MAX_NAME)
        self.args, self.kwargs = args, kwargs
        used_args, used_kwargs = copy.deepcopy((args, kwargs))
        self.value: Any = None
        self.error: BaseException | None = None
        start = time.perf_counter()
        try:
            self.value = function(*used_args, **used_kwargs)
        except NotImplementedError:
            raise
        except Stopped as stopped:
            raise Stopped(str(self._failed(f"stopped: {stopped}"))) from None
        except KeyboardInterrupt:  # by hand, or by course check
            raise Stopped(str(self._failed(INTERRUPTED))) from None
        except (Exception, SystemExit) as error:
            self.error = error
        self.seconds = time.perf_counter() - start
        self.used = (*used_args, *used_kwargs.values())

    def returns(self, wanted: object, hint: str | None = None, **tolerances: Any) -> "Call":
        """Fail unless the call came back with ``wanted``; see ``comparison.difference``.

        hint: in place of the check's.
        """
        problem = difference(self.value, wanted, **tolerances)
        if problem:
            both = got_and_wanted(self.value, wanted)
            raise self._failed(f"{both}\n{problem}", hint, Attempt(self.value, wanted, self.inputs))
        return self

    @property
    def inputs(self) -> list[NDArray]:
        """The numbers that went in, before the function could change them."""
        return numbers_in((*self.args, *self.kwargs.values()))

    def leaves_inputs(self, hint: str | None = None) -> "Call":
        """Fail if the function changed what it was given, also inside lists, tuples and dicts.

        hint: in place of the check's, for this failure alone.
        """
        inputs = zip((*self.args, *self.kwargs.values()), self.used, strict=True)
        for number, (before, after) in enumerate(inputs, start=1):
            if not same(before, after):
                problem = f"argument {number} was changed by the call, wanted untouched"
                raise self._failed(problem, hint)
        return self

    def within(self, seconds: float) -> "Call":
        """Fail if the call took longer than ``seconds``."""
        if self.seconds > seconds:
            raise self._failed(f"took {self.seconds:.1f} s, wanted at most {seconds} s")
        return self

    def must_have_worked(self) -> None:
        """Fail if the function raised, and show the line of the student's that did."""
        if self.error is not None:
            where = _where(self.error)
            line = f"\nin      {where}" if where else ""
            raise self._failed(f"raised  {type(self.error).__name__}: {self.error}{line}")

    def must_have_raised(self, kind: type[BaseException]) -> None:
        """Fail unless the function raised ``kind`` (an exception class)."""
        if not isinstance(self.error, kind):
            got = f"raised {type(self.error).__name__}" if self.error else describe(self.value)
            raise self._failed(f"got     {got}\nwanted  it to raise {kind.__name__}")

    def _failed(
        self, problem: str, hint: str | None = None, attempt: Attempt | None = None
    ) -> CheckFailed:
        args = [describe(value) for value in self.args]
        args += [f"{name}={describe(value)}" for name, value in self.kwargs.items()]
        shown = "".join(f"\n          {arg}" for arg in args)
        return CheckFailed(f"called  {self.name} with{shown}\n{problem}", hint, attempt)


def _where(error: BaseException) -> str:
    """The function and the line of the student's that raised; known already if it was elsewhere."""
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is ours
    theirs = [frame for frame in frames if CELL.search(frame.filename)] or frames
    here = f"{theirs[-1].name}: {theirs[-1].line}" if theirs else ""
    return getattr(error, "where", here)
