"""A world of squares for reinforcement learning: walls, a goal, pits; four moves.

States are the squares, counted row by row. A move into a wall or over the edge leaves the state as
it is. With the probability ``slip`` the world turns a move to the left, and with the same one to
the right. Moving into the goal or a pit ends the episode with its reward; every other move has the
reward ``step_reward``. Sources: Bellman 1957; Watkins 1989; the layout is after Russell and Norvig.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, as_generator, check_not_negative

MOVES = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}
MAP = ("...G", ".#.P", "....")  # G the goal, P a pit, # a wall


@dataclass(frozen=True)
class GridWorld:
    """rows: strings of ``.`` (free), ``#`` (wall), ``G`` (goal, reward 1), ``P`` (pit, reward -1).

    slip: how likely a move is turned to the left, and as likely to the right, below 0.5.
    """

    rows: tuple[str, ...] = MAP
    slip: float = 0.0
    step_reward: float = 0.0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def kinds(self) -> str:
        """The character of each state."""
        return "".join(self.rows)

    def next_state(self, state: int, move: int) -> int:
        """Where a move that does not slip leads from a free square."""
        height, width = self.shape
        down, right = list(MOVES.values())[move]
        row, column = state // width + down, state % width + right
        inside = 0 <= row < height and 0 <= column < width
        return row * width + column if inside and self.rows[row][column] != "#" else state

    def reward(self, state: int) -> float:
        """What moving into a state, or staying in it, gives."""
        return {"G": 1.0, "P": -1.0}.get(self.kinds[state], self.step_reward)

    def step(self, state: int, move: int, luck: float) -> tuple[int, float, bool]:
        """Next state, reward, and whether the episode ends; luck in [0, 1) decides on slipping."""
        turn = -1 if luck < self.slip else 1 if luck < 2 * self.slip else 0
        there = self.next_state(state, (move + turn) % 4)
        return there, self.reward(there), self.kinds[there] in "GP"

    def model(self) -> tuple[NDArray, NDArray]:
        """Transitions P (4, S, S) and mean rewards R (S, 4); nothing leads out of an end."""
        size = len(self.kinds)
        P, R = np.zeros((4, size, size)), np.zeros((size, 4))
        for state in (s for s in range(size) if self.kinds[s] == "."):
            for move in range(4):
                for turn, chance in ((0, 1 - 2 * self.slip), (-1, self.slip), (1, self.slip)):
                    there = self.next_state(state, (move + turn) % 4)
                    P[move, state, there] += chance
                    R[state, move] += chance * self.reward(there)
        return P, R


def move_values(P: NDArray, R: NDArray, V: NDArray, gamma: float) -> NDArray:
    """``Q[s, a] = R[s, a] + gamma * sum over s' of P[a, s, s'] V[s']``.

    P: (A, S, S)  R: (S, A)  V: (S,)  gamma: the discount, in [0, 1]  ->  (S, A)
    """
    return R + gamma * (P @ V).T


def value_iteration(P: NDArray, R: NDArray, gamma: float, sweeps: int) -> NDArray:
    """Bellman's equation as an update of all states at once, V = 0 first: (sweeps + 1, S)."""
    values = [np.zeros(len(R))]
    for _ in range(sweeps):
        values.append(move_values(P, R, values[-1], gamma).max(axis=1))
    return np.array(values)


def q_update(
    Q: NDArray,
    state: int,
    move: int,
    reward: float,
    there: int,
    ended: bool,
    *,
    rate: float,
    gamma: float,
) -> None:
    """``Q[s, a] += rate * (r + gamma * max Q[s'] - Q[s, a])``, in place; after the end comes 0."""
    target = reward + (0.0 if ended else gamma * Q[there].max())
    Q[state, move] += rate * (target - Q[state, move])


def q_learning(
    world: GridWorld,
    episodes: int,
    *,
    start: int,
    rate: float = 0.5,
    gamma: float = 0.9,
    explore: float = 0.1,
    rng: RandomSource = 0,
    longest: int = 200,
) -> tuple[NDArray, list[int], list[float]]:
    """Learn Q (S, 4) by moving about, without being told P or R.

    Returns Q, and of each episode the number of its moves and its last reward.

    explore: how often the move is a random one and not the best so far. An episode begins at
    ``start`` and is cut off after ``longest`` moves.
    """
    check_not_negative("explore", explore)
    Q, rng = np.zeros((len(world.kinds), 4)), as_generator(rng)
    lengths, rewards = [], []
    for _ in range(episodes):
        state, ended, moves, reward = start, False, 0, 0.0
        while not ended and moves < longest:
            move = choose(Q[state], explore, rng.random(), rng.random())
            there, reward, ended = world.step(state, move, rng.random())
            q_update(Q, state, move, reward, there, ended, rate=rate, gamma=gamma)
            state, moves = there, moves + 1
        lengths.append(moves)
        rewards.append(reward)
    return Q, lengths, rewards


def choose(values: NDArray, explore: float, curious: float, pick: float) -> int:
    """A random move if ``curious`` < ``explore``, else one of the best; ``pick`` says which.

    curious, pick: random numbers in [0, 1). Ties are broken by chance, or the first move would
    always win at the beginning.
    """
    among = range(4) if curious < explore else np.flatnonzero(values == values.max())
    return int(among[int(pick * len(among))])
