"""A computation graph computes right, backwards too."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments import computation_graph as graphs

PRODUCT = [("q", "+", "x", "y"), ("f", "×", "q", "z")]
NEURON = [
    ("a", "×", "w1", "x1"),
    ("c", "×", "w2", "x2"),
    ("z", "+", "a", "c", "b"),
    ("p", "sigmoid", "z"),
    ("e", "−", "p", "y"),
    ("cost", "square", "e"),
]
BRANCH = [("s", "+", "a", "b"), ("p", "×", "a", "b"), ("f", "×", "s", "p")]


@pytest.mark.parametrize(
    ("inputs", "steps"),
    [
        ({"x": -2.0, "y": 5.0, "z": -4.0}, PRODUCT),
        ({"w1": -1.0, "x1": 2.0, "w2": 0.5, "x2": 5.0, "b": 0.5, "y": 1.0}, NEURON),
        ({"a": 3.0, "b": 2.0}, BRANCH),
        ({"a": 3.0}, [("f", "×", "a", "a")]),
    ],
)
def test_gradients_equal_what_is_measured(inputs, steps):
    def last(x):
        return graphs.forward_and_backward(dict(zip(inputs, x, strict=True)), steps)[0][
            steps[-1][0]
        ]

    _, gradients = graphs.forward_and_backward(inputs, steps)
    measured = nn.numerical_gradient(last, np.array(list(inputs.values())))
    np.testing.assert_allclose([gradients[name] for name in inputs], measured, rtol=1e-6)


def test_the_product_that_every_course_shows():
    values, gradients = graphs.forward_and_backward({"x": -2.0, "y": 5.0, "z": -4.0}, PRODUCT)
    assert (values["q"], values["f"]) == (3, -12)
    assert gradients == {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1}
