"""Residual connection: a layer learns what to add to its input, not the output as a whole.

On the way back the gradient is copied to both summands, so one copy reaches the input unweakened,
however deep the network.
Source: He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition".
"""

from typing import Any

from numpy.typing import NDArray

from course_lib.checks import check_shape
from course_lib.nn.container import Container
from course_lib.nn.layer import Layer


class Residual(Container):
    """``y = body(x) + shortcut(x)``, or ``body(x) + x`` without a shortcut.

    The two summands have the same shape; where ``body`` changes it, ``shortcut`` does the same with
    little, such as a 1 x 1 convolution. A ReLU after the sum is the next layer's business.
    """

    def __init__(self, body: Layer, shortcut: Layer | None = None) -> None:
        super().__init__(body, *([] if shortcut is None else [shortcut]))

    def forward(self, x: NDArray[Any]) -> NDArray[Any]:
        body, *shortcut = self.layers
        added = body.forward(x)
        kept = shortcut[0].forward(x) if shortcut else x
        check_shape("Residual.forward: the output of body", added, kept.shape)
        self.remember(kept.shape)
        return added + kept

    def backward(self, grad: NDArray[Any]) -> NDArray[Any]:
        """dL/dx: x went two ways, so it collects the sum of what comes back on both."""
        check_shape("Residual.backward: grad", grad, self.recall())
        body, *shortcut = self.layers
        return body.backward(grad) + (shortcut[0].backward(grad) if shortcut else grad)

    def backward_params(self, grad: NDArray[Any]) -> None:
        check_shape("Residual.backward: grad", grad, self.recall())
        for layer in self.layers:
            layer.backward_params(grad)
