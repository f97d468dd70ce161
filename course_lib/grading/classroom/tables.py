"""Show a graded class as a table, and say in a few lines how it went."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from rich.markup import escape
from rich.table import Table

from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED, Result
from course_lib.grading.submissions.files import printable, shown
from course_lib.grading.testing import contract

COLORS = {GRADED: "green", BY_HAND: "yellow", FAILED: "red"}
QUESTIONS_SHOWN = 6  # more columns than this don't fit beside the rest
ROWS_SHOWN = 60  # of a larger class, only those who need a look


def class_table(results: list[Result], title: str | None = None) -> Table:
    """A rich table of one assignment's ``Result``: points per question, their sum, the state."""
    questions = {name: points for result in results for name, points in result.max_points.items()}
    columns = list(questions) if len(questions) <= QUESTIONS_SHOWN else []
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    table.add_column("student", no_wrap=True)
    for name in columns:
        table.add_column(f"{escape(contract.title(name))}\n/ {questions[name]:g}", justify="right")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    for result in sorted(results, key=lambda result: result.student):
        if len(results) > ROWS_SHOWN and not needs_a_look(result):
            continue
        points = [_points(result, name) for name in columns]
        table.add_row(escape(shown(result.student)), *points, total(result), state(result))
    return table


def needs_a_look(result: Result) -> bool:
    """Whether a person should look at a submission: it failed, or something odd happened."""
    return result.state == FAILED or bool(result.notes)


def histogram(results: list[Result], path: str | Path) -> str | Path:
    """Save a picture of how many reached how many points; returns its path."""
    from matplotlib.figure import Figure

    scores = [result.score for result in results if result.state != FAILED]
    most = max((result.max_score for result in results), default=1) or 1
    figure = Figure(figsize=(7, 3.2), layout="constrained")
    axes = figure.subplots()
    axes.hist(scores, bins=min(20, max(5, round(most))), range=(0, most), color="#0072B2", ec="w")
    if scores:
        axes.axvline(mean(scores), color="black", ls="--", label=f"mean {mean(scores):.2f}")
        axes.legend()
    axes.set(xlabel=f"points of {most:g}", ylabel="submissions")
    axes.set_title(f"{_plural(len(scores), 'graded submission')}", loc="left")
    axes.yaxis.get_major_locator().set_params(integer=True)
    figure.savefig(path, dpi=120)
    return path


def total(result: Result) -> str:
    """The points of a submission beside what could be had, such as "7.5 / 10"."""
    return "-" if result.state == FAILED else f"{result.score:g} / {result.max_score:g}"


def state(result: Result) -> str:
    """The state of a submission in its colour."""
    return f"[{COLORS[result.state]}]{result.state}[/]"


def summary(results: list[Result]) -> list[str]:
    """Lines that sum up one assignment's results: how many, how they went, what needs a look."""
    counts = {kind: sum(result.state == kind for result in results) for kind in COLORS}
    states = ", ".join(_counted(count, kind) for kind, count in counts.items() if count)
    lines = [f"{_plural(len(results), 'submission')}: {states}."]
    graded = [result.score for result in results if result.state != FAILED]
    if graded:
        best = max(result.max_score for result in results)
        without = ", those that failed left out" if counts[FAILED] else ""
        lines.append(f"Mean: {mean(graded):.2f} of {best:g} points{without}.")
    kept = sum(not result.new for result in results)
    if kept:
        lines.append(f"{kept} had not changed and were not graded again (--again does).")
    pages = sum(result.page_is_new for result in results)
    if pages:
        were = "feedback page was" if pages == 1 else "feedback pages were"
        lines.append(f"{pages} {were} written again: marks, comments or due dates had changed.")
    odd = [result for result in results if needs_a_look(result)]
    if odd:
        lines.append(f"{len(odd)} need{'s' * (len(odd) == 1)} a look:")
        lines += [f"  {shown(result.student)}: {_what_happened(result)}" for result in odd]
    return lines


def _what_happened(result: Result) -> str:
    said = [f"failed: {result.problem}"] * bool(result.problem) + result.notes
    return printable("; ".join(said))


def _points(result: Result, name: str) -> str:
    points = result.points.get(name)
    if points is None:
        return "by hand" if name in result.points else "-"
    return f"{points:g}"


def _counted(count: int, kind: str) -> str:
    return f"{count} {'need marking' if kind == BY_HAND and count > 1 else kind}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" + "s" * (count != 1)
