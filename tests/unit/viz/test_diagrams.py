"""A diagram shows the network or the graph that it was given."""

import numpy as np

from course_lib.experiments.computation_graph import forward_and_backward
from course_lib.viz import diagrams
from course_lib.viz.picture import picture

PRODUCT = [("q", "+", "x", "y"), ("f", "×", "q", "z")]
BRANCH = [("s", "+", "a", "b"), ("p", "×", "a", "b"), ("f", "×", "s", "p")]


def test_network_draws_units_weights_and_biases():
    figure = diagrams.network(
        [["a", "b"], ["both"]],
        {("a", "both"): 1, ("b", "both"): 2.5},
        {"both": -1.5},
        title="And",
    )
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"a", "b", "both", "1", "2.5", "b = -1.5"} <= set(texts)
    assert texts.count("") == 2  # an arrow each
    assert "weight 2.5 from b to both" in figure.alt
    assert "bias -1.5 of both" in figure.alt
    assert figure.axes[0].get_title(loc="left") == "And"


def test_picture_shows_values_and_gradients():
    at = {"x": -2.0, "y": 5.0, "z": -4.0}
    figure = diagrams.computation_graph(
        at, PRODUCT, *forward_and_backward(at, PRODUCT), title="A graph"
    )
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"f = -12", "slope -4", "slope 3", "+", "×"} <= set(texts)
    assert texts.count("") == 4  # an arrow each
    assert figure.axes[0].get_title(loc="left") == "A graph"
    assert "f is × of q, z: -12" in figure.alt
    assert "x -4, y -4, z 3" in figure.alt


def test_no_two_nodes_share_a_place():
    places = diagrams.places_in_graph({"a": 3.0, "b": 2.0}, BRANCH)
    assert len(set(places.values())) == len(places)


def test_columns_are_centered_and_connected_with_all_of_the_next():
    assert diagrams.column(3).tolist() == [-1, 0, 1]
    _, axes = picture()
    diagrams.connect(axes, [diagrams.column(2), diagrams.column(3)], color="0.5", width=1)
    ends = sorted(line.get_ydata().tolist() for line in axes.lines)
    assert ends == [[y, z] for y in (-0.5, 0.5) for z in (-1, 0, 1)]
    assert all(np.array_equal(line.get_xdata(), [0, 1]) for line in axes.lines)
