"""Flatten: each sample as one row of numbers, for the fully connected layers that follow."""

import math

from numpy.typing import NDArray

from course_lib.checks import check_shape, checked
from course_lib.nn.layer import Layer


class Flatten(Layer):
    """Lay each sample out as one row: (N, C, H, W) -> (N, C * H * W)."""

    @checked(x="N ...")
    def forward(self, x: NDArray) -> NDArray:
        self.remember(x.shape)
        return x.reshape(len(x), -1)

    def backward(self, grad: NDArray) -> NDArray:
        N, *rest = shape = self.recall()
        check_shape("Flatten.backward: grad", grad, (N, math.prod(rest)))
        return grad.reshape(shape)
