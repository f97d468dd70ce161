"""t-SNE: points of many numbers drawn on a plane, so that neighbors stay neighbors.

Every pair of points has a probability to be neighbors, in the space where they come from (P) and on
the plane (Q). Gradient descent moves the points on the plane until Q is like P. N points take
N * N numbers, so this is for some hundreds of them.
Sources: van der Maaten and Hinton 2008, "Visualizing data using t-SNE"; Belkina and others 2019 for
the learning rate.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, check_count, check_number, checked
from course_lib.optim import SGD

EXAGGERATION = 4  # P is taken so many times larger in the first quarter of the steps
MOMENTUM = 0.8


@checked(x="N D")
def squared_distances(x: NDArray[Any]) -> NDArray[Any]:
    """Of all pairs of rows, ``|a - b|**2 = |a|**2 - 2 a @ b + |b|**2``: (N, D)  ->  (N, N)."""
    squares = (x**2).sum(axis=1)
    distances = np.maximum(squares[:, np.newaxis] - 2 * x @ x.T + squares, 0)
    np.fill_diagonal(distances, 0)
    return distances


def neighbor_probabilities(distances: NDArray[Any], beta: NDArray[Any]) -> NDArray[Any]:
    """Whom each point would choose as its neighbor: ``exp(-beta * distance)``, rows add up to 1.

    distances: (N, N), squared  beta: (N,), ``1 / (2 * sigma**2)`` of each point  ->  (N, N), zeros
    on the diagonal: nobody is a neighbor of oneself.
    """
    others = distances + np.diag(np.full(len(distances), np.inf))
    nearest = others.min(axis=1, keepdims=True)  # has weight 1, so that no row is all zeros
    weights = np.exp(-beta[:, np.newaxis] * (others - nearest))
    return weights / weights.sum(axis=1, keepdims=True)


def perplexities(p: NDArray[Any]) -> NDArray[Any]:
    """How many neighbors each row of probabilities stands for, ``2**entropy``: (N, K)  ->  (N,)."""
    logs = np.log2(p, out=np.zeros_like(p), where=p > 0)
    return 2 ** -(p * logs).sum(axis=1)


def affinities(distances: NDArray[Any], perplexity: float) -> NDArray[Any]:
    """The probability of each pair to be neighbors: symmetric, zero diagonal, adds up to 1.

    distances: (N, N), squared  ->  P (N, N). The beta of every point is found by bisection, so that
    its row stands for ``perplexity`` neighbors, more than 1 and less than N - 1 (of points at the
    very same distance it cannot choose fewer than all).
    """
    N = len(distances)
    wanted = f"more than 1 and less than {N - 1}, for {N} points"
    check_number("affinities: perplexity", perplexity, lambda value: 1 < value < N - 1, wanted)
    low, high = np.zeros(N), np.full(N, np.inf)
    beta = np.full(N, 1 / max(distances.mean(), 1e-12))
    for _ in range(60):
        too_many = perplexities(neighbor_probabilities(distances, beta)) > perplexity
        low, high = np.where(too_many, beta, low), np.where(too_many, high, beta)
        beta = np.where(np.isinf(high), 2 * beta, (low + high) / 2)
    p = neighbor_probabilities(distances, beta)
    return (p + p.T) / (2 * N)


def kernel(y: NDArray[Any]) -> NDArray[Any]:
    """``1 / (1 + |a - b|**2)`` of all pairs on the plane, (N, 2) -> (N, N); diagonal 0."""
    w = 1 / (1 + squared_distances(y))
    np.fill_diagonal(w, 0)
    return w


def divergence(P: NDArray[Any], y: NDArray[Any]) -> float:
    """The loss: the sum of ``P * log(P / Q)`` over all pairs, in nats; 0 where Q is P.

    P: (N, N)  y: (N, 2), from which Q is made: the kernel, divided by its sum.
    """
    w = kernel(y)
    pairs = P > 0
    return float(np.sum(P[pairs] * np.log(P[pairs] / (w[pairs] / w.sum()))))


def gradient(P: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Of the divergence: ``4 * sum_j (P_ij - Q_ij) * w_ij * (y_i - y_j)`` for each point i: (N, 2).

    The sum is taken for all points at once, as ``row sums * y - force @ y``.
    """
    w = kernel(y)
    force = (P - w / w.sum()) * w
    return 4 * (force.sum(axis=1, keepdims=True) * y - force @ y)


def descend(P: NDArray[Any], start: NDArray[Any], steps: int) -> Iterator[NDArray[Any]]:
    """The points (N, 2) after each step of gradient descent with momentum, from ``start`` (N, 2).

    In the first quarter of the steps P is ``EXAGGERATION`` times as large: neighbors find together
    while all points still lie close and can pass through one another.
    """
    y = np.array(start, float)
    optimizer = SGD(lr=learning_rate(len(y)), momentum=MOMENTUM)
    for step in range(check_count("descend: steps", steps)):
        optimizer.step([y], [gradient(P * EXAGGERATION if step < steps // 4 else P, y)])
        yield y.copy()


def learning_rate(count: int) -> float:
    """For so many points: those of one add up to about 1 / count in P, which this makes up for."""
    return count / 4


def t_sne(
    x: NDArray[Any], perplexity: float = 30, *, steps: int = 400, rng: RandomSource = 0
) -> NDArray[Any]:
    """A map of the rows of x: (N, D)  ->  (N, 2), whose axes mean nothing."""
    P = affinities(squared_distances(x), perplexity)
    start = np.random.default_rng(rng).normal(0, 1e-4, (len(x), 2))
    *_, last = descend(P, start, steps)
    return last
