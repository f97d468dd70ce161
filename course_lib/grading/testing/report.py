"""A question's report as data: what was checked, what came of it, and the same as text to read.

A test cell's output carries both: ``text/plain`` for people, ``MIME`` for programs. Nobody parses
the text, so its wording is free.
"""

import html
import math
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MIME = "application/vnd.course.report+json"
WIDTH = 80  # of a line of the text; nbgrader's Validate cuts lines at 83
PASSED, FAILED, OTHER = "passed", "failed", ""  # kinds of lines


class Points(float):
    """The points of a cell, which say what they are where a notebook shows more than text.

    nbgrader reads the text, a plain number.
    """

    meaning = ""

    def _repr_html_(self) -> str:
        return html.escape(self.meaning)


@dataclass
class CheckResult:
    """One check: its name, its share of the points, and what went wrong, if anything.

    not_done: the student's part is still the stub. hint: shown to who did not pass.
    """

    name: str
    passed: bool = False
    points: float = 1
    message: str = ""
    hint: str = ""
    not_done: bool = False

    def lines(self) -> Iterator[tuple[str, str]]:
        """(kind, line) pairs of the text."""
        yield PASSED if self.passed else FAILED, f"  {'ok' if self.passed else '--'}  {self.name}"
        for line in self.message.splitlines():
            yield OTHER, f"        {line}"
        if self.message and self.hint and not self.not_done:
            yield OTHER, f"        hint: {self.hint}"


@dataclass
class Report:
    """What became of one question: ``points`` of ``max_points``, and why.

    note: why they are not the sum of the checks' points, if they aren't.
    """

    name: str
    points: float
    max_points: float
    checks: list[CheckResult] = field(default_factory=list)
    note: str = ""

    @property
    def not_done(self) -> bool:
        """Whether nothing was written yet."""
        return all(check.not_done for check in self.checks)

    @property
    def has_hidden_checks(self) -> bool:
        """Whether grading has checks that are not here: the students' version lacks them."""
        shown = sum(check.points for check in self.checks)  # ten times 0.1 is less than 1
        return shown < self.max_points and not math.isclose(shown, self.max_points)

    @property
    def failed(self) -> list[str]:
        """Names of the checks that were not passed."""
        return [check.name for check in self.checks if not check.passed]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The text, line by line: (kind, line), where kind is PASSED, FAILED or OTHER."""
        for kind, line in self._long_lines():
            for part in _wrapped(line).split("\n"):
                yield kind, part

    def _long_lines(self) -> Iterator[tuple[str, str]]:
        if self.not_done:
            yield OTHER, f"{self.name}: not done yet"
            return
        if self.has_hidden_checks:
            passed = sum(check.passed for check in self.checks)
            yield OTHER, f"{self.name}: {passed} of {len(self.checks)} checks passed"
        else:
            yield OTHER, f"{self.name}: {self.points:g} of {self.max_points:g} points"
        for check in self.checks:
            yield from check.lines()
        if self.note and not self.has_hidden_checks:
            yield OTHER, f"  {self.note}"
        if self.has_hidden_checks:
            yield OTHER, "  Grading also tries inputs that are not shown here."

    def __str__(self) -> str:
        return "\n".join(line for _, line in self.lines())

    def value(self) -> Points:
        """The points as the value of a cell."""
        value = Points(self.points)
        value.meaning = f"{self.points:.4g} of {self.max_points:g} points"
        if self.has_hidden_checks:
            value.meaning += " by the checks shown here; grading also tries other inputs"
        return value

    def to_mime(self) -> dict[str, Any]:
        """The data of a cell's output."""
        return {"text/plain": str(self), MIME: asdict(self)}

    @classmethod
    def from_outputs(cls, outputs: Iterable[Mapping[str, Any]]) -> "Report | None":
        """The report among the outputs of a test cell; None if there is none that is whole.

        Only a test cell's outputs may be asked: in a cell of the student's, a report is the
        student's own work.
        """
        reports = [
            output["data"][MIME]
            for output in outputs
            if output.get("output_type") == "display_data" and MIME in output.get("data", {})
        ]
        return _report(reports[-1]) if reports else None


def _report(data: Any) -> Report | None:
    try:
        checks = [
            CheckResult(
                str(one["name"]),
                one["passed"] is True,
                float(one["points"]),
                str(one["message"]),
                str(one["hint"]),
                one["not_done"] is True,
            )
            for one in data["checks"]
        ]
        points, max_points = float(data["points"]), float(data["max_points"])
        whole = math.isfinite(points) and math.isfinite(max_points)
        note = str(data.get("note", ""))
        return Report(str(data["name"]), points, max_points, checks, note) if whole else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _wrapped(line: str) -> str:
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
