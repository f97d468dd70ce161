"""A plane through the weights of a network shows its loss, and leaves the network as it was."""

import numpy as np
import pytest

from course_lib import nn
from course_lib.experiments.landscape import (
    deep_network,
    loss_on_plane,
    plane_of_loss,
    random_direction,
)


def test_a_network_has_as_many_hidden_layers_as_asked_for():
    shapes = [w.shape for name, w in deep_network(3, width=5).params.items() if name.endswith("W")]
    assert shapes == [(784, 5), (5, 5), (5, 5), (5, 10)]


def test_a_direction_is_as_long_as_each_units_weights_and_leaves_biases():
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(4, 3)) * [1, 10, 100], np.ones(3)
    dW, db = random_direction([W, b], rng)
    np.testing.assert_allclose((dW**2).sum(axis=0), (W**2).sum(axis=0))
    assert not np.allclose(dW, W)
    assert not db.any()


def test_a_plane_of_a_parabola_has_the_losses_of_the_formula():
    w = np.array([3.0, -1.0])
    u, v = np.array([1.0, 0.0]), np.array([0.0, 2.0])
    plane = loss_on_plane([w], lambda: float((w**2).sum()), ([u], [v]), [-1.0, 0.0, 1.0])
    wanted = [[(3 + a) ** 2 + (-1 + 2 * b) ** 2 for a in (-1, 0, 1)] for b in (-1, 0, 1)]
    assert plane == pytest.approx(np.array(wanted))
    assert w.tolist() == [3, -1]


def test_rescaled_units_do_not_change_the_plane():
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(6, 784)), rng.integers(0, 10, 6)
    network = deep_network(1, width=5)
    before = plane_of_loss(network, x, labels, [-1, 0, 1])
    assert before[1, 1] == pytest.approx(nn.cross_entropy(network(x), labels))
    W1, _, W2, _ = network.params.values()
    W1 *= 8
    W2 /= 8
    assert plane_of_loss(network, x, labels, [-1, 0, 1]) == pytest.approx(before, rel=1e-4)
