"""A world of squares, solved by value iteration and learned by Q-learning."""

import numpy as np

from course_lib.checks import check_choice
from course_lib.experiments.grid_world import GridWorld, move_values, q_learning, value_iteration
from course_lib.experiments.live.run import LiveRun

ROWS = ("......", ".##.#.", "....#G", ".#P.#.", "......")
START, SWEEPS, EPISODES = 24, 60, 60


def learning_in_a_grid(method: str = "values", *, slip: float = 0.0, gamma: float = 0.9) -> LiveRun:
    """The world to begin with, and what the library's own value iteration makes of it.

    method: what the page begins with, "values" (value iteration) or "moves" (Q-learning); slip: how
    likely a move is turned to each side; gamma: the discount. ``ValueError`` for another method.
    """
    check_choice("method", method, ("values", "moves"))
    world = GridWorld(ROWS, slip=slip)
    P, R = world.model()
    values = value_iteration(P, R, gamma, SWEEPS)
    Q, lengths, _ = q_learning(world, EPISODES, start=START, gamma=gamma)
    start = {
        "rows": list(ROWS), "start": START, "slip": slip, "stepReward": world.step_reward,
        "gamma": gamma, "rate": 0.5, "explore": 0.1, "method": method,
    }  # fmt: skip
    shown = {
        "rows": ROWS,
        "known": move_values(P, R, values[-1], gamma),
        "sweeps": int(np.argmax(np.abs(np.diff(values, axis=0)).max(axis=1) < 1e-4)),
        "learned": Q,
        "lengths": lengths,
    }
    return LiveRun(start, shown)
