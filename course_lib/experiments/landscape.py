"""The loss of a trained network, seen on a plane through its weights (Li et al. 2018)."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib import nn


def deep_network(hidden: int, *, width: int = 64, seed: int = 0) -> nn.Sequential:
    """A classifier of MNIST with so many hidden layers of ReLU units."""
    rng = np.random.default_rng(seed)
    layers: list[nn.Layer] = [nn.Flatten()]
    for inputs in [784, *[width] * (hidden - 1)]:
        layers += [nn.Linear(inputs, width, rng=rng), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(width, 10, rng=rng))


def random_direction(weights: Sequence[NDArray], rng: np.random.Generator) -> list[NDArray]:
    """A direction at random, in which each unit's weights are as long as those that it has.

    weights: arrays W (in, out) and biases (out,), whose direction is 0.
    """
    direction = []
    for w in weights:
        d = rng.standard_normal(w.shape)
        if w.ndim == 1:
            direction.append(np.zeros_like(w))
        else:
            unit_length = d / np.linalg.norm(d, axis=0)
            direction.append((unit_length * np.linalg.norm(w, axis=0)).astype(w.dtype))
    return direction


def loss_on_plane(
    weights: Sequence[NDArray],
    loss: Callable[[], float],
    directions: tuple[Sequence[NDArray], Sequence[NDArray]],
    distances: Sequence[float] | NDArray,
) -> NDArray:
    """The loss at w + a u + b v, rows b and columns a from ``distances``.

    weights: the network's own arrays w, which are moved in place and put back at the end;
    loss: computes with them; directions: u and v, arrays of the same shapes.
    """
    at = [w.copy() for w in weights]

    def loss_at(a: float, b: float) -> float:
        for w, here, u, v in zip(weights, at, *directions, strict=True):
            w[...] = here + a * u + b * v
        return loss()

    losses = np.array([[loss_at(a, b) for a in distances] for b in distances])
    for w, here in zip(weights, at, strict=True):
        w[...] = here
    return losses


def plane_of_loss(
    network: nn.Sequential,
    x: NDArray,
    labels: NDArray,
    distances: Sequence[float] | NDArray,
    direction_of: Callable[..., Sequence[NDArray]] = random_direction,
) -> NDArray:
    """The cross-entropy of a trained network on x, along two directions of ``direction_of``."""
    weights, rng = list(network.eval().params.values()), np.random.default_rng(0)
    directions = direction_of(weights, rng), direction_of(weights, rng)
    return loss_on_plane(
        weights, lambda: nn.cross_entropy(network(x), labels), directions, distances
    )
