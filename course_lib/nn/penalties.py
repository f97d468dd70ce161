"""Penalties: a price on large weights, added to the loss.

The convention is ``strength`` times the *sum* over the elements, with no mean and no factor 1/2.
So the ``weight_decay`` of an optimizer, whose penalty is ``weight_decay / 2 * sum(W**2)``, is twice
the strength of ``l2_penalty``. A network's penalty is the sum over its arrays of weights; biases
are usually left out.
"""

import numpy as np

from course_lib.nn.shapes import shapes


@shapes(W="...")
def l2_penalty(W, strength=1.0):
    """``strength * sum(W**2)``, a float, for weights W of any shape and strength >= 0.

    Raises ``ValueError`` for a negative strength.  Source: Hoerl and Kennard 1970.
    """
    _check_strength("l2_penalty", strength)
    return float(strength * np.sum(np.square(W)))


@shapes(W="...")
def l2_penalty_backward(W, strength=1.0):
    """``dR/dW = 2 * strength * W``: the larger a weight, the harder it is pulled to zero."""
    _check_strength("l2_penalty_backward", strength)
    return 2 * strength * W


@shapes(W="...")
def l1_penalty(W, strength=1.0):
    """``strength * sum(|W|)``, a float, for weights W of any shape and strength >= 0.

    Raises ``ValueError`` for a negative strength.  Source: Tibshirani 1996.
    """
    _check_strength("l1_penalty", strength)
    return float(strength * np.sum(np.abs(W)))


@shapes(W="...")
def l1_penalty_backward(W, strength=1.0):
    """``dR/dW = strength * sign(W)``: every weight is pulled alike; 0 where a weight is 0."""
    _check_strength("l1_penalty_backward", strength)
    return strength * np.sign(W)


def _check_strength(function, strength):
    if not strength >= 0:
        raise ValueError(f"{function}: strength is {strength}, wanted 0 or more")
