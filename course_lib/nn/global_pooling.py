"""Global average pooling: of every channel only its mean is left, whatever the picture's size.

It stands where earlier networks had large fully connected layers, and costs no parameter.
Source: Lin, Chen and Yan 2014, "Network in network".
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import checked
from course_lib.nn.layer import Layer


@checked(x="N C H W")
def global_avg_pool2d(x: NDArray[Any]) -> NDArray[Any]:
    """Mean of each channel: x (N, C, H, W)  ->  (N, C)."""
    return x.mean(axis=(2, 3))


@checked(grad="N C", x="N C H W")
def global_avg_pool2d_backward(grad: NDArray[Any], x: NDArray[Any]) -> NDArray[Any]:
    """dL/dx (N, C, H, W): each of the H * W pixels has the same share in its channel's mean."""
    H, W = x.shape[2:]
    return np.broadcast_to(grad[:, :, np.newaxis, np.newaxis] / (H * W), x.shape)


class GlobalAvgPool2d(Layer):
    """Layer that applies ``global_avg_pool2d``."""

    def forward(self, x: NDArray[Any]) -> NDArray[Any]:
        self.remember(x)
        return global_avg_pool2d(x)

    def backward(self, grad: NDArray[Any]) -> NDArray[Any]:
        return global_avg_pool2d_backward(grad, self.recall())
