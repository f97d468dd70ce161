"""A computation graph computes right, backwards too."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments import computation_graph as graphs
from course_lib.nn.autograd import Value
from course_lib.viz.diagrams import computation_graph

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


def test_the_graph_behind_a_value():
    a, b = Value(3.0), Value(2.0)
    f = (a + b) * (a * b)
    f.backward()
    inputs, steps, values, gradients = graphs.graph_of(f, {"a": a, "b": b, "f": f})
    assert inputs == {"a": 3, "b": 2}
    by_name = {name: (operation, set(arguments)) for name, operation, *arguments in steps}
    assert sorted(operation for operation, _ in by_name.values()) == ["+", "×", "×"]
    assert by_name["f"] == ("×", {"v1", "v2"})
    assert gradients == graphs.forward_and_backward(inputs, steps)[1]
    assert values == graphs.forward_and_backward(inputs, steps)[0]
    figure = computation_graph(inputs, steps, values, gradients, title="A value")
    assert "Input a is 3. Input b is 2." in figure.alt
    assert "a 16, b 21" in figure.alt


def test_other_operations_have_their_name():
    x = Value(0.5)
    y = x.exp().tanh() ** 2
    y.backward()
    _, steps, _, gradients = graphs.graph_of(y, {"x": x})
    assert [operation for _, operation, *_ in steps] == ["exp", "tanh", "power"]
    assert gradients["x"] == x.grad
