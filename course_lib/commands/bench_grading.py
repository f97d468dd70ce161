"""``course bench-grading``"""

from typing import Annotated

import typer


def bench_grading(
    submissions: Annotated[int, typer.Option(min=1, help="Size of the class.")] = 40,
) -> None:
    """Time `course grade` against nbgrader's own autograde on the same class."""
    from rich.console import Console
    from rich.table import Table

    from course_lib.grading.classroom import benchmark
    from course_lib.grading.classroom.course import CONFIG, Course

    config = Course.find().root / CONFIG
    table = Table("", "course grade", "nbgrader", "ratio", "same points", header_style="bold")
    for name in benchmark.SETUPS:
        race = benchmark.race(name, submissions, config)
        rates = [
            f"{seconds:.1f} s, {race.per_hour(seconds):,.0f} an hour"
            for seconds in (race.ours, race.stock)
        ]
        table.add_row(name, *rates, f"{race.ratio:.2f}", "yes" if race.same_points else "NO")
    Console().print(table)
