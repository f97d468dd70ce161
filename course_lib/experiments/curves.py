"""Networks with one hidden layer that follow a given curve, their weights set by hand."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course_lib import nn

Curve = Callable[[NDArray], NDArray]


def staircase(curve: Curve, steps: int, steepness: float = 1000.0) -> nn.Sequential:
    """A network of ``steps - 1`` sigmoids whose output over [0, 1] is a staircase along ``curve``.

    Each unit is a steep sigmoid at the edge between two steps; its output weight is the difference
    of their heights, which are those of the curve in the middle of each step.
    Source: Nielsen 2015, chapter 4.
    """
    edges = np.arange(1, steps) / steps
    heights = curve((np.arange(steps) + 0.5) / steps)
    steep = steepness * steps
    return _network(
        nn.Sigmoid(), np.full(steps - 1, steep), -steep * edges, np.diff(heights), heights[0]
    )


def polyline(curve: Curve, pieces: int) -> nn.Sequential:
    """A network of ``pieces`` ReLUs whose output over [0, 1] is straight between points of it.

    Each unit begins at a corner; its output weight is the change of slope there.
    """
    corners = np.linspace(0, 1, pieces + 1)
    slopes = np.diff(curve(corners)) * pieces
    changes = np.diff(slopes, prepend=0)
    start = curve(corners[:1])[0]
    return _network(nn.ReLU(), np.ones(pieces), -corners[:-1], changes, start)


def _network(
    activation: nn.Layer, w: NDArray, b: NDArray, w_out: NDArray, b_out: float
) -> nn.Sequential:
    hidden, last = nn.Linear(1, len(w), dtype=float), nn.Linear(len(w), 1, dtype=float)
    hidden.params = {"W": w[np.newaxis], "b": b}
    last.params = {"W": w_out[:, np.newaxis], "b": np.array([b_out])}
    return nn.Sequential(hidden, activation, last)
