"""Dropout: switch off a random share of the values, so that no neuron can lean on another.

Source: Srivastava et al. 2014. This is the inverted form: what is kept is scaled up in training,
and nothing is to be done at evaluation.
"""

import numpy as np

from course_lib.nn.layer import Layer


def dropout(x, p, rng):
    """Set each element of x to 0 with probability p and divide the others by 1 - p.

    x: any shape; p: the share dropped, in [0, 1); rng: a ``numpy.random.Generator``.
    Returns y and the mask of what was kept (bool), both shaped like x.
    """
    p = checked_share(p)
    mask = rng.random(x.shape, np.float32) >= p
    return dropout_backward(x, mask, p), mask


def dropout_backward(grad, mask, p):
    """dL/dx: what was dropped gets nothing, the rest is scaled as in the forward pass."""
    if grad.shape != mask.shape:
        raise ValueError(f"dropout_backward: mask has shape {mask.shape}, wanted {grad.shape}")
    return grad * mask / (1 - checked_share(p))


def checked_share(p):
    """p as a float, which leaves float32 as it is; ``ValueError`` unless it lies in [0, 1)."""
    if not 0 <= p < 1:
        raise ValueError(f"p is {p}, wanted a share of at least 0 and less than 1")
    return float(p)


class Dropout(Layer):
    """Layer that drops the share ``p`` while training and does nothing at evaluation.

    rng: a ``numpy.random.Generator`` or a seed; None draws anew each time.
    """

    def __init__(self, p=0.5, *, rng=None):
        super().__init__()
        self.p = checked_share(p)
        self.rng = np.random.default_rng(rng)

    def forward(self, x):
        p = self.p if self.training else 0
        y, mask = dropout(x, p, self.rng) if p else (x, np.True_)
        self.remember((mask, p))
        return y

    def backward(self, grad):
        mask, p = self.recall()
        return dropout_backward(grad, mask, p) if p else grad
