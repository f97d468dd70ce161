"""Loss surfaces over two weights, and the paths that optimizers take on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import optim
from course_lib.nn import numerical_gradient

GONE = 1e6  # a weight as large as this will not come back

Limits = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Surface:
    """A loss of two weights, what is known of it, and what to show.

    ``loss(w1, w2)`` is plain arithmetic: it takes numbers, arrays or PyTorch tensors.
    ``gradient(w1, w2)`` gives its two partial derivatives. limits: ((w1 low, w1 high), (w2 low,
    w2 high)); start: where the paths begin; lowest: its minima.
    """

    name: str
    loss: Callable
    gradient: Callable
    limits: Limits
    start: tuple[float, float]
    lowest: tuple[tuple[float, float], ...]

    def is_gone(self, w: NDArray) -> bool:
        """Whether weights w (2,) are so far out that no path comes back from there."""
        return not np.abs(w).max() < GONE  # nor from where there are no numbers


def valley(steep: float) -> Surface:
    """A valley along w1, with curvature 1 along it and ``steep`` across."""
    return Surface(
        "valley",
        lambda w1, w2: (w1**2 + steep * w2**2) / 2,
        lambda w1, w2: (w1, steep * w2),
        limits=((-5, 5), (-2, 2)),
        start=(-4.5, 1.2),
        lowest=((0, 0),),
    )


VALLEY = valley(20)
STEEP_VALLEY = valley(100)
SADDLE = Surface(
    "saddle",
    lambda w1, w2: w1**2 / 2 - w2**2 / 2 + w2**4 / 4,
    lambda w1, w2: (w1, w2**3 - w2),
    limits=((-2, 2), (-1.6, 1.6)),
    start=(-1.6, 0.01),
    lowest=((0, -1), (0, 1)),
)
ROSENBROCK = Surface(
    "Rosenbrock",
    lambda w1, w2: (1 - w1) ** 2 + 100 * (w2 - w1**2) ** 2,
    lambda w1, w2: (-2 * (1 - w1) - 400 * w1 * (w2 - w1**2), 200 * (w2 - w1**2)),
    limits=((-2, 2), (-1, 3)),
    start=(-1.2, 1.0),
    lowest=((1, 1),),
)
SURFACES = {surface.name: surface for surface in (VALLEY, SADDLE, ROSENBROCK)}

# name -> function of the learning rate that returns an optimizer
RULES: dict[str, Callable[[float], Any]] = {
    "SGD": optim.SGD,
    "momentum": lambda lr: optim.SGD(lr, momentum=0.9),
    "Nesterov": lambda lr: optim.SGD(lr, momentum=0.9, nesterov=True),
    "Adagrad": optim.Adagrad,
    "RMSprop": lambda lr: optim.RMSprop(lr, alpha=0.9),
    "Adadelta": optim.Adadelta,
    "Adam": optim.Adam,
    "AdamW": optim.AdamW,
}


def newton(surface: Surface, steps: int) -> NDArray:
    """The path (steps + 1, 2) of Newton's method from the surface's start."""
    path = [np.array(surface.start)]
    for _ in range(steps):
        w = path[-1]
        rows = (lambda w, k=k: surface.gradient(*w)[k] for k in (0, 1))
        hessian = np.array([numerical_gradient(row, w) for row in rows])
        path.append(w - np.linalg.solve(hessian, surface.gradient(*w)))
    return np.array(path)


def momentum_factor(step: NDArray, mu: NDArray) -> NDArray:
    """What a step of momentum leaves of the error on a parabola, in the long run.

    step: rate times curvature; mu: the share of the velocity that is kept; both of one shape. The
    errors of now and before are multiplied by [[1 + mu - step, -mu], [1, 0]]; this is its larger
    eigenvalue, by size.
    """
    matrix = np.zeros((*step.shape, 2, 2))
    matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 1, 0] = 1 + mu - step, -mu, 1
    return np.abs(np.linalg.eigvals(matrix)).max(axis=-1)


def steps_until(
    surface: Surface, optimizer: Any, share: float = 1e-6, *, most: int = 10_000
) -> int:
    """The steps until the loss is below this share of its first value; ``most`` if never."""
    path = descend(surface, optimizer, most)
    losses = surface.loss(*path.T)
    below = np.flatnonzero(losses < share * losses[0])
    return int(below[0]) if len(below) else most


def descend(
    surface: Surface,
    optimizer: Any,
    steps: int,
    *,
    start: tuple[float, float] | None = None,
    noise: float = 0.0,
    rng: int = 0,
) -> NDArray:
    """The path (steps + 1, 2) that the optimizer takes, from ``start`` or the surface's own.

    noise: standard deviation of what is added to each gradient, as if it came from a mini-batch,
    drawn with ``rng``. A path that runs away ends before its time.
    """
    w = np.array(surface.start if start is None else start, float)
    generator, path = np.random.default_rng(rng), [w.copy()]
    while len(path) <= steps and not surface.is_gone(w):
        gradient = np.array(surface.gradient(*w)) + noise * generator.standard_normal(2)
        optimizer.step([w], [gradient])
        path.append(w.copy())
    return np.array(path)
