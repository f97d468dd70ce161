"""What every layer has in common."""


class Layer:
    """A step of a network: it computes with pure functions and remembers what they need.

    ``params`` holds the learnt arrays and ``grads``, after ``backward``, their gradients under the
    same keys; ``buffers`` holds arrays that change in training without a gradient. ``forward(x)``
    and ``backward(grad)`` are each layer's own.
    """

    def __init__(self):
        self.params = {}
        self.grads = {}
        self.buffers = {}
        self.training = True
        self._remembered = None

    def __call__(self, x):
        return self.forward(x)

    def backward_params(self, grad):
        """Like ``backward``, but for ``grads`` alone: learning does not use a first layer's dx."""
        self.backward(grad)

    def train(self):
        """Behave as while learning (matters to dropout and batch normalisation)."""
        self.training = True
        return self

    def eval(self):
        """Behave as when the trained network is used."""
        self.training = False
        return self

    def remember(self, value):
        """Keep what ``backward`` will need from this forward pass."""
        self._remembered = value

    def recall(self):
        """What the last forward pass kept; ``ValueError`` if there was none."""
        if self._remembered is None:
            raise ValueError(
                f"{type(self).__name__}.backward: nothing to go back through, call forward first"
            )
        return self._remembered

    def __repr__(self):
        sizes = ", ".join(f"{name} {array.shape}" for name, array in self.params.items())
        return f"{type(self).__name__}({sizes})"
