"""The figures of lecture 08 show the signals and gradients they are given, layer by layer."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz.lectures import deep_networks as figures


def curve(axes, name):
    (line,) = [line for line in axes.lines if line.get_label() == name]
    return line.get_xydata()


def counts(axes):
    """The heights of a histogram's bars."""
    (histogram,) = axes.patches
    return histogram.get_data().values


def test_gradient_history_has_a_panel_per_run_and_a_line_per_layer():
    steps = np.arange(1.0, 13)
    first = np.stack([steps, 100 * steps], axis=1)
    figure = figures.gradient_history({"one": first, "two": first / 10}, title="Norms")
    left, right = figure.axes
    means = np.array([5.5, 6.5, 7.5])  # of ten neighbors
    np.testing.assert_allclose(curve(left, "layer 2"), np.stack([[5, 6, 7], 100 * means], 1))
    np.testing.assert_allclose(curve(right, "layer 1"), np.stack([[5, 6, 7], means / 10], 1))
    assert left.get_ylabel() == "gradient norm"
    assert "one: at the start the last layer's is 1e+02 times the first's" in figure.alt


def test_histograms_count_outputs_and_name_zeros():
    outputs = [np.array([[0, 0, 1.0, 3]]), np.array([[-2.0, -1, 1, 2]])]
    figure = figures.activation_histograms({"net": outputs}, layers=(1, 2), title="Outputs")
    first, second = figure.axes
    assert counts(first).sum() == 1  # the 3 is the rare, cut one
    assert "50% zero" in first.get_title()
    assert "layer 1" in first.get_title()
    assert "zero" not in second.get_title()
    assert first.get_xlim()[0] == 0
    assert second.get_xlim()[0] < -1.9
    assert "net: standard deviation 1 in layer 1, 2 in layer 2" in figure.alt


def test_histograms_with_limits_share_them():
    outputs = [np.linspace(-0.9, 0.9, 50), np.zeros(3)]
    figure = figures.activation_histograms(
        {"net": outputs}, layers=(1, 2), limits=(-1, 1), title="Outputs"
    )
    assert [axes.get_xlim() for axes in figure.axes] == [(-1, 1), (-1, 1)]
    assert counts(figure.axes[0]).sum() == 50


@pytest.fixture
def explorer():
    def signals(activation, scale, normalize):
        a, outputs = np.random.default_rng(0).normal(size=(40, 30)), []
        for layer in range(10):
            z = a @ (scale * np.random.default_rng(layer).normal(size=(30, 30)))
            a = activation(nn.batch_norm(z, np.ones(30), np.zeros(30)) if normalize else z)
            outputs.append(a)
        return outputs

    return figures.explore_initialization(signals, {"tanh": nn.tanh, "ReLU": nn.relu}, scale=0.05)


def heights(explorer):
    return [list(counts(axes)) for axes in explorer.picture.axes]


def test_scale_activation_and_normalisation_change_the_histograms(explorer):
    seen = [heights(explorer)]
    assert "Weights of standard deviation 0.05" in explorer.picture.alt
    for name, value in (("scale", 1.0), ("activation", "ReLU"), ("normalize", True)):
        explorer.controls[name].value = value
        assert heights(explorer) not in seen
        seen.append(heights(explorer))
    assert "49% zero" in explorer.picture.axes[0].get_title()


def test_magnitudes_share_one_axis():
    layers = [10.0**k * np.array([[0.5, 1.0], [2.0, 0.0]]) for k in (0, -3, -6, -9, -12)]
    figure = figures.activation_histograms(
        {"fades": layers}, layers=(1, 3, 5), limits=(-14, 2), magnitudes=True, title="Fading"
    )
    middles = []
    for axes in figure.axes:
        edges = axes.patches[0].get_data().edges
        assert counts(axes).sum() == 3  # the zero is counted in words
        middles.append(counts(axes) @ (edges[1:] + edges[:-1]) / 2 / 3)
    assert np.allclose(middles, [0, -6, -12], atol=0.5)
