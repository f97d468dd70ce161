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
import textwrap
import time
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from course_lib.grading.testing.comparison import describe, difference

CELL = re.compile(r"ipykernel_|<ipython-input")  # in the file names that cells are run under
PROBLEM, NAME = 5000, 100  # characters that are shown of them
WIDTH = 80  # of a line of the report; nbgrader's Validate cuts lines at 83


class CheckFailed(AssertionError):
    """A check was not met; the message says how."""


class NotPassed(Exception):
    """Raised at the end of a cell under nbgrader's Validate, which shows only errors."""

    def _render_traceback_(self):
        """What IPython prints: the report, no traceback."""
        return str(self).splitlines()


@dataclass
class Verdict:
    """One check: its name, its share of the points, and what went wrong, if anything.

    ``passed`` becomes True in one place alone, after the last line of the check.
    """

    name: str
    points: float
    problem: str = ""
    hint: str = ""
    todo: bool = False
    passed: bool = False


class Question:
    """The checks of one question, worth ``points`` together.

    Each check has points of its own. Where they don't sum to ``points``, as in the students'
    version, which has no hidden checks, each counts in proportion.
    """

    def __init__(self, name, points):
        self.name = name
        self.points = points
        self.verdicts = []

    @contextlib.contextmanager
    def check(self, name, points=1, hint=""):
        """Judge what the ``with`` block does; nothing that it raises gets out.

        Warnings and stderr are kept back, because nbgrader gives no points to a cell with either.
        """
        verdict = Verdict(name, points, hint=hint)
        self.verdicts.append(verdict)
        try:
            with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
                warnings.simplefilter("ignore")
                yield
                verdict.passed = True
        except CheckFailed as failure:
            verdict.problem = str(failure)
        except NotImplementedError:
            verdict.problem, verdict.todo = "not done yet", True
        except NameError as error:
            graded = os.environ.get("NBGRADER_EXECUTION") == "autograde"
            advice = "no cell that ran defines it" if graded else "has its cell been run?"
            verdict.problem = f"{error}: {advice}"
        except (Exception, SystemExit) as error:
            verdict.problem = f"raised {type(error).__name__}: {error}"
        verdict.problem = _cut(verdict.problem, PROBLEM)

    def call(self, function, *args, **kwargs):
        """Call the student's function with copies of the arguments; returns the ``Call``.

        Fails the check if the function raises.
        """
        call = Call(function, args, kwargs)
        call.must_have_worked()
        return call

    def raises(self, kind, function, *args, **kwargs):
        """Call the student's function and fail the check unless it raises ``kind``."""
        Call(function, args, kwargs).must_have_raised(kind)

    def that(self, condition, problem):
        """Fail the check with the words ``problem`` unless ``condition`` holds."""
        if condition is not True and condition is not np.True_:
            raise CheckFailed(problem)

    def equal(self, got, wanted, *, what, **tolerances):
        """Fail the check unless ``got`` equals ``wanted``; ``what`` names what was looked at."""
        found = difference(got, wanted, **tolerances)
        if found:
            raise CheckFailed(
                f"looked at {what}\ngot     {describe(got)}\nwanted  {describe(wanted)}\n{found}"
            )

    def result(self):
        """Print the report; returns the points, which must be the last value of the cell."""
        if not self.verdicts:
            raise ValueError(f"Question {self.name!r}: there is no check to give points for")
        earned = sum(verdict.points for verdict in self.verdicts if verdict.passed)
        score = round(self.points * earned / self._checked_points, 4)
        report = self._report(score)
        if score < self.points and os.environ.get("NBGRADER_EXECUTION") == "validate":
            raise NotPassed(report)
        print(report)
        return score

    @property
    def _checked_points(self):
        return sum(verdict.points for verdict in self.verdicts)

    def _report(self, score):
        if all(verdict.todo for verdict in self.verdicts):
            return f"{self.name}: not done yet"
        hidden = self._checked_points < self.points
        passed = sum(verdict.passed for verdict in self.verdicts)
        lines = [
            f"{self.name}: {passed} of {len(self.verdicts)} checks passed"
            if hidden
            else f"{self.name}: {score:g} of {self.points:g} points"
        ]
        for verdict in self.verdicts:
            lines.append(f"  {'ok' if verdict.passed else '--'}  {verdict.name}")
            lines += [f"        {line}" for line in verdict.problem.splitlines()]
            if verdict.problem and verdict.hint and not verdict.todo:
                lines.append(f"        hint: {verdict.hint}")
        if hidden:
            lines.append("  Grading also tries inputs that are not shown here.")
        return "\n".join(_wrapped(line) for line in lines)


