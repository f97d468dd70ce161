"""Layers made of layers: what a chain, branches and a residual block have in common."""

from typing import Any, Self

from numpy.typing import NDArray

from course_lib.checks import check_instance
from course_lib.nn.layer import Layer


class Container(Layer):
    """A layer that is made of ``layers``; how data flows through them is each subclass's own.

    ``params``, ``grads`` and ``buffers`` gather those of the layers, with keys such as ``"0.W"``:
    the layer's place and its own key. ``TypeError`` if one of ``layers`` is no layer,
    ``ValueError`` if one is given twice: it would remember only one forward pass.
    """

    def __init__(self, *layers: Layer) -> None:
        kind = type(self).__name__
        for place, layer in enumerate(layers):
            check_instance(f"{kind}: layer {place}", layer, Layer)
            if any(layer is other for other in layers[:place]):
                raise ValueError(
                    f"{kind}: layer {place} is a {type(layer).__name__} that is given twice, "
                    "wanted a new one for each place"
                )
        self.layers = layers
        self.training = True
        self._remembered = None

    @property
    def params(self) -> dict[str, NDArray[Any]]:
        return self._gather("params")

    @property
    def grads(self) -> dict[str, NDArray[Any]]:
        return self._gather("grads")

    @property
    def buffers(self) -> dict[str, NDArray[Any]]:
        return self._gather("buffers")

    def _gather(self, kind: str) -> dict[str, NDArray[Any]]:
        return {
            f"{place}.{name}": array
            for place, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }

    def train(self) -> Self:
        for layer in self.layers:
            layer.train()
        super().train()
        return self

    def eval(self) -> Self:
        for layer in self.layers:
            layer.eval()
        super().eval()
        return self

    def __repr__(self) -> str:
        inside = "".join(f"  {layer!r},\n".replace("\n  ", "\n    ") for layer in self.layers)
        return f"{type(self).__name__}(\n{inside})"
