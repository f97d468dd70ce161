"""What a test cell is made of: a question, its checks, and a report that teaches.

    from course_lib.grading import Question

    question = Question("decide", points=3)
    with question.check("a sum above zero is a yes", hint="Is the bias in the sum?"):
        question.call(decide, X, w, b).returns([1, 0])
    question.result()

Each check is judged by itself: whatever goes wrong inside the ``with``, also in the student's code,
costs that check alone. The cell ends on ``result()``, whose value nbgrader takes as the points.
"""

import contextlib
import copy
import io
import os
import re
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.grading.testing.comparison import array_of, describe, difference, same
from course_lib.grading.testing.report import CheckResult, Report

CELL = re.compile(r"ipykernel_|<ipython-input")  # in the file names that cells are run under
NEVER_ALONE = "an answer that does nothing is right here too: this counts beside another check"
MAX_MESSAGE, MAX_NAME = 5000, 100  # characters that are shown of them


class CheckFailed(AssertionError):
    """A check was not met; the message says how."""


class NotPassed(Exception):
    """Raised at the end of a cell under nbgrader's Validate, which shows only errors."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints: the report, no traceback."""
        return str(self).splitlines()


class Question:
    """The checks of one question, worth ``points`` together.

    Each check has points of its own. Where they don't sum to ``points``, as in the students'
    version, which has no hidden checks, each counts in proportion. Raises ``TypeError`` or
    ``ValueError`` for a name that is no text and for points that are no number above 0.
    """

    def __init__(self, name: str, points: float):
        self.name = _checked_name("Question: name", name)
        self.points = _checked_points(f"Question {name!r}: points", points)
        self.checks: list[CheckResult] = []
        self._never_alone: list[CheckResult] = []

    @contextlib.contextmanager
    def check(
        self, name: str, points: float = 1, hint: str = "", alone: bool = True
    ) -> Iterator[None]:
        """Judge what the ``with`` block does; nothing that it raises gets out.

        alone: whether it gives points by itself. Set it to False where an answer that does nothing
        would pass, as with inputs that are to be left as they were: then it needs another check
        beside it that is passed.

        Warnings and stderr are kept back, because nbgrader gives no points to a cell with either.
        Raises as ``Question`` does if ``name`` or ``points`` are wrong: that is the author's slip.
        """
        where = f"Question {self.name!r}, check"
        check = CheckResult(_checked_name(f"{where}: name", name), hint=hint)
        check.points = _checked_points(f"{where} {name!r}: points", points)
        self.checks.append(check)
        if not alone:
            self._never_alone.append(check)
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                warnings.simplefilter("ignore")
                yield
                check.passed = True  # in this one place, after the last line of the block
        except CheckFailed as failure:
            check.message = str(failure)
        except NotImplementedError:
            check.message, check.not_done = "not done yet", True
        except NameError as error:
            graded = _execution() == "autograde"
            advice = "no cell that ran defines it" if graded else "has its cell been run?"
            check.message = f"{error}: {advice}"
        except (Exception, SystemExit) as error:
            check.message = f"raised {type(error).__name__}: {error}"
        check.message = _cut(check.message, MAX_MESSAGE)

    def call(self, function: Callable, *args: Any, **kwargs: Any) -> "Call":
        """Call the student's function with copies of the arguments; returns the ``Call``.

        Fails the check if the function raises.
        """
        call = Call(function, args, kwargs)
        call.must_have_worked()
        return call

    def raises(
        self, kind: type[BaseException], function: Callable, *args: Any, **kwargs: Any
    ) -> None:
        """Call the student's function and fail the check unless it raises ``kind``."""
        Call(function, args, kwargs).must_have_raised(kind)

    def that(self, condition: object, problem: str) -> None:
        """Fail the check with the words ``problem`` unless ``condition`` is True."""
        if condition is not True and condition is not np.True_:
            raise CheckFailed(problem)

    def equal(self, got: object, wanted: object, *, what: str, **tolerances: Any) -> None:
        """Fail the check unless ``got`` equals ``wanted``; ``what`` names what was looked at.

        tolerances: rtol, atol, exact_type, see ``comparison.difference``.
        """
        problem = difference(got, wanted, **tolerances)
        if problem:
            raise CheckFailed(f"looked at {what}\n{_got_and_wanted(got, wanted)}\n{problem}")

    def array(self, got: object, *, what: str) -> NDArray:
        """``got`` as an array of its own; fails the check if it is not numbers, however nested.

        For tests that look at an array in another way than ``equal``: what an object of the
        student's says of its own shape or mean proves nothing. ``what`` names what was looked at.
        """
        array = array_of(got)
        if array is None:
            raise CheckFailed(f"looked at {what}\ngot     {describe(got)}\nwanted  an array")
        return array

    def report(self) -> Report:
        """What the checks so far came to; ``ValueError`` if there is none."""
        if not self.checks:
            raise ValueError(f"Question {self.name!r}: there is no check to give points for")
        if not any(check.passed and check not in self._never_alone for check in self.checks):
            for check in self._never_alone:
                if check.passed:
                    check.passed, check.message = False, NEVER_ALONE
        earned = sum(check.points for check in self.checks if check.passed)
        possible = sum(check.points for check in self.checks)
        points = round(self.points * earned / possible, 4)
        return Report(self.name, points, self.points, self.checks)

    def result(self) -> float:
        """Show the report; returns the points, which must be the last value of the cell."""
        report = self.report()
        if report.points < self.points and _execution() == "validate":
            raise NotPassed(str(report))
        _show(report)
        return report.points


