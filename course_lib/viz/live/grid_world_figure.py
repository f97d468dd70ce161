"""The live grid world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numpy.typing import NDArray

from course_lib.viz.grid_worlds import grids
from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import Picture

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun


def learning_in_a_grid(run: LiveRun) -> LiveFigure:
    """Value iteration or Q-learning in a world whose squares can be changed."""
    return LiveFigure("grid_world", run.start, draw_learning(**run.shown))


def draw_learning(
    rows: Sequence[str], known: NDArray, sweeps: int, learned: NDArray, lengths: Sequence[int]
) -> Picture:
    """Values and best moves when the rules are known, and after Q-learning."""
    drawn = grids(
        rows,
        {
            f"value iteration, settled after {sweeps} sweeps": known,
            f"Q-learning, {len(lengths)} episodes": learned,
        },
        title="Known rules give every square its value; moving about finds a way",
    )
    drawn.alt += (
        f" The first episode of Q-learning took {lengths[0]} moves, the last {lengths[-1]}. In the "
        "live figure squares, discount and slipping can be changed."
    )
    return drawn
