"""A network as a chain of layers."""

from course_lib.nn.layer import Layer


class Flatten(Layer):
    """Lay each sample out as one row: (N, C, H, W) -> (N, C * H * W)."""

    def forward(self, x):
        self.remember(x.shape)
        return x.reshape(len(x), -1)

    def backward(self, grad):
        return grad.reshape(self.recall())


class Sequential(Layer):
    """Layers one after the other: forward runs through them, backward runs back.

    ``params``, ``grads`` and ``buffers`` gather those of the layers, with keys such as ``"0.W"``:
    the layer's place in the chain and its own key.
    """

    def __init__(self, *layers):
        for place, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise TypeError(
                    f"Sequential: layer {place} is {type(layer).__name__}, wanted a layer"
                    + (" (call the class: ReLU())" if isinstance(layer, type) else "")
                )
            if layer in layers[:place]:
                raise ValueError(
                    f"Sequential: layer {place} stands there twice, wanted a new"
                    f" {type(layer).__name__} for each place: it remembers one forward pass"
                )
        self.layers = layers
        self.training = True

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def backward_params(self, grad):
        first = next((i for i, layer in enumerate(self.layers) if layer.params), 0)
        for layer in reversed(self.layers[first + 1 :]):
            grad = layer.backward(grad)
        for layer in self.layers[first : first + 1]:  # none in an empty chain
            layer.backward_params(grad)

    @property
    def params(self):
        return self._gather("params")

    @property
    def grads(self):
        return self._gather("grads")

    @property
    def buffers(self):
        return self._gather("buffers")

    def _gather(self, kind):
        return {
            f"{place}.{name}": array
            for place, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }

    def train(self):
        for layer in self.layers:
            layer.train()
        return super().train()

    def eval(self):
        for layer in self.layers:
            layer.eval()
        return super().eval()

    def __repr__(self):
        return "Sequential(\n" + "".join(f"  {layer!r},\n" for layer in self.layers) + ")"
