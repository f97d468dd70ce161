"""A network as a chain of layers."""

from textwrap import indent

from numpy.typing import NDArray

from course_lib.checks import check_instance
from course_lib.nn.layer import Layer


class Sequential(Layer):
    """Layers one after the other: forward runs through them, backward runs back.

    ``params``, ``grads`` and ``buffers`` gather those of the layers, with keys such as ``"0.W"``:
    the layer's index in the chain and its own key. Without layers it changes nothing.
    Raises ``TypeError`` for what is no layer, ``ValueError`` for a layer that is used twice, also
    inside other layers: it remembers one forward pass.
    """

    def __init__(self, *layers: Layer) -> None:
        used: set[int] = set()
        for index, layer in enumerate(layers):
            check_instance(f"Sequential: layer {index}", layer, Layer)
            for part in layer.all_layers():
                if id(part) in used:
                    kind = type(part).__name__
                    raise ValueError(
                        f"Sequential: layer {index} is or has a {kind} that was used before, wanted"
                        f" a new {kind} for each place: it remembers one forward pass"
                    )
                used.add(id(part))
        self.layers = layers
        self.training = True

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

    @property
    def params(self) -> dict[str, NDArray]:  # type: ignore[override]
        return self._gather("params")

    @property
    def grads(self) -> dict[str, NDArray]:  # type: ignore[override]
        return self._gather("grads")

    @property
    def buffers(self) -> dict[str, NDArray]:  # type: ignore[override]
        return self._gather("buffers")

    def _gather(self, kind: str) -> dict[str, NDArray]:
        return {
            f"{index}.{name}": array
            for index, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }

    def __repr__(self) -> str:
        inside = "".join(f"{layer!r},\n" for layer in self.layers)
        return f"Sequential(\n{indent(inside, '  ')})" if inside else "Sequential()"
