"""Pairs of similar answers: a table for the terminal, a page with both side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from course_lib.grading.classroom.similarity.pairs import Alike, Pair
from course_lib.grading.feedback.page import template
from course_lib.grading.submissions.files import shown

SHOWN = 30  # pairs
TEMPLATE = "similar.html.j2"
MEANING = (
    "Alike is a reason to talk, and no finding: short questions leave little choice, and people "
    "may learn together. What the release, the solution, the corpus or many of the class have "
    "is not counted; names of variables and comments aren't looked at."
)


def table(pairs: list[Pair]) -> Table:
    """A rich table of the first pairs: who, which answers, how much of the shorter one."""
    rows = Table(header_style="bold")
    rows.add_column("two students", overflow="fold")
    rows.add_column("answers that are alike", overflow="fold")
    rows.add_column("lines", justify="right")
    for pair in pairs[:SHOWN]:
        about = ", ".join(f"{one.question} {one.share:.0%}" for one in pair.alike)
        lines = sum(len(one.answers[0].lines_of(set(one.runs))) for one in pair.alike)
        rows.add_row(escape(" and ".join(map(shown, pair.students))), escape(about), str(lines))
    return rows


def page(assignment: str, pairs: list[Pair]) -> str:
    """The first pairs side by side, with what they have in common marked; no script in it."""
    shown_pairs = [
        {
            "students": [shown(who) for who in pair.students],
            "alike": [_side_by_side(one) for one in pair.alike],
        }
        for pair in pairs[:SHOWN]
    ]
    return template(TEMPLATE, Path(__file__).parent).render(
        assignment=assignment, pairs=shown_pairs, others=len(pairs[SHOWN:]), meaning=MEANING
    )


def _side_by_side(alike: Alike) -> dict[str, Any]:
    sides = []
    for answer in alike.answers:
        marked = answer.lines_of(set(alike.runs))
        lines = answer.source.split("\n")
        sides.append([(line, number in marked) for number, line in enumerate(lines)])
    return {"question": alike.question, "share": f"{alike.share:.0%}", "sides": sides}
