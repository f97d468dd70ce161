"""Layers made of layers: what a chain and branches have in common."""

from textwrap import indent

from numpy.typing import NDArray

from course_lib.checks import check_instance
from course_lib.nn.layer import Layer


class Container(Layer):
    """A layer that is made of ``layers``; how data flows through them is each subclass's own.

    ``params``, ``grads`` and ``buffers`` gather those of the layers, with keys such as ``"0.W"``:
    the layer's index and its own key.
    Raises ``TypeError`` for what is no layer, ``ValueError`` for a layer that is used twice, also
    inside other layers: it remembers one forward pass.
    """

    def __init__(self, *layers: Layer) -> None:
        name = type(self).__name__
        used: set[int] = set()
        for index, layer in enumerate(layers):
            check_instance(f"{name}: layer {index}", layer, Layer)
            for part in layer.all_layers():
                if id(part) in used:
                    kind = type(part).__name__
                    raise ValueError(
                        f"{name}: layer {index} is or has a {kind} that was used before, wanted"
                        f" a new {kind} for each place: it remembers one forward pass"
                    )
                used.add(id(part))
        self.layers = layers
        self.training = True
        self._remembered = None

    @property
    def params(self) -> dict[str, NDArray]:  # type: ignore[override]
        """The learnt arrays of all the layers, with keys such as "0.W"."""
        return self._gather("params")

    @property
    def grads(self) -> dict[str, NDArray]:  # type: ignore[override]
        """Their gradients under the same keys, after ``backward``."""
        return self._gather("grads")

    @property
    def buffers(self) -> dict[str, NDArray]:  # type: ignore[override]
        """What changes in training without a gradient, with keys of the same kind."""
        return self._gather("buffers")

    def _gather(self, kind: str) -> dict[str, NDArray]:
        return {
            f"{index}.{name}": array
            for index, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }

    def __repr__(self) -> str:
        inside = "".join(f"{layer!r},\n" for layer in self.layers)
        inside = f"\n{indent(inside, '  ')}" if inside else ""
        return f"{type(self).__name__}({inside})"
