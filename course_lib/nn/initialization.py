"""Random starting weights that keep the size of signals from layer to layer.

``shape`` is (in, out) for a fully connected layer and (C_out, C_in, kH, kW) for a convolution.
Sources: Glorot and Bengio 2010 ("Xavier", for sigmoid and tanh); He et al. 2015 (for ReLU).
"""

import numpy as np


def _fans(shape):
    """Number of inputs and of outputs that one weight's neuron is connected to."""
    if len(shape) not in (2, 4) or any(not isinstance(n, int | np.integer) or n < 1 for n in shape):
        raise ValueError(
            f"shape is {shape!r}, wanted (in, out) or (C_out, C_in, kH, kW), all at least 1"
        )
    if len(shape) == 2:
        return shape[0], shape[1]
    window = shape[2] * shape[3]
    return shape[1] * window, shape[0] * window


def xavier_uniform(shape, rng):
    """Uniform on (-a, a) with ``a = sqrt(6 / (fan_in + fan_out))``."""
    fan_in, fan_out = _fans(shape)
    a = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-a, a, shape)


def xavier_normal(shape, rng):
    """Normal with mean 0 and variance ``2 / (fan_in + fan_out)``."""
    fan_in, fan_out = _fans(shape)
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), shape)


def he_uniform(shape, rng):
    """Uniform on (-a, a) with ``a = sqrt(6 / fan_in)``."""
    fan_in, _ = _fans(shape)
    a = np.sqrt(6 / fan_in)
    return rng.uniform(-a, a, shape)


def he_normal(shape, rng):
    """Normal with mean 0 and variance ``2 / fan_in``."""
    fan_in, _ = _fans(shape)
    return rng.normal(0, np.sqrt(2 / fan_in), shape)
