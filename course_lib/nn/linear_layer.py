"""The fully connected layer: every output is a weighted sum of every input."""

import numpy as np

from course_lib.nn.initialization import he_normal
from course_lib.nn.layer import Layer
from course_lib.nn.shapes import check_shape, shapes


@shapes(x="N D", W="D K", b="K")
def linear(x, W, b):
    """Affine map of a batch: ``z = x @ W + b``.

    x: (N, D)  W: (D, K)  b: (K,)  ->  z: (N, K)
    """
    return x @ W + b


@shapes(grad="N K", x="N D", W="D K")
def linear_backward(grad, x, W):
    """Gradients of a loss through ``linear``, given ``grad`` = dL/dz (N, K).

    Returns dL/dx (N, D), dL/dW (D, K), dL/db (K,).
    """
    return grad @ W.T, x.T @ grad, grad.sum(axis=0)


class Linear(Layer):
    """Fully connected layer with ``params`` W (in_features, out_features) and b (out_features,).

    rng: a ``numpy.random.Generator`` or a seed for the weights; None draws new ones each time.
    init: a function of (shape, rng) from ``nn.initialization``; the biases start at zero.
    """

    def __init__(self, in_features, out_features, *, rng=None, init=he_normal, dtype=np.float32):
        super().__init__()
        W = init((in_features, out_features), np.random.default_rng(rng))
        self.params = {"W": W.astype(dtype), "b": np.zeros(out_features, dtype)}

    def forward(self, x):
        self.remember(x)
        return linear(x, self.params["W"], self.params["b"])

    def backward(self, grad):
        dx, self.grads["W"], self.grads["b"] = linear_backward(
            grad, self.recall(), self.params["W"]
        )
        return dx

    def backward_params(self, grad):
        x = self.recall()
        check_shape("Linear.backward", "grad", grad, (len(x), len(self.params["b"])))
        self.grads["W"], self.grads["b"] = x.T @ grad, grad.sum(axis=0)
