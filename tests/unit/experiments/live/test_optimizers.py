"""The surfaces are what they say, and the rates shown first are the best."""

import numpy as np
import pytest

from course_lib.experiments.live import optimizers
from course_lib.nn import numerical_gradient


@pytest.mark.parametrize("surface", optimizers.SURFACES)
def test_gradients_and_minima(surface):
    ground = optimizers.SURFACES[surface]
    rng = np.random.default_rng(0)
    for w in rng.uniform(-1.5, 1.5, (5, 2)):
        numerical = numerical_gradient(lambda v: float(ground.loss(*v)), w.copy())
        np.testing.assert_allclose(ground.gradient(*w), numerical, rtol=1e-5, atol=1e-6)
    around = np.stack(np.meshgrid(*(np.linspace(*limits, 101) for limits in ground.limits)))
    for low in ground.lowest:
        assert ground.loss(*low) == pytest.approx(0, abs=1e-12)
    assert ground.loss(*around).min() >= -1e-12


@pytest.mark.slow
@pytest.mark.parametrize("surface", optimizers.SURFACES)
def test_rates_shown_first_are_the_best(surface):
    found = {rule: optimizers.best_rate(surface, rule) for rule in optimizers.RULES}
    assert found == optimizers.BEST_RATES[surface]


def test_momentum_wins_in_the_valley_and_turning_it_hurts_rules_of_single_weights():
    last = {
        (surface, rule): optimizers.race(surface, rule)[1][-1]
        for surface in ("valley", "turned valley")
        for rule in optimizers.RULES
    }
    assert last["valley", "momentum"] < last["valley", "SGD"] / 100
    assert last["turned valley", "Adagrad"] > 1e6 * last["valley", "Adagrad"]
    assert last["turned valley", "SGD"] == pytest.approx(last["valley", "SGD"], rel=0.1)
