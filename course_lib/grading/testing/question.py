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
import io
import os
import sys
import warnings
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.grading.testing.call import Call, CheckFailed, Stopped, cut, got_and_wanted
from course_lib.grading.testing.comparison import array_of, difference
from course_lib.grading.testing.description import describe
from course_lib.grading.testing.nearness import Attempt, follow
from course_lib.grading.testing.report import CheckResult, Report

NEVER_ALONE = (
    "not counted yet, because an answer that does nothing would pass here, too: it counts as soon"
    " as another check passes"
)
AFTER_STOP = "not examined, because the code was stopped in an earlier check"
MANY = 0.4  # of the points: checks whose results are right, or near what was wanted
MAX_MESSAGE = 5000  # characters of it that are shown


class NotPassed(Exception):
    """Raised at the end of a cell under nbgrader's Validate, which shows only errors."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints: the report, no traceback."""
        return str(self).splitlines()


class Question:
    """The checks of one question, worth ``points`` together.

    Each check has points of its own. Where they don't sum to ``points``, as in the students'
    version, which has no hidden checks, each counts in proportion. at_least: the share of the
    points that an answer keeps if many of its results are near what was wanted (``nearness``),
    because one slip can shift all of them. Raises ``TypeError`` or ``ValueError`` for a name that
    is no text, points that are no number above 0 and a share that is not from 0 to 1.
    """

    def __init__(self, name: str, points: float, at_least: float = 0):
        self.name = _checked_name("Question: name", name)
        self.points = _checked_points(f"Question {name!r}: points", points)
        self.at_least = _checked_share(f"Question {name!r}: at_least", at_least)
        self.checks: list[CheckResult] = []
        self._never_alone: list[CheckResult] = []
        self._at_most: list[tuple[CheckResult, float]] = []
        self._attempts: list[tuple[CheckResult, Attempt]] = []
        self._inputs: list[NDArray] = []  # of the calls in this check
        self._stopped = False

    @contextlib.contextmanager
    def check(
        self,
        name: str,
        points: float = 1,
        hint: str = "",
        alone: bool = True,
        needs: Collection[str] = (),
        at_most: float = 1,
    ) -> Iterator[None]:
        """Judge what the ``with`` block does; nothing that it raises gets out.

        hint: for whatever fails in the block that has none of its own. alone: whether it gives
        points by itself. Set it to False where an answer that does nothing would pass, as with
        inputs that are to be left as they were: then it needs another check beside it that is
        passed. needs: names of earlier checks. Where one of them is not passed, a failure here
        may come from there; so it accuses of nothing else. at_most: the share of the question's
        points that somebody can have who does not pass: for what the question is about, also where
        an answer without it is right in most of the other checks.

        Warnings and stderr are kept back, because nbgrader gives no points to a cell with either.
        Raises as ``Question`` does if ``name`` or ``points`` are wrong, and ``ValueError`` if
        ``needs`` names no earlier check: that is the author's slip.
        """
        where = f"Question {self.name!r}, check"
        check = CheckResult(_checked_name(f"{where}: name", name), hint=hint)
        check.points = _checked_points(f"{where} {name!r}: points", points)
        missing = self._not_passed(f"{where} {name!r}", needs)
        self.checks.append(check)
        self._at_most.append((check, _checked_share(f"{where} {name!r}: at_most", at_most)))
        self._inputs = []
        if not alone:
            self._never_alone.append(check)
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                warnings.simplefilter("ignore")
                yield
                check.passed = not self._stopped  # in this one place, after the block's last line
        except CheckFailed as failure:
            check.message = str(failure)
            check.hint = hint if failure.hint is None else failure.hint
            if failure.attempt:
                self._attempts.append((check, failure.attempt))
        except NotImplementedError:
            check.message, check.not_done = "not done yet", True
        except Stopped as stopped:
            check.message = str(stopped)
            if not self._stopped:
                self._stopped = True
                return
        except NameError as error:
            graded = _execution() == "autograde"
            advice = "no cell that ran defines it" if graded else "has its cell been run?"
            check.message = f"{error}: {advice}"
        except (Exception, SystemExit) as error:
            check.message = f"raised {type(error).__name__}: {error}"
        if self._stopped:
            check.message, check.hint = AFTER_STOP, ""
        elif missing and check.message and not check.not_done:
            check.message, check.hint = f'not examined: first comes "{missing[0]}"', ""
        check.message = cut(check.message, MAX_MESSAGE)

    def _not_passed(self, where: str, needs: Collection[str]) -> list[str]:
        """Those of the checks named ``needs`` that were not passed."""
        passed = {check.name: check.passed for check in self.checks}
        for name in needs:
            if name not in passed:
                raise ValueError(f"{where}: needs has {name!r}, which is no earlier check")
        return [name for name in needs if not passed[name]]

    def call(self, function: Callable, *args: Any, **kwargs: Any) -> Call:
        """Call the student's function with copies of the arguments; returns the ``Call``.

        Fails the check if the function raises.
        """
        self._go_on()
        call = Call(function, args, kwargs)
        self._inputs += call.inputs
        call.must_have_worked()
        return call

    def raises(
        self, kind: type[BaseException], function: Callable, *args: Any, **kwargs: Any
    ) -> None:
        """Call the student's function and fail the check unless it raises ``kind``."""
        self._go_on()
        Call(function, args, kwargs).must_have_raised(kind)

    def _go_on(self) -> None:
        """Call nothing any more once the student's code was stopped."""
        if self._stopped:
            raise Stopped(AFTER_STOP)

    def that(self, condition: object, problem: str, hint: str | None = None) -> None:
        """Fail the check with the words ``problem`` unless ``condition`` is True.

        hint: in place of the check's.
        """
        if condition is not True and condition is not np.True_:
            raise CheckFailed(problem, hint)

    def equal(
        self,
        got: object,
        wanted: object,
        *,
        what: str,
        hint: str | None = None,
        **tolerances: Any,
    ) -> None:
        """Fail the check unless ``got`` equals ``wanted``; ``what`` names what was looked at.

        hint: in place of the check's. tolerances: rtol, atol, exact_type, see
        ``comparison.difference``.
        """
        problem = difference(got, wanted, **tolerances)
        if problem:
            both = got_and_wanted(got, wanted)
            attempt = Attempt(got, wanted, self._inputs)
            raise CheckFailed(f"looked at {what}\n{both}\n{problem}", hint, attempt)

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
        share, note = self._bounded(earned / possible)
        return Report(self.name, round(self.points * share, 4), self.points, self.checks, note)

    def _bounded(self, share: float) -> tuple[float, str]:
        """``share`` of the points, not below ``at_least`` or above an ``at_most``, and why."""
        if share < self.at_least and self._many_near():
            return self.at_least, "Many results are near what was wanted, which counts as well."
        failed = [(most, check.name) for check, most in self._at_most if not check.passed]
        most, name = min(failed, default=(1, ""))
        if share > most:
            return most, f'Without "{name}" there are {self.points * most:g} points at most.'
        return share, ""

    def _many_near(self) -> bool:
        """Whether checks of two fifths of the points and more were passed or nearly so."""
        near = [(check, attempt) for check, attempt in self._attempts if attempt.near]
        if not near or not follow(attempt for _, attempt in near):
            return False
        counted = [*(check for check, _ in near), *(c for c in self.checks if c.passed)]
        return sum(check.points for check in counted) >= MANY * sum(c.points for c in self.checks)

    def result(self) -> float:
        """Show the report; returns the points, which must be the last value of the cell."""
        report = self.report()
        if report.points < self.points and _execution() == "validate":
            raise NotPassed(str(report))
        _show(report)
        return report.value()


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


def _checked_share(what: str, share: object) -> float:
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise ValueError(f"{what} is {share!r}, wanted a share from 0 to 1")
    return float(share)
