"""Gathers the commands. Each imports what it needs when it runs, so that help is fast."""

from collections.abc import Callable

import typer

from course_lib.commands import (
    bench,
    bench_grading,
    bundle,
    check,
    collect,
    corpus,
    demo,
    export,
    grade,
    hand_back,
    ladder,
    mutants,
    new,
    release,
    similar,
    solutions,
    statistics,
)
from course_lib.commands.problems import in_words

COMMANDS: tuple[Callable[..., None], ...] = (
    demo.demo,
    release.release,
    bundle.bundle,
    collect.collect,
    grade.grade,
    check.check,
    corpus.corpus,
    mutants.mutants,
    export.export,
    hand_back.hand_back,
    solutions.solutions,
    similar.similar,
    statistics.statistics,
    ladder.ladder,
    bench.bench,
    bench_grading.bench_grading,
)
BEGINNINGS: tuple[Callable[..., None], ...] = (new.lecture, new.assignment)

app = typer.Typer(
    help="Foundations of deep learning: release, grade, train.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for command in COMMANDS:
    app.command()(in_words(command))

beginnings = typer.Typer(help="Begin a new lecture or assignment.", no_args_is_help=True)
for command in BEGINNINGS:
    beginnings.command()(in_words(command))
app.add_typer(beginnings, name="new")
