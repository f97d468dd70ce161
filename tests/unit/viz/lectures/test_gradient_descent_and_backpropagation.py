"""Steps down a cost, and a graph whose inputs move, are drawn as they are computed."""

import numpy as np

from course_lib.experiments.computation_graph import forward_and_backward
from course_lib.experiments.one_neuron import OneNeuron
from course_lib.viz.lectures import gradient_descent_and_backpropagation as figures

PRODUCT = [("q", "+", "x", "y"), ("f", "×", "q", "z")]


def test_moving_an_input_moves_values_and_gradients():
    explorer = figures.graph_by_hand(
        forward_and_backward, {"x": -2.0, "y": 5.0, "z": -4.0}, PRODUCT, title="A graph"
    )
    explorer.controls["z"].value = 2.0
    texts = [text.get_text() for text in explorer.picture.axes[0].texts]
    assert "f = 6" in texts
    assert "slope 2" in texts


def test_descent_on_curve_draws_each_path_on_the_curve():
    def cost(x):
        return (x - 10) ** 2

    figure = figures.descent_on_curve(
        cost, {"slow": [14, 13], "exact": [14, 10]}, xlabel="output", limits=(0, 20)
    )
    for axes, path in zip(figure.axes, ([14, 13], [14, 10]), strict=True):
        np.testing.assert_array_equal(axes.lines[1].get_xydata(), [[x, cost(x)] for x in path])
    assert figure.axes[0].get_ylabel() == "cost"
    assert "slow: cost from 16 to 9; exact: cost from 16 to 0" in figure.alt


def test_walking_and_the_rate_change_the_path():
    neuron = OneNeuron(x=np.array([0.0, 1, 2, 3]), y=np.array([0.0, 0, 1, 1]))
    explorer = figures.descent_by_hand(neuron, (-2, 2), rates=(0.5, 5), steps=40)
    surface, curve = explorer.picture.axes[:2]
    assert len(surface.lines[0].get_xydata()) == 1 + 10  # the first picture says something
    explorer.controls["step"].value = 40
    surface, curve = explorer.picture.axes[:2]
    np.testing.assert_allclose(surface.lines[0].get_xydata(), neuron.descend((-2, 2), 5, 40))
    quick = curve.lines[1].get_ydata()
    explorer.controls["rate"].value = 0.5
    assert not np.allclose(explorer.picture.axes[1].lines[1].get_ydata(), quick)
    assert "Learning rate 0.5" in explorer.picture.alt
    assert "path of 40 steps from (-2.00, 2.00), cost 0.69" in explorer.picture.alt
    assert surface.get_xlabel() == "weight w"
    assert curve.get_xlabel() == "input x"
