"""What became of one submission.

The notes to the instructor are made where something is noticed (``submissions``, ``prepare``, the
examination's ``session``), travel as values and gather in ``Result.notes``.
"""

from dataclasses import dataclass, field

GRADED, BY_HAND, FAILED = "graded", "needs marking", "failed"


@dataclass
class Result:
    """What became of one submission.

    points: {test cell: points, None where a person has to mark it}. state: GRADED, BY_HAND or
    FAILED. problem: why it failed, in a sentence. notes: what else the instructor should know, a
    sentence each. new: whether it was graded now, not in an earlier run. page_is_new: whether only
    its feedback page was written again, with marks that changed since.
    """

    student: str
    assignment: str
    state: str = FAILED
    score: float = 0.0
    max_score: float = 0.0
    points: dict[str, float | None] = field(default_factory=dict)
    max_points: dict[str, float] = field(default_factory=dict)
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    new: bool = True
    page_is_new: bool = False
