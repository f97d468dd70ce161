"""What the corpus and the mutants came to, as tables for the terminal."""

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from course_lib.grading.proof.graded_corpus import Proof
from course_lib.grading.proof.survivors import Survivors


def proof_table(proofs: Iterable[Proof]) -> Table:
    """A rich table of a corpus: per question its answers, and what is wrong with the grades."""
    table = Table(header_style="bold")
    table.add_column("assignment")
    table.add_column("question")
    columns = ("right", "wrong", "marked\ndown", "given\nall", "needless\nchecks", "points\noff")
    for name in columns:
        table.add_column(name, justify="right")
    for proof in proofs:
        counts = proof.right, proof.wrong
        faults = proof.marked_down, proof.full_marks, proof.unexercised, proof.points_off
        shown = [f"[red]{len(fault)}[/]" if fault else "0" for fault in faults]
        table.add_row(escape(proof.assignment), escape(proof.question), *map(str, counts), *shown)
    return table


def survivors_table(found: Iterable[Survivors]) -> Table:
    """A rich table: per question the mutants of its solution, and what became of them."""
    table = Table(header_style="bold")
    for name in ("assignment", "question"):
        table.add_column(name, overflow="fold")
    for name in ("mutants", "killed", "explained", "not\nexplained", "stale"):
        table.add_column(name, justify="right")
    for one in found:
        alive, unexplained, stale = len(one.survivors), len(one.unexplained), len(one.stale)
        counts = one.tried or "left out", one.tried - alive, alive - unexplained
        faults = [f"[red]{count}[/]" if count else "0" for count in (unexplained, stale)]
        table.add_row(escape(one.assignment), escape(one.question), *map(str, counts), *faults)
    return table