def _execution() -> str:
    """Which of nbgrader's programs runs this notebook, if one does: autograde or validate."""
    return os.environ.get("NBGRADER_EXECUTION", "")


def _show(report: Report) -> None:
    """As an output of the cell; where there is no IPython, as text."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        print(report)
    else:
        shell.display_pub.publish(report.to_mime())


def _checked_name(what: str, name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"{what} is {name!r}, wanted text")
    if not name.strip():
        raise ValueError(f"{what} is {name!r}, wanted some words")
    return name


def _checked_points(what: str, points: object) -> float:
    if isinstance(points, bool) or not isinstance(points, (int, float, np.integer, np.floating)):
        raise TypeError(f"{what} is {points!r}, wanted a number")
    if not 0 < points < np.inf:
        raise ValueError(f"{what} is {points!r}, wanted a number above 0")
    return float(points)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]} ..."


def _got_and_wanted(got: object, wanted: object) -> str:
    return f"got     {describe(got)}\nwanted  {describe(wanted)}"


class Call:
    """One call of the student's function: what went in, what came back, how long it took."""

    def __init__(self, function: Callable, args: tuple, kwargs: dict[str, Any]):
        self.name = _cut(str(getattr(function, "__name__", type(function).__name__)), MAX_NAME)
        self.args, self.kwargs = args, kwargs
        used_args, used_kwargs = copy.deepcopy((args, kwargs))
        self.value: Any = None
        self.error: BaseException | None = None
        start = time.perf_counter()
        try:
            self.value = function(*used_args, **used_kwargs)
        except NotImplementedError:
            raise
        except (Exception, SystemExit) as error:
            self.error = error
        self.seconds = time.perf_counter() - start
        self.used = (*used_args, *used_kwargs.values())

    def returns(self, wanted: object, **tolerances: Any) -> "Call":
        """Fail unless the call came back with ``wanted``; see ``comparison.difference``."""
        problem = difference(self.value, wanted, **tolerances)
        if problem:
            raise self._failed(f"{_got_and_wanted(self.value, wanted)}\n{problem}")
        return self

    def leaves_inputs(self) -> "Call":
        """Fail if the function changed what it was given, also inside lists, tuples and dicts."""
        inputs = zip((*self.args, *self.kwargs.values()), self.used, strict=True)
        for number, (before, after) in enumerate(inputs, start=1):
            if not same(before, after):
                raise self._failed(f"argument {number} was changed by the call, wanted untouched")
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

    def _failed(self, problem: str) -> CheckFailed:
        args = [describe(value) for value in self.args]
        args += [f"{name}={describe(value)}" for name, value in self.kwargs.items()]
        shown = "".join(f"\n          {arg}" for arg in args)
        return CheckFailed(f"called  {self.name} with{shown}\n{problem}")


def _where(error: BaseException) -> str:
    """The function and the line of the student's that raised; known already if it was elsewhere."""
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is ours
    theirs = [frame for frame in frames if CELL.search(frame.filename)] or frames
    here = f"{theirs[-1].name}: {theirs[-1].line}" if theirs else ""
    return getattr(error, "where", here)
