"""Penalties: a price on large weights, added to the loss.

The convention is ``strength`` times the *sum* over the elements, with no mean and no factor 1/2.
So the ``weight_decay`` of an optimizer, whose penalty is ``weight_decay / 2 * sum(W**2)``, is twice
the strength of ``l2_penalty``. A network's penalty is the sum over its arrays of weights; biases
are usually left out.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_not_negative, checked


@checked(W="...", strength=check_not_negative)
def l2_penalty(W: NDArray | float, strength: float = 1.0) -> float:
    """``strength * sum(W**2)``, a float, for weights W of any shape and strength >= 0.

    Raises ``ValueError`` for a negative strength.  Source: Hoerl and Kennard 1970.
    """
    return float(strength * np.sum(np.square(W)))


@checked(W="...", strength=check_not_negative)
def l2_penalty_backward(W: NDArray | float, strength: float = 1.0) -> NDArray | float:
    """``dR/dW = 2 * strength * W``: the larger a weight, the harder it is pulled to zero."""
    return 2 * strength * W


@checked(W="...", strength=check_not_negative)
def l1_penalty(W: NDArray | float, strength: float = 1.0) -> float:
    """``strength * sum(|W|)``, a float, for weights W of any shape and strength >= 0.

    Raises ``ValueError`` for a negative strength.  Source: Tibshirani 1996.
    """
    return float(strength * np.sum(np.abs(W)))


@checked(W="...", strength=check_not_negative)
def l1_penalty_backward(W: NDArray | float, strength: float = 1.0) -> NDArray | float:
    """``dR/dW = strength * sign(W)``: every weight is pulled alike; 0 where a weight is 0."""
    return strength * np.sign(W)
