"""Learning with a way back of its own: feedback alignment against backpropagation.

Backpropagation multiplies what comes back by the transposed weights of the way forward. Feedback
alignment puts fixed random numbers in their place, which no synapse has to know of another.
Source: Lillicrap, Cownden, Tweed and Akerman 2016.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, as_generator, check_choice
from course_lib.data import Dataset, batches
from course_lib.metrics import accuracy

RULES = "backpropagation", "random feedback", "last layer alone"


def train_with_feedback(
    data: Dataset,
    rule: str,
    *,
    hidden: int = 100,
    epochs: int = 2,
    rate: float = 0.1,
    rng: RandomSource = 0,
) -> tuple[float, NDArray]:
    """A network 784-hidden-10 taught by plain gradient descent with one of ``RULES``.

    Returns its accuracy on the validation part, and after every 50 mini-batches of 100 the angle in
    degrees between what the rule sends back and the true gradient by the hidden layer.
    """
    check_choice("rule", rule, RULES)
    rng = as_generator(rng)
    first, last = nn.Linear(784, hidden, rng=rng), nn.Linear(hidden, 10, rng=rng)
    feedback = rng.normal(0, last.params["W"].std(), (10, hidden)).astype(np.float32)
    angles = []
    for _ in range(epochs):
        for step, (x, y) in enumerate(
            batches(data.X_train.reshape(-1, 784), data.y_train, 100, rng)
        ):
            z = first(x)
            grad = nn.cross_entropy_backward(last(nn.relu(z)), y)
            true = nn.relu_backward(last.backward(grad), z)
            sent = nn.relu_backward(grad @ feedback, z) if rule == RULES[1] else true
            if step % 50 == 0:
                angles.append(angle(sent, true))
            first.backward_params(sent)
            learning = (last,) if rule == RULES[2] else (first, last)
            for layer in learning:
                for name in layer.params:
                    layer.params[name] -= rate * layer.grads[name]
    answers = last(nn.relu(first(data.X_val.reshape(-1, 784)))).argmax(axis=1)
    return accuracy(answers, data.y_val), np.array(angles)


def angle(a: NDArray, b: NDArray) -> float:
    """The angle between two arrays of one shape, as long vectors, in degrees."""
    cosine = np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
