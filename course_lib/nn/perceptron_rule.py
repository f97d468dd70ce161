"""Rosenblatt's perceptron: a weighted sum against a threshold, and a rule that learns it.

Source: F. Rosenblatt, "The perceptron", Psychological Review 65 (1958).
"""

import numpy as np

from course_lib.nn.layer import Layer
from course_lib.nn.shapes import check_finite, shapes
from course_lib.nn.windows import check_count


@shapes(x="N D", w="D")
def perceptron(x, w, b):
    """Decide for each row of x: 1 where ``x @ w + b > 0``, else 0.

    x: (N, D)  w: (D,)  b: a number, minus the threshold  ->  decisions: (N,) int
    """
    return (x @ w + b > 0).astype(int)


def perceptron_update(x, y, w, b, eta=1.0):
    """Rosenblatt's rule for one sample x (D,) with label y (0 or 1): the new ``w, b``.

    Nothing changes after a right decision. After a wrong one, w moves by ``eta`` along x, towards
    the side that was wanted.
    """
    error = y - perceptron(x[np.newaxis], w, b)[0]  # -1, 0 or 1
    return w + eta * error * x, b + eta * error


class Perceptron(Layer):
    """One perceptron with ``params`` w (in_features,) and b (1,), all zero at first."""

    def __init__(self, in_features):
        super().__init__()
        check_count("in_features", in_features, 1)
        self.params = {"w": np.zeros(in_features), "b": np.zeros(1)}

    def forward(self, x):
        self.remember(x)
        return perceptron(x, self.params["w"], self.params["b"])

    def backward(self, grad):
        """All zeros: a step is flat, so its slope can't say which way to go."""
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        return np.zeros_like(self.recall())

    def predict(self, x):
        """Decisions (N,), 0 or 1, for the rows of x (N, D); NaN would be a no, so it is refused."""
        check_finite("Perceptron.predict", "x", x)
        return perceptron(x, self.params["w"], self.params["b"])

    @shapes(x="N D", y="N")
    def fit(self, x, y, *, epochs=100, eta=1.0, rng=None):
        """Apply the rule to sample after sample until an epoch has no mistake.

        x: (N, D); y: (N,) of 0 and 1; ``rng``, a Generator or a seed, shuffles the samples anew in
        each epoch, None keeps their order. Returns the number of mistakes in each epoch; the last
        one is 0 only if the perceptron found a separating line.
        """
        check_count("epochs", epochs, 1)
        check_finite("Perceptron.fit", "x", x)
        if not np.isin(y, (0, 1)).all():
            raise ValueError(
                f"Perceptron.fit: y has the values {np.unique(y)[:5]}, wanted only 0 and 1"
            )
        if not eta > 0:
            raise ValueError(f"Perceptron.fit: eta is {eta}, wanted more than 0")
        w, b = self.params["w"].copy(), self.params["b"].copy()
        order = np.arange(len(x))
        rng = None if rng is None else np.random.default_rng(rng)
        mistakes = []
        for _ in range(epochs):
            if rng is not None:
                rng.shuffle(order)
            mistakes.append(0)
            for i in order:
                mistakes[-1] += int(perceptron(x[i : i + 1], w, b)[0] != y[i])
                w, b = perceptron_update(x[i], y[i], w, b, eta)
            if mistakes[-1] == 0:
                break
        self.params = {"w": w, "b": b}
        return mistakes
