"""A network as a chain of layers."""

from numpy.typing import NDArray

from course_lib.nn.container import Container


class Sequential(Container):
    """Layers one after the other: forward runs through them, backward runs back.

    Arguments, ``params`` and errors as of every ``Container``; the keys in ``params`` start with
    the layer's index in the chain. Without layers it changes nothing.
    """

    def forward(self, x: NDArray) -> NDArray:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad: NDArray) -> NDArray:
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def backward_params(self, grad: NDArray) -> None:
        learning = [index for index, layer in enumerate(self.layers) if layer.params]
        if learning:
            for layer in reversed(self.layers[learning[0] + 1 :]):
                grad = layer.backward(grad)
            self.layers[learning[0]].backward_params(grad)
