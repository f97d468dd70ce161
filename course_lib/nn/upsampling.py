"""Upsampling: a larger picture, in which every pixel stands ``scale`` times in both directions.

Nothing is learnt. With a convolution behind it, it is the other way to make a map larger; see
``transposed_convolution.py`` and Odena, Dumoulin and Olah 2016.
"""

from numpy.typing import NDArray

from course_lib.checks import check_count, check_shape, checked
from course_lib.nn.layer import Layer


@checked(x="N C H W", scale=check_count)
def upsample2d(x: NDArray, scale: int) -> NDArray:
    """Repeat every row and every column ``scale`` times ("nearest").

    x: (N, C, H, W)  ->  (N, C, scale * H, scale * W)
    """
    return x.repeat(scale, axis=2).repeat(scale, axis=3)


@checked(grad="N C H_out W_out", x="N C H W", scale=check_count)
def upsample2d_backward(grad: NDArray, x: NDArray, scale: int) -> NDArray:
    """dL/dx, given ``grad`` = dL/dy (N, C, scale * H, scale * W) and the x of the forward pass.

    A pixel collects from all its copies.
    """
    N, C, H, W = x.shape
    check_shape("upsample2d_backward: grad", grad, (N, C, scale * H, scale * W))
    return grad.reshape(N, C, H, scale, W, scale).sum(axis=(3, 5))


class Upsample2d(Layer):
    """Layer that applies ``upsample2d``."""

    @checked(scale=check_count)
    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def forward(self, x: NDArray) -> NDArray:
        self.remember(x)
        return upsample2d(x, self.scale)

    def backward(self, grad: NDArray) -> NDArray:
        return upsample2d_backward(grad, self.recall(), self.scale)
