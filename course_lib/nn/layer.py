"""What every layer has in common."""

from collections.abc import Iterator
from typing import Any, Self

from numpy.typing import NDArray


class Layer:
    """A step of a network: it computes with pure functions and remembers what they need.

    ``params`` holds the learnt arrays and ``grads``, after ``backward``, their gradients under the
    same keys; ``buffers`` holds arrays that change in training without a gradient; ``training``
    says whether the network is learning.

    A layer of one's own is a subclass with two methods:

    - ``forward(x)`` returns the output, and keeps with ``remember`` what the way back will need;
    - ``backward(grad)`` takes the gradient of the loss with respect to that output, puts those of
      the parameters into ``grads`` and returns the gradient with respect to x.

    >>> class Scale(Layer):
    ...     '''Multiply each feature by a number that is learnt: ``y = x * a``, x (N, D), a (D,).'''
    ...
    ...     def __init__(self, features):
    ...         super().__init__()
    ...         self.params = {"a": np.ones(features)}
    ...
    ...     def forward(self, x):
    ...         self.remember(x)
    ...         return x * self.params["a"]
    ...
    ...     def backward(self, grad):
    ...         x = self.recall()
    ...         self.grads["a"] = (grad * x).sum(axis=0)
    ...         return grad * self.params["a"]

    It can be put into a ``Sequential`` and trained; compare its ``backward`` with
    ``numerical_gradient`` first.
    """

    layers: "tuple[Layer, ...]" = ()  # those that it is made of, such as Sequential's

    def __init__(self) -> None:
        self.params: dict[str, NDArray] = {}
        self.grads: dict[str, NDArray] = {}
        self.buffers: dict[str, NDArray] = {}
        self.training = True
        self._remembered: Any = None

    def __call__(self, x: NDArray) -> NDArray:
        return self.forward(x)

    def forward(self, x: NDArray) -> NDArray:
        """The output for the batch x."""
        raise NotImplementedError(f"{type(self).__name__} has no forward(x), which a layer needs")

    def backward(self, grad: NDArray) -> NDArray:
        """dL/dx, given ``grad`` = dL/doutput of the last forward pass; fills ``grads``."""
        raise NotImplementedError(
            f"{type(self).__name__} has no backward(grad), which a layer needs"
        )

    def backward_params(self, grad: NDArray) -> None:
        """Like ``backward``, but for ``grads`` alone: learning does not use a first layer's dx."""
        self.backward(grad)

    def train(self) -> Self:
        """Behave as while learning (matters to dropout and batch normalization)."""
        for layer in self.layers:
            layer.train()
        self.training = True
        return self

    def eval(self) -> Self:
        """Behave as when the trained network is used."""
        for layer in self.layers:
            layer.eval()
        self.training = False
        return self

    def all_layers(self) -> Iterator["Layer"]:
        """This layer and, in the order of ``layers``, all that are inside it."""
        yield self
        for layer in self.layers:
            yield from layer.all_layers()

    def remember(self, value: Any) -> None:
        """Keep what ``backward`` will need from this forward pass."""
        self._remembered = value

    def recall(self) -> Any:
        """What the last forward pass kept; ``ValueError`` if there was none."""
        if self._remembered is None:
            raise ValueError(
                f"{type(self).__name__}.backward: nothing to go back through, call forward first"
            )
        return self._remembered

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {array.shape}" for name, array in self.params.items())
        return f"{type(self).__name__}({sizes})"
