"""A diagram shows the network or the graph that it was given."""

from itertools import combinations

import numpy as np
import pytest

from course_lib.experiments.computation_graph import forward_and_backward
from course_lib.viz import diagrams
from course_lib.viz.picture import picture
from tests.unit.experiments.test_computation_graph import BRANCH, NEURON, PRODUCT


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
    assert "x -4, y -4, q -4, z 3, f 1" in figure.alt


NEURON_AT = dict.fromkeys(["w1", "w2", "b", "x1", "x2", "y"], 1.0)


@pytest.mark.parametrize(("inputs", "steps"), [({"a": 3, "b": 2}, BRANCH), (NEURON_AT, NEURON)])
def test_no_two_boxes_touch(inputs, steps):
    places = diagrams.places_in_graph(inputs, steps)
    assert set(places) == {*inputs, *(name for name, *_ in steps)}
    for one, other in combinations(places.values(), 2):
        assert one[0] != other[0] or abs(one[1] - other[1]) >= 1


def test_inputs_stand_left_of_who_needs_them_and_a_chain_keeps_its_row():
    places = diagrams.places_in_graph(NEURON_AT, NEURON)
    for name, _, *arguments in NEURON:
        assert all(places[argument][0] == places[name][0] - 1 for argument in arguments)
    rows = {name: row for name, (_, row) in places.items()}
    assert rows["w1"] > rows["x1"] > rows["w2"] > rows["x2"]  # in whatever order they came
    assert rows["z"] == rows["p"] == rows["e"] > rows["y"]


def test_arrows_run_between_the_columns_where_no_text_stands():
    figure = diagrams.computation_graph(
        NEURON_AT, NEURON, *forward_and_backward(NEURON_AT, NEURON), title="A neuron"
    )
    axes = figure.axes[0]
    sides = {
        (round(box.get_x(), 9), round(box.get_x() + box.get_width(), 9)) for box in axes.patches
    }
    arrows = [text for text in axes.texts if text.get_text() == ""]
    assert len(arrows) == 11
    for arrow in arrows:
        tail, head = round(arrow.xyann[0], 9), round(arrow.xy[0], 9)
        assert any(right == tail for _, right in sides)
        assert any(left == head for left, _ in sides)
        assert 0 < head - tail < 0.5


def test_columns_are_centered_and_connected_with_all_of_the_next():
    assert diagrams.column(3).tolist() == [-1, 0, 1]
    _, axes = picture()
    diagrams.connect(axes, [diagrams.column(2), diagrams.column(3)], color="0.5", width=1)
    ends = sorted(line.get_ydata().tolist() for line in axes.lines)
    assert ends == [[y, z] for y in (-0.5, 0.5) for z in (-1, 0, 1)]
    assert all(np.array_equal(line.get_xdata(), [0, 1]) for line in axes.lines)
