"""The page's value iteration and Q-learning are the library's."""

import numpy as np
import pytest

from course_lib.experiments.grid_world import GridWorld, move_values, q_learning, value_iteration
from course_lib.experiments.live.grid_world import ROWS, START, learning_in_a_grid
from course_lib.viz import live
from tests.unit.viz.live.node import needs_node, run


@needs_node
@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_values_agree_sweep_by_sweep(slip):
    world = GridWorld(ROWS, slip=slip, step_reward=-0.04)
    P, R = world.model()
    ours = value_iteration(P, R, 0.95, 12)
    page = run(
        "grid_world_core",
        "const found = [given.V]; for (let i = 0; i < 12; i++)"
        "  found.push(sweep(given.world, found.at(-1), 0.95));"
        "return { found, Q: moveValues(given.world, found.at(-1), 0.95) };",
        world={"rows": ROWS, "slip": slip, "stepReward": -0.04}, V=[0] * len(R),
    )  # fmt: skip
    np.testing.assert_allclose(page["found"], ours, rtol=0, atol=1e-12)
    np.testing.assert_allclose(page["Q"], move_values(P, R, ours[-1], 0.95), rtol=0, atol=1e-12)


@needs_node
@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_q_learning_agrees_for_the_same_random_numbers(slip):
    world = GridWorld(ROWS, slip=slip)
    ours, lengths, _ = q_learning(world, 20, start=START, rng=0)
    page = run(
        "grid_world_core",
        """
        const { world, luck, start, Q, rates } = given;
        const lengths = [];
        for (let next = 0, episode = 0; episode < 20; episode++) {
          let state = start, moves = 0, ended = false;
          while (!ended && moves < 200) {
            const done = learnOneMove(world, Q, state, rates, () => luck[next++]);
            state = done.there; ended = done.ended; moves += 1;
          }
          lengths.push(moves);
        }
        return { Q, lengths };
        """,
        world={"rows": ROWS, "slip": slip, "stepReward": 0}, start=START,
        luck=np.random.default_rng(0).random(20_000).tolist(), Q=[[0] * 4] * len(ours),
        rates={"explore": 0.1, "rate": 0.5, "gamma": 0.9},
    )  # fmt: skip
    assert page["lengths"] == lengths
    np.testing.assert_allclose(page["Q"], ours, rtol=0, atol=1e-12)


def test_the_picture_tells_what_was_found():
    figure = live.learning_in_a_grid(learning_in_a_grid())
    page = figure.html()
    assert "function grid_world(" in page
    assert "0.90" in figure.picture.alt
    texts = [text.get_text() for text in figure.picture.axes[0].texts]
    assert "0.90\n↓" in texts or "0.90\n↑" in texts
    assert texts.count("+1") == 1
