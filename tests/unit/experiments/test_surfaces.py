"""Surfaces know their slopes, paths are what the optimizers do."""

import numpy as np
import pytest
import torch

from course_lib import nn, optim
from course_lib.experiments.surfaces import (
    ROSENBROCK,
    RULES,
    SADDLE,
    SURFACES,
    VALLEY,
    descend,
    momentum_factor,
    newton,
    steps_until,
    valley,
)

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
    assert [VALLEY.is_gone(w) for w in path] == [False] * (len(path) - 1) + [True]


def test_momentum_needs_the_root_of_the_steps_of_gradient_descent():
    for steep in (25, 100):
        surface, root = valley(steep), steep**0.5
        plain = steps_until(surface, optim.SGD(2 / (1 + steep)))
        mu = ((root - 1) / (root + 1)) ** 2
        heavy = steps_until(surface, optim.SGD(4 / (1 + root) ** 2, momentum=mu))
        assert 0.2 < plain / heavy / root < 1
    assert steps_until(VALLEY, optim.SGD(0.2), most=50) == 50  # runs away


@pytest.mark.parametrize(("eta", "mu"), [(0.05, 0.0), (0.5, 0.36), (1.2, 0.9), (2.1, 0.1)])
def test_the_factor_of_momentum_is_what_a_long_walk_shows(eta, mu):
    path = descend(valley(1), optim.SGD(eta, momentum=mu), 350, start=(1.0, 0.0))
    size = np.abs(path[:, 0])  # it may swing: compare the largest of many steps
    late, early = size[300:350].max(), size[100:150].max()
    factor = momentum_factor(np.array([eta]), np.array([mu]))[0]
    assert (late / early) ** (1 / 200) == pytest.approx(factor, rel=0.01)


def test_in_the_band_the_factor_is_the_root_of_mu():
    inside = momentum_factor(np.array([0.16, 1.0, 2.56]), np.full(3, 0.36))
    assert inside == pytest.approx(0.6)
    assert momentum_factor(np.array([0.5, 1.9, 3]), np.zeros(3)) == pytest.approx([0.5, 0.9, 2])


def test_newton_needs_one_step_on_a_parabola_and_stops_on_a_saddle():
    assert newton(valley(100), 1)[1] == pytest.approx([0, 0], abs=1e-6)
    assert newton(ROSENBROCK, 6)[-1] == pytest.approx([1, 1])
    assert newton(SADDLE, 4)[-1] == pytest.approx([0, 0])
