"""The figures of lecture 08 show the signals and gradients they are given, layer by layer."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.viz.lectures import deep_networks as depth


def curve(axes, name):
    (line,) = [line for line in axes.lines if line.get_label() == name]
    return line.get_xydata()


def test_running_mean():
    np.testing.assert_allclose(depth.running_mean(np.array([1.0, 3, 5, 7]), 2), [2, 4, 6])


def test_noisy_curves_draw_the_noise_and_its_mean():
    runs = {"low": ([1, 2, 3], [1.0, 3, 2]), "high": ([1, 2, 3], [5.0, 5, 9])}
    figure = depth.noisy_curves(runs, smooth=2, ylabel="loss", title="Two")
    axes = figure.axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), np.transpose(runs["low"]))
    np.testing.assert_allclose(curve(axes, "low"), [[2, 2], [3, 2.5]])
    np.testing.assert_allclose(curve(axes, "high"), [[2, 5], [3, 7]])
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("iteration", "loss")
    assert figure.alt == "Two. loss over iteration; at the end, from high to low: high, low."


def test_curves_that_are_not_smoothed_are_drawn_once():
    runs = {"a": ([1, 2], [0.5, 0.75])}
    figure = depth.noisy_curves(runs, ylabel="accuracy", title="One", percent=True)
    axes = figure.axes[0]
    assert len(axes.lines) == 1
    np.testing.assert_allclose(curve(axes, "a"), [[1, 0.5], [2, 0.75]])
    assert axes.yaxis.get_major_formatter()(0.5).startswith("50")


def test_per_layer_counts_layers_from_one_on_a_logarithmic_axis():
    figure = depth.per_layer({"a": [1e-3, 1.0], "b": [2.0, 2.0]}, ylabel="norm", title="Grows")
    axes = figure.axes[0]
    np.testing.assert_array_equal(curve(axes, "a"), [[1, 1e-3], [2, 1]])
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_yscale()) == ("layer", "norm", "log")
    assert "a from 0.001 to 1; b from 2 to 2" in figure.alt


def test_gradient_history_has_a_panel_per_run_and_a_line_per_layer():
    first = np.array([[1.0, 100], [3, 300], [5, 500]])
    figure = depth.gradient_history({"one": first, "two": first / 10}, smooth=2, title="Norms")
    left, right = figure.axes
    np.testing.assert_allclose(curve(left, "layer 2"), [[2, 200], [3, 400]])
    np.testing.assert_allclose(curve(right, "layer 1"), [[2, 0.2], [3, 0.4]])
    assert left.get_ylabel() == "gradient norm"
    assert "one: at the start the last layer's is 1e+02 times the first's" in figure.alt


def test_histograms_count_outputs_and_name_zeros():
    outputs = [np.array([[0, 0, 1.0, 3]]), np.array([[-2.0, -1, 1, 2]])]
    figure = depth.activation_histograms({"net": outputs}, layers=(1, 2), title="Outputs")
    first, second = figure.axes
    assert sum(bar.get_height() for bar in first.patches) == 1  # the 3 is the rare, cut one
    assert "50% zero" in first.get_title()
    assert "layer 1" in first.get_title()
    assert "zero" not in second.get_title()
    assert first.get_xlim()[0] == 0
    assert second.get_xlim()[0] < -1.9
    assert "net: standard deviation 1 in layer 1, 2 in layer 2" in figure.alt


def test_histograms_with_limits_share_them():
    outputs = [np.linspace(-0.9, 0.9, 50), np.zeros(3)]
    figure = depth.activation_histograms(
        {"net": outputs}, layers=(1, 2), limits=(-1, 1), title="Outputs"
    )
    assert [axes.get_xlim() for axes in figure.axes] == [(-1, 1), (-1, 1)]
    assert sum(bar.get_height() for bar in figure.axes[0].patches) == 50


@pytest.fixture
def explorer():
    def signals(activation, scale, normalise):
        a, outputs = np.random.default_rng(0).normal(size=(40, 30)), []
        for layer in range(10):
            z = a @ (scale * np.random.default_rng(layer).normal(size=(30, 30)))
            a = activation(nn.batch_norm(z, np.ones(30), np.zeros(30)) if normalise else z)
            outputs.append(a)
        return outputs

    return depth.explore_initialization(signals, {"tanh": nn.tanh, "ReLU": nn.relu}, scale=0.05)


def heights(explorer):
    return [[bar.get_height() for bar in axes.patches] for axes in explorer.picture.axes]


def test_scale_activation_and_normalisation_change_the_histograms(explorer):
    seen = [heights(explorer)]
    assert "Weights of standard deviation 0.05" in explorer.picture.alt
    for name, value in (("scale", 1.0), ("activation", "ReLU"), ("normalise", True)):
        explorer.controls[name].value = value
        assert heights(explorer) not in seen
        seen.append(heights(explorer))
    assert "49% zero" in explorer.picture.axes[0].get_title()
