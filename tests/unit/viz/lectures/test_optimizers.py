"""Surfaces know their slopes, paths are what the optimizers do, figures show those paths."""

import numpy as np
import pytest
import torch

from course_lib import nn, optim
from course_lib.viz.lectures import optimizers as surfaces
from course_lib.viz.lectures.optimizers import ROSENBROCK, RULES, SADDLE, SURFACES, VALLEY, descend

TORCH = {
    "SGD": torch.optim.SGD,
    "momentum": lambda w, lr: torch.optim.SGD(w, lr, momentum=0.9),
    "Nesterov": lambda w, lr: torch.optim.SGD(w, lr, momentum=0.9, nesterov=True),
    "Adagrad": torch.optim.Adagrad,
    "RMSprop": lambda w, lr: torch.optim.RMSprop(w, lr, alpha=0.9),
    "Adadelta": torch.optim.Adadelta,
    "Adam": torch.optim.Adam,
    "AdamW": torch.optim.AdamW,
}


def lines(axes, name):
    """The data of the line that the legend calls ``name``."""
    return next(line.get_xydata() for line in axes.lines if line.get_label() == name)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_the_gradient_is_the_slope_of_the_loss(surface):
    for w in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        numeric = nn.numerical_gradient(lambda w: surface.loss(*w), w)
        assert nn.relative_error(np.array(surface.gradient(*w)), numeric) < 1e-6


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_lowest_points_are_minima(surface):
    around = np.random.default_rng(0).normal(0, 1e-2, (50, 2))
    for low in surface.lowest:
        np.testing.assert_array_equal(surface.gradient(*low), [0, 0])
        assert (surface.loss(*(low + around).T) > surface.loss(*low)).all()


@pytest.mark.parametrize("rule", RULES)
def test_paths_equal_those_of_torch(rule):
    ours = descend(ROSENBROCK, RULES[rule](1e-4), 50)
    w = torch.tensor(ROSENBROCK.start, dtype=torch.float64, requires_grad=True)
    oracle = TORCH[rule]([w], 1e-4)
    for point in ours[1:]:
        oracle.zero_grad()
        ROSENBROCK.loss(*w).backward()
        oracle.step()
        np.testing.assert_allclose(point, w.detach().numpy(), rtol=1e-9)
    assert len(ours) == 51


def test_a_path_may_start_elsewhere_and_stays_on_the_ridge_without_noise():
    path = descend(SADDLE, optim.SGD(0.1), 100, start=(-1.0, 0.0))
    assert path[0].tolist() == [-1, 0]
    assert (path[:, 1] == 0).all()
    noisy = descend(SADDLE, optim.SGD(0.1), 100, start=(-1.0, 0.0), noise=0.1, rng=3)
    assert abs(noisy[-1, 1]) > 0.5
    again = descend(SADDLE, optim.SGD(0.1), 100, start=(-1.0, 0.0), noise=0.1, rng=3)
    np.testing.assert_array_equal(noisy, again)


def test_a_path_that_runs_away_ends_early():
    path = descend(VALLEY, optim.SGD(1.0), 500)
    assert len(path) < 20
    assert np.isfinite(path).all()
    figure = surfaces.landscape(VALLEY, {"wild": path}, title="Away")
    assert "runs away" in figure.alt


def test_landscape_draws_the_path_and_its_losses():
    path = descend(VALLEY, optim.SGD(0.05), 10)
    figure = surfaces.landscape(VALLEY, {"SGD": path, "still": path[:1]}, title="Down")
    left, right = figure.axes
    np.testing.assert_array_equal(lines(left, "SGD"), path)
    np.testing.assert_allclose(lines(right, "SGD")[:, 1], VALLEY.loss(*path.T))
    assert (left.get_xlabel(), left.get_ylabel()) == ("weight w1", "weight w2")
    assert (right.get_xlabel(), right.get_ylabel()) == ("step", "loss")
    assert "SGD goes in 10 steps from a loss of 24.5" in figure.alt
    shorter = surfaces.landscape(VALLEY, {"SGD": path[:4]}, title="Down")
    assert len(lines(shorter.axes[0], "SGD")) == 4


def test_landscapes_give_each_surface_a_panel():
    runs = {s: {"Adam": descend(s, optim.Adam(0.1), 5)} for s in SURFACES.values()}
    figure = surfaces.landscapes(runs, title="Three")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["valley, 5 steps", "saddle, 5 steps", "Rosenbrock, 5 steps"]
    for axes, (surface, paths) in zip(figure.axes, runs.items(), strict=True):
        np.testing.assert_array_equal(lines(axes, "Adam"), paths["Adam"])
        assert f"{surface.name}: Adam" in figure.alt


def test_gradient_noise_shows_both_and_says_them():
    figure = surfaces.gradient_noise([1, 4], [2.0, 1.1], [2.1, 1.05], title="Half")
    axes = figure.axes[0]
    assert lines(axes, "measured").tolist() == [[1, 2.0], [4, 1.1]]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_xlabel() == "mini-batch size m"
    assert "4 pictures: measured 1.10, predicted 1.05" in figure.alt


def test_every_control_changes_the_path():
    explorer = surfaces.play_descent(step=5)
    seen = [lines(explorer.picture.axes[0], "SGD")]
    for control, value in (("step", 8), ("rate", 0.01), ("surface", "saddle"), ("rule", "Adam")):
        explorer.controls[control].value = value
        path = lines(explorer.picture.axes[0], explorer.controls["rule"].value)
        assert not np.array_equal(path, seen[-1])
        seen.append(path)
    np.testing.assert_array_equal(seen[-1], descend(SADDLE, optim.Adam(0.01), 8))
    assert "Adam with rate 0.01, 8 steps" in explorer.picture.alt


def test_a_rate_that_is_too_large_is_told():
    explorer = surfaces.play_descent(rate=1.0, step=100)
    assert "gone after" in explorer.picture.alt
