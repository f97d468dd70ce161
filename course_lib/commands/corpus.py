"""``course corpus``"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.commands.names import chosen
from course_lib.commands.problems import FAILURES

if TYPE_CHECKING:
    from course_lib.grading.proof.graded_corpus import Proof


def corpus(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all if none.")] = None,
) -> None:
    """Grade answers whose points are known, and show whether every grade is right.

    Exit code 1 if one is not.
    """
    from rich.console import Console

    from course_lib.grading.classroom.course import Course
    from course_lib.grading.proof.graded_corpus import grade_corpus, prove
    from course_lib.grading.proof.tables import proof_table
    from course_lib.training.progress_bar import progress

    course = Course.find()
    proofs: list[Proof] = []
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        for name in progress(chosen(course, names), label="corpus"):
            proofs += prove(grade_corpus(course, name, Path(folder, name)))
    Console().print(proof_table(proofs))
    if not all(proof.holds for proof in proofs):
        typer.echo("\n".join(line for proof in proofs for line in proof.points_off), err=True)
        raise typer.Exit(FAILURES)
