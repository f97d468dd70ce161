"""``course check --all``: every assignment in a folder, as far as it has to be run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.course import overview
from course_lib.course.overview import Checked
from course_lib.grading import self_check
from course_lib.grading.errors import CourseProblem
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.testing.contract import is_test

if TYPE_CHECKING:
    from rich.table import Table

COLORS = {overview.PASSES: "green", overview.WRITTEN: "green", overview.NOT_DONE: "dim"}
EXERCISES = "exercises"  # looked into where no folder was named


def find_notebooks(folder: Path | None) -> list[Path]:
    """The notebooks in ``folder`` and the folders in it; in the course's exercises if it is None.

    ``CourseProblem`` if there is no such folder, or no notebook in it.
    """
    if folder is None:
        root = overview.course_of(Path.cwd() / EXERCISES)
        if root is None:
            raise CourseProblem(
                "This is no course's folder: change to it, or name the folder with your notebooks."
            )
        folder = root / EXERCISES
    if not folder.is_dir():
        raise CourseProblem(f"There is no folder {folder}.")
    found = [*folder.glob("*.ipynb"), *folder.glob("*/*.ipynb")]
    hidden = [one for one in found if "." in (one.name[0], one.relative_to(folder).parts[0][0])]
    notebooks = sorted(one for one in {*found} - {*hidden} if one.is_file())
    if not notebooks:
        raise CourseProblem(f"There is no notebook in {folder}.")
    return notebooks


def check_all(notebooks: Iterable[Path]) -> Iterator[tuple[Path, Checked | str]]:
    """Each notebook that has tests, and how it stands, or why it could not be checked.

    What nobody has touched, or has not changed since it was checked last, is not run.
    """
    for path in notebooks:
        try:
            notebook = read(path)
        except Unreadable as problem:
            yield path, str(problem)
            continue
        if not any(map(is_test, notebook.cells)):
            continue
        if self_check.is_untouched(notebook):
            yield path, overview.remember(path, notebook, overview.not_begun(notebook))
            continue
        kept = overview.unchanged(path, notebook)
        try:
            yield path, kept or _checked(path)
        except CourseProblem as problem:
            yield path, str(problem)


def _checked(path: Path) -> Checked:
    notebook, _ = self_check.read_questions(path)
    answers = [*self_check.check(notebook, path.parent), *self_check.missing_tests(notebook)]
    return overview.remember(path, notebook, answers)


def table(results: Iterable[tuple[Path, Checked | str]], shown: Callable[[Path], Path]) -> Table:
    """A rich table: a row for each question that was begun, one for each notebook that was not.

    shown: a path as people read it, for what could not be checked.
    """
    from rich.markup import escape
    from rich.table import Table

    rows = Table(header_style="bold")
    for name in ("assignment", "question", "state"):
        rows.add_column(name, overflow="fold")
    rows.add_column("points here", justify="right", no_wrap=True)
    for path, found in results:
        if isinstance(found, str):
            problem = f"[red]could not be checked: {escape(found)}[/]"
            rows.add_row(escape(str(shown(path))), "", problem, "-")
            continue
        name = escape(found.assignment)
        if found.is_not_begun:
            count = f"{len(found.standings)} questions"
            rows.add_row(name, count, "[dim]not begun[/]", found.points)
            continue
        rows.add_section()
        for one in found.standings:
            state = f"[{COLORS.get(one.state, 'yellow')}]{escape(one.state)}[/]"
            got = "-" if one.points is None else f"{one.points:.4g}"
            rows.add_row(name, escape(one.question), state, f"{got} / {one.max_points:g}")
            name = ""
        rows.add_row("", "[bold]together[/]", "", f"[bold]{found.points}[/]", end_section=True)
    return rows
