"""The statistics of a class: a table for the terminal, a page to prepare the next lesson with."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from course_lib.grading.classroom.statistics.counts import Counts, Question
from course_lib.grading.feedback.page import template

TEMPLATE = "statistics.html.j2"


def table(counts: Counts) -> Table:
    """A rich table, a row for each question."""
    rows = Table(header_style="bold")
    rows.add_column("question", overflow="fold")
    for name in ("mean", "most", "all points", "none", "not begun", "to be marked"):
        rows.add_column(name, justify="right")
    for one in counts.questions.values():
        about = _about(one)
        rows.add_row(escape(one.name), *(str(about[name]) for name in ("mean", "most")), *_who(one))
    return rows


def page(assignment: str, counts: Counts) -> str:
    """The page; it has no script in it, and nobody's name."""
    return template(TEMPLATE, Path(__file__).parent).render(
        assignment=assignment,
        counts=counts,
        questions=[_about(one) | {"who": _who(one)} for one in counts.questions.values()],
        checks=[
            {
                "about": one,
                "share": one.failed / one.asked,
                "message": one.messages.most_common(1)[0],
            }
            for one in counts.hard()
        ],
    )


def _about(question: Question) -> dict[str, str | float]:
    mean = question.mean
    return {
        "name": question.name,
        "mean": "-" if mean is None else f"{mean:.2f}",
        "most": f"{question.max_points:g}",
        "share": (mean or 0) / question.max_points if question.max_points else 0,
    }


def _who(question: Question) -> list[str]:
    """How many have all points, and none, began nothing, and wait for a mark."""
    most = question.max_points
    full = sum(points >= most for points in question.points)
    none = sum(points <= 0 < most for points in question.points)
    return [str(full), str(none), str(question.not_begun), str(question.waiting)]
