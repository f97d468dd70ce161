"""A computation graph computes right, backwards too, and shows what it computed."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz.lectures import gradient_descent_and_backpropagation as graphs

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


def test_picture_shows_values_and_gradients():
    figure = graphs.computation_graph({"x": -2.0, "y": 5.0, "z": -4.0}, PRODUCT, title="A graph")
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"f = -12", "slope -4", "slope 3", "+", "×"} <= set(texts)
    assert texts.count("") == 4  # an arrow each
    assert figure.axes[0].get_title(loc="left") == "A graph"
    assert "f is × of q, z: -12" in figure.alt
    assert "x -4, y -4, z 3" in figure.alt


def test_forward_alone_shows_no_gradients():
    figure = graphs.computation_graph({"x": 1.0, "y": 2.0, "z": 3.0}, PRODUCT, title="", backward=0)
    assert not any("slope" in text.get_text() for text in figure.axes[0].texts)
    assert "Slopes" not in figure.alt


def test_no_two_nodes_share_a_place():
    places = graphs._places({"a": 3.0, "b": 2.0}, BRANCH)
    assert len(set(places.values())) == len(places)


def test_moving_an_input_moves_values_and_gradients():
    explorer = graphs.graph_by_hand({"x": -2.0, "y": 5.0, "z": -4.0}, PRODUCT, title="A graph")
    explorer.controls["z"].value = 2.0
    texts = [text.get_text() for text in explorer.picture.axes[0].texts]
    assert "f = 6" in texts
    assert "slope 2" in texts