def _cut(text, most):
    return text if len(text) <= most else f"{text[:most]} ..."


def _wrapped(line):
    """``line``, broken after WIDTH, the rest a little further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.lstrip(),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        replace_whitespace=False,
        drop_whitespace=True,
        break_on_hyphens=False,
    )


class Call:
    """One call of the student's function: what went in, what came back, how long it took."""

    def __init__(self, function, args, kwargs):
        self.name = _cut(str(getattr(function, "__name__", type(function).__name__)), NAME)
        self.args, self.kwargs = args, kwargs
        used_args, used_kwargs = copy.deepcopy((args, kwargs))
        start = time.perf_counter()
        try:
            self.value = function(*used_args, **used_kwargs)
            self.error = None
        except NotImplementedError:
            raise
        except (Exception, SystemExit) as error:
            self.value, self.error = None, error
        self.seconds = time.perf_counter() - start
        self.used = (*used_args, *used_kwargs.values())

    def returns(self, wanted, **tolerances):
        """Fail unless the call came back with ``wanted``; see ``compare.difference``."""
        found = difference(self.value, wanted, **tolerances)
        if found:
            raise self._failed(
                f"got     {describe(self.value)}\nwanted  {describe(wanted)}\n{found}"
            )
        return self

    def leaves_inputs(self):
        """Fail if the function changed the arrays that it was given, also those inside a list."""
        inputs = zip((*self.args, *self.kwargs.values()), self.used, strict=True)
        for place, (before, after) in enumerate(inputs):
            if _changed(before, after):
                raise self._failed(
                    f"argument {place + 1} was changed by the call, wanted untouched"
                )
        return self

    def within(self, seconds):
        """Fail if the call took longer than ``seconds``."""
        if self.seconds > seconds:
            raise self._failed(f"took {self.seconds:.1f} s, wanted at most {seconds} s")
        return self

    def must_have_worked(self):
        """Fail if the function raised, and show the line of the student's that did."""
        if self.error is not None:
            where = _where(self.error)
            line = f"\nin      {where}" if where else ""
            raise self._failed(f"raised  {type(self.error).__name__}: {self.error}{line}")

    def must_have_raised(self, kind):
        """Fail unless the function raised ``kind`` (an exception class)."""
        if not isinstance(self.error, kind):
            got = f"raised {type(self.error).__name__}" if self.error else describe(self.value)
            raise self._failed(f"got     {got}\nwanted  it to raise {kind.__name__}")

    def _failed(self, problem):
        args = [describe(value) for value in self.args]
        args += [f"{name}={describe(value)}" for name, value in self.kwargs.items()]
        shown = "".join(f"\n          {arg}" for arg in args)
        return CheckFailed(f"called  {self.name} with{shown}\n{problem}")


def _where(error):
    """The function and the line of the student's that raised; known already if it was elsewhere."""
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is ours
    theirs = [frame for frame in frames if CELL.search(frame.filename)] or frames
    here = f"{theirs[-1].name}: {theirs[-1].line}" if theirs else ""
    return getattr(error, "where", here)


def _changed(before, after):
    if isinstance(before, (list, tuple)):
        return len(before) != len(after) or any(map(_changed, before, after))
    return isinstance(before, np.ndarray) and difference(after, before, 0, 0) is not None
