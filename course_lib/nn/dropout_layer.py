"""Dropout: switch off a random share of the values, so that no neuron can lean on another.

Source: Srivastava et al. 2014. This is the inverted form: what is kept is scaled up in training,
and nothing is to be done at evaluation.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource, as_generator, check_shape, check_share, checked
from course_lib.nn.layer import Layer


@checked(x="...", p=check_share)
def dropout(x: NDArray, p: float, rng: RandomSource) -> tuple[NDArray, NDArray]:
    """Set each element of x to 0 with probability p and divide the others by 1 - p.

    x: any shape; p: the share dropped, in [0, 1); rng: a ``numpy.random.Generator`` or a seed.
    Returns y and the mask of what was kept (bool), both shaped like x.
    """
    mask = as_generator(rng).random(np.shape(x), np.float32) >= p
    return dropout_backward(x, mask, p), mask


@checked(grad="...", mask="...", p=check_share)
def dropout_backward(grad: NDArray, mask: NDArray, p: float) -> NDArray:
    """dL/dx: what was dropped gets nothing, the rest is scaled as in the forward pass."""
    return grad * mask / (1 - float(p))  # a Python float leaves float32 as it is


class Dropout(Layer):
    """Layer that drops the share ``p`` while training and does nothing at evaluation.

    rng: a ``numpy.random.Generator`` or a seed; None draws anew each time.
    """

    @checked(p=check_share)
    def __init__(self, p: float = 0.5, *, rng: RandomSource = None) -> None:
        super().__init__()
        self.p = float(p)
        self.rng = as_generator(rng)

    @checked(x="...")
    def forward(self, x: NDArray) -> NDArray:
        if self.training and self.p:
            y, mask = dropout(x, self.p, self.rng)
            self.remember((mask, self.p))
            return y
        self.remember((np.broadcast_to(True, x.shape), 0.0))
        return x

    def backward(self, grad: NDArray) -> NDArray:
        mask, p = self.recall()
        check_shape("Dropout.backward: grad", grad, mask.shape)
        return dropout_backward(grad, mask, p)
