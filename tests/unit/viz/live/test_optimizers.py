"""The race in the page is the race that course_lib.optim runs."""

import numpy as np
import pytest

from course_lib.experiments.live import optimizers
from tests.unit.viz.live.node import needs_node, run

RACE = """
    const { path, losses } = race(given.surface, given.rule, given);
    return { path, losses };
"""


@needs_node
@pytest.mark.parametrize("surface", optimizers.SURFACES)
def test_a_hundred_steps_of_every_rule_agree_to_a_millionth(surface):
    ground = optimizers.SURFACES[surface]
    races = run(
        "optimizers_core",
        "return given.rules.map(([rule, rate]) => race(given.surface, rule, { ...given, rate }));",
        surface=surface, rules=list(optimizers.BEST_RATES[surface].items()),
        start=ground.start, steps=100, momentum=0.9,
    )  # fmt: skip
    assert [racer["name"] for racer in races] == list(optimizers.RULES)
    for racer in races:
        path, losses = optimizers.race(surface, racer["name"])
        assert len(path) == 101
        np.testing.assert_allclose(racer["path"], path, rtol=0, atol=1e-6)
        np.testing.assert_allclose(racer["losses"], losses, rtol=1e-6, atol=1e-6)


@needs_node
def test_a_rule_that_runs_away_stops():
    ground = optimizers.SURFACES["valley"]
    racer = run(
        "optimizers_core", RACE, surface="valley", rule="SGD", rate=1.0, start=ground.start,
        steps=100, momentum=0.9,
    )  # fmt: skip
    path, _ = optimizers.race("valley", "SGD", rate=1.0)
    assert len(racer["path"]) == len(path) < 101
