"""The figures of lecture 07 show the paths that they are given, and walk again when asked."""

import numpy as np

from course_lib import optim
from course_lib.experiments.surfaces import SURFACES, VALLEY, descend
from course_lib.viz.lectures import optimizers as figures


def lines(axes, name):
    """The data of the line that the legend calls ``name``."""
    return next(line.get_xydata() for line in axes.lines if line.get_label() == name)


def test_landscape_draws_the_path_and_its_losses():
    path = descend(VALLEY, optim.SGD(0.05), 10)
    figure = figures.landscape(VALLEY, {"SGD": path, "still": path[:1]}, title="Down")
    left, right = figure.axes
    np.testing.assert_array_equal(lines(left, "SGD"), path)
    np.testing.assert_allclose(lines(right, "SGD")[:, 1], VALLEY.loss(*path.T))
    assert (left.get_xlabel(), left.get_ylabel()) == ("weight w1", "weight w2")
    assert (right.get_xlabel(), right.get_ylabel()) == ("step", "loss")
    assert "SGD goes in 10 steps from a loss of 24.5" in figure.alt
    shorter = figures.landscape(VALLEY, {"SGD": path[:4]}, title="Down")
    assert len(lines(shorter.axes[0], "SGD")) == 4


def test_landscapes_give_each_surface_a_panel():
    runs = {s: {"Adam": descend(s, optim.Adam(0.1), 5)} for s in SURFACES.values()}
    figure = figures.landscapes(runs, title="Three")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["valley, 5 steps", "saddle, 5 steps", "Rosenbrock, 5 steps"]
    for axes, (surface, paths) in zip(figure.axes, runs.items(), strict=True):
        np.testing.assert_array_equal(lines(axes, "Adam"), paths["Adam"])
        assert f"{surface.name}: Adam" in figure.alt


def test_gradient_noise_shows_both_and_says_them():
    figure = figures.gradient_noise([1, 4], [2.0, 1.1], [2.1, 1.05], title="Half")
    axes = figure.axes[0]
    assert lines(axes, "measured").tolist() == [[1, 2.0], [4, 1.1]]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_xlabel() == "mini-batch size m"
    assert "4 pictures: measured 1.10, predicted 1.05" in figure.alt


def test_a_path_that_runs_away_is_told():
    path = descend(VALLEY, optim.SGD(1.0), 500)
    assert "runs away" in figures.landscape(VALLEY, {"wild": path}, title="Away").alt


def test_planes_of_loss_draw_a_panel_each_and_say_how_much_lies_inside():
    grid = np.linspace(-1, 1, 5)
    wide = np.full((5, 5), 1.0)
    narrow = np.where(np.hypot(*np.meshgrid(grid, grid)) < 0.4, 0.5, 50.0)
    figure = figures.planes_of_loss({"wide": wide, "deep": narrow}, grid, 2.3, title="Two")
    assert [axes.get_title(loc="left") for axes in figure.axes[:2]] == ["wide", "deep"]
    assert "wide: 100.0% of the plane, deep: 4.0% of the plane." in figure.alt


def test_momentum_factors_mark_what_they_are_given():
    steps, shares = np.linspace(0.01, 4, 40), np.linspace(0, 0.9, 10)
    factors = np.abs(1 - steps) * np.ones((10, 1))
    marks = {"SGD": (np.array([0.1, 1.9]), 0.0)}
    figure = figures.momentum_factors(factors, steps, shares, marks, title="A plane")
    assert lines(figure.axes[0], "SGD").tolist() == [[0.1, 0], [1.9, 0]]
    assert "SGD: momentum 0.00, at 0.100 and 1.900." in figure.alt


def test_a_rule_has_the_same_color_in_every_figure():
    path = descend(VALLEY, optim.SGD(0.05), 10)
    alone = figures.landscapes({VALLEY: {"Adam": path}}, title="One").axes[0]
    among = figures.landscapes({VALLEY: {"SGD": path, "Adam": path}}, title="Two").axes[0]
    curves = {"Adam": (np.arange(11), path[:, 0]), "SGD": (np.arange(11), path[:, 1])}
    over_steps = figures.lines_of_rules(curves, xlabel="step", ylabel="loss", title="Two").axes[0]
    colors = [
        line.get_color()
        for axes in (alone, among, over_steps)
        for line in axes.lines
        if line.get_label() == "Adam"
    ]
    assert len(colors) == 3
    assert len(set(colors)) == 1
