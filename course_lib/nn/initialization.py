"""Random starting weights that keep the size of signals from layer to layer.

``shape`` is (in, out) for a fully connected layer and (C_out, C_in, kH, kW) for a convolution,
``rng`` a ``numpy.random.Generator`` or a seed.
Sources: Glorot and Bengio 2010 ("Xavier", for sigmoid and tanh); He et al. 2015 (for ReLU).
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, as_generator


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Number of inputs and of outputs that one weight's neuron is connected to.

    ``ValueError`` for another shape than the two above.
    """
    sizes = tuple(shape) if isinstance(shape, tuple | list) else ()
    if len(sizes) not in (2, 4) or any(not isinstance(n, int | np.integer) or n < 1 for n in sizes):
        raise ValueError(
            f"shape is {shape!r}, wanted (in, out) or (C_out, C_in, kH, kW), all at least 1"
        )
    if len(shape) == 2:
        return shape[0], shape[1]
    window = shape[2] * shape[3]
    return shape[1] * window, shape[0] * window


def xavier_uniform(shape: tuple[int, ...], rng: RandomSource) -> NDArray:
    """Uniform on (-a, a) with ``a = sqrt(6 / (fan_in + fan_out))``."""
    fan_in, fan_out = fans(shape)
    a = np.sqrt(6 / (fan_in + fan_out))
    return as_generator(rng).uniform(-a, a, shape)


def xavier_normal(shape: tuple[int, ...], rng: RandomSource) -> NDArray:
    """Normal with mean 0 and variance ``2 / (fan_in + fan_out)``."""
    fan_in, fan_out = fans(shape)
    return as_generator(rng).normal(0, np.sqrt(2 / (fan_in + fan_out)), shape)


def he_uniform(shape: tuple[int, ...], rng: RandomSource) -> NDArray:
    """Uniform on (-a, a) with ``a = sqrt(6 / fan_in)``."""
    fan_in, _ = fans(shape)
    a = np.sqrt(6 / fan_in)
    return as_generator(rng).uniform(-a, a, shape)


def he_normal(shape: tuple[int, ...], rng: RandomSource) -> NDArray:
    """Normal with mean 0 and variance ``2 / fan_in``."""
    fan_in, _ = fans(shape)
    return as_generator(rng).normal(0, np.sqrt(2 / fan_in), shape)
