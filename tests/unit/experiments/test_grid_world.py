"""Values against published ones, Q-learning against value iteration."""

import numpy as np
import pytest

from course_lib.experiments.grid_world import (
    MAP,
    GridWorld,
    choose,
    move_values,
    q_learning,
    q_update,
    value_iteration,
)


def test_values_are_those_of_russell_and_norvig():
    # figure 17.3; there a square's reward is received in it, here on entering the next one
    world = GridWorld(MAP, slip=0.1, step_reward=-0.04)
    V = value_iteration(*world.model(), 1.0, 200)[-1]
    published = [0.812, 0.868, 0.918, 0, 0.762, 0, 0.660, 0, 0.705, 0.655, 0.611, 0.388]
    free = [kind == "." for kind in world.kinds]
    np.testing.assert_allclose(V[free] - 0.04, np.array(published)[free], rtol=0, atol=6e-4)


def test_a_fixed_policy_is_a_linear_system():
    world = GridWorld(MAP, slip=0.2, step_reward=-0.1)
    P, R = world.model()
    V = value_iteration(P, R, 0.9, 300)[-1]
    best = move_values(P, R, V, 0.9).argmax(axis=1)
    states = np.arange(len(R))
    solved = np.linalg.solve(np.eye(len(R)) - 0.9 * P[best, states], R[states, best])
    np.testing.assert_allclose(V, solved, atol=1e-9)


def test_chances_add_up_to_one_where_one_can_be():
    world = GridWorld(MAP, slip=0.1)
    P, _ = world.model()
    free = np.array([kind == "." for kind in world.kinds])
    np.testing.assert_allclose(P.sum(axis=2)[:, free], 1)
    assert np.all(P[:, ~free] == 0)


def test_the_news_travels_one_square_a_sweep():
    P, R = GridWorld(("...G",)).model()
    values = value_iteration(P, R, 0.9, 3)
    np.testing.assert_allclose(values[:, :3], [[0, 0, 0], [0, 0, 1], [0, 0.9, 1], [0.81, 0.9, 1]])


def test_steps_slip_as_often_as_the_model_says():
    world = GridWorld(MAP, slip=0.2, step_reward=-0.5)
    luck = (np.arange(1000) + 0.5) / 1000
    P, R = world.model()
    for state, move in ((8, 0), (2, 1), (6, 3)):
        found = [world.step(state, move, number) for number in luck]
        counts = np.bincount([there for there, _, _ in found], minlength=12) / 1000
        np.testing.assert_allclose(counts, P[move, state])
        assert np.mean([reward for _, reward, _ in found]) == pytest.approx(R[state, move])
        assert all(ended == (there in (3, 7)) for there, _, ended in found)


def test_q_update_by_hand_and_at_the_end():
    Q = np.array([[0.0, 0.0], [2.0, -1.0]])
    q_update(Q, 0, 1, 1.0, 1, False, rate=0.5, gamma=0.9)
    assert Q[0, 1] == pytest.approx(1.4)
    q_update(Q, 0, 0, 1.0, 1, True, rate=0.5, gamma=0.9)
    assert Q[0, 0] == pytest.approx(0.5)


@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_q_learning_finds_what_value_iteration_knows(slip):
    world = GridWorld(MAP, slip=slip)
    P, R = world.model()
    wanted = move_values(P, R, value_iteration(P, R, 0.9, 100)[-1], 0.9)
    rate = 0.5 if slip == 0 else 0.02
    Q, lengths, rewards = q_learning(world, 3000, start=8, explore=1.0, rate=rate, rng=0)
    np.testing.assert_allclose(Q, wanted, atol=1e-6 if slip == 0 else 0.15)
    assert len(lengths) == len(rewards) == 3000
    assert set(rewards) <= {1.0, -1.0, 0.0}


def test_choices_are_greedy_random_and_break_ties():
    values = np.array([1.0, 3.0, 3.0, 0.0])
    assert [choose(values, 0.1, 0.5, pick) for pick in (0.0, 0.49, 0.5, 0.99)] == [1, 1, 2, 2]
    assert [choose(values, 0.1, 0.05, pick) for pick in (0.0, 0.3, 0.6, 0.99)] == [0, 1, 2, 3]


def test_a_negative_share_is_named():
    with pytest.raises(ValueError, match="explore is -1"):
        q_learning(GridWorld(), 1, start=8, explore=-1)
