"""t-SNE: affinities by their definition, the gradient by finite differences and by PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.experiments import t_sne as ts
from course_lib.nn import numerical_gradient, relative_error


def cloud(count, features=4, seed=0):
    return np.random.default_rng(seed).normal(size=(count, features))


def test_distances_are_those_of_the_definition():
    x = cloud(9)
    direct = ((x[:, np.newaxis] - x) ** 2).sum(axis=2)
    np.testing.assert_allclose(ts.squared_distances(x), direct, atol=1e-12)


def test_distances_are_never_negative_and_zero_to_oneself():
    x = np.full((5, 3), 1e4) + cloud(5, 3) * 1e-6  # where the short formula loses all digits
    distances = ts.squared_distances(x)
    assert distances.min() >= 0
    assert not np.diag(distances).any()


def test_neighbor_probabilities_by_hand():
    # distances 1 and 4: weights e^-1 and e^-4, so 1 / (1 + e^-3) = 0.9526
    distances = np.array([[0, 1, 4], [1, 0, 1], [4, 1, 0]], float)
    p = ts.neighbor_probabilities(distances, np.ones(3))
    np.testing.assert_allclose(p[0], [0, 0.952574, 0.047426], atol=1e-6)
    np.testing.assert_allclose(p[1], [0.5, 0, 0.5])


def test_far_points_keep_a_neighbor():
    p = ts.neighbor_probabilities(np.array([[0, 1e6], [1e6, 0]]), np.ones(2))
    np.testing.assert_array_equal(p, [[0, 1], [1, 0]])


def test_perplexity_counts_equally_likely_neighbors():
    rows = np.array([[0.5, 0.5, 0, 0], [0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0]])
    np.testing.assert_allclose(ts.perplexities(rows), [2, 4, 1])


@given(st.integers(8, 40), st.floats(0.1, 0.85), st.floats(1e-3, 1e3))
@settings(max_examples=30, deadline=None)
def test_each_row_stands_for_the_wanted_number_of_neighbors(count, share, scale):
    distances = ts.squared_distances(cloud(count) * scale)
    perplexity = 1 + share * (count - 2)
    P = ts.affinities(distances, perplexity)
    assert np.array_equal(P, P.T)
    assert P.sum() == pytest.approx(1)
    assert not np.diag(P).any()
    # the conditional rows, found again by a search of another kind: a fine grid of widths
    for i in range(3):
        d = np.delete(distances[i], i)
        betas = np.geomspace(1e-6, 1e6, 4001) / d.mean()
        weights = np.exp(-betas[:, np.newaxis] * (d - d.min()))
        rows = weights / weights.sum(axis=1, keepdims=True)
        best = rows[np.abs(ts.perplexities(rows) - perplexity).argmin()]
        assert ts.perplexities(best[np.newaxis])[0] == pytest.approx(perplexity, rel=0.02)
        ours = ts.neighbor_probabilities(distances, _betas(distances, perplexity))[i]
        np.testing.assert_allclose(np.delete(ours, i), best, atol=0.01)
        assert ts.perplexities(ours[np.newaxis])[0] == pytest.approx(perplexity, abs=1e-4)


def _betas(distances, perplexity):
    """The widths inside ``affinities``, from P: by asking for them one point at a time."""
    from unittest import mock

    with mock.patch.object(ts, "neighbor_probabilities", wraps=ts.neighbor_probabilities) as spy:
        ts.affinities(distances, perplexity)
    return spy.call_args.args[1]


def test_doubled_points_share_alike():
    x = np.repeat(cloud(4), 3, axis=0)  # everyone has two others at distance 0
    P = ts.affinities(ts.squared_distances(x), 1.5)
    assert np.isfinite(P).all()
    assert P[0, 1] == pytest.approx(P[0, 2])


@pytest.mark.parametrize("perplexity", [1, 9, 30, -2])
def test_a_perplexity_that_cannot_be_is_refused(perplexity):
    with pytest.raises(ValueError, match=r"perplexity is .* wanted more than 1 and less than 9"):
        ts.affinities(ts.squared_distances(cloud(10)), perplexity)


def test_the_gradient_is_that_of_finite_differences_and_of_pytorch():
    P = ts.affinities(ts.squared_distances(cloud(12)), 4)
    y = cloud(12, 2, seed=1)
    ours = ts.gradient(P, y)
    assert relative_error(ours, numerical_gradient(lambda y: ts.divergence(P, y), y)) < 1e-7

    points = torch.tensor(y, requires_grad=True)
    others = ~torch.eye(12, dtype=torch.bool)
    w = 1 / (1 + ((points[:, None] - points) ** 2).sum(-1))
    q, p = w[others] / w[others].sum(), torch.tensor(P)[others]
    loss = torch.nn.functional.kl_div(q.log(), p, reduction="sum")
    loss.backward()
    assert ts.divergence(P, y) == pytest.approx(loss.item())
    np.testing.assert_allclose(ours, points.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_forces_cancel():
    P = ts.affinities(ts.squared_distances(cloud(12)), 4)
    np.testing.assert_allclose(ts.gradient(P, cloud(12, 2)).sum(axis=0), 0, atol=1e-12)


def test_a_step_is_one_of_gradient_descent_with_momentum():
    P = ts.affinities(ts.squared_distances(cloud(20)), 5)
    start = cloud(20, 2, seed=1) * 1e-2
    y, velocity, path = start.copy(), 0, list(ts.descend(P, start, 8))
    for step, seen in enumerate(path):
        velocity = ts.MOMENTUM * velocity + ts.gradient((4 if step < 2 else 1) * P, y)
        y = y - 5 * velocity  # 20 points: rate 20 / 4
        np.testing.assert_allclose(seen, y, rtol=1e-9)
    assert len(path) == 8
    np.testing.assert_array_equal(start, cloud(20, 2, seed=1) * 1e-2)  # the caller's stays


def test_groups_stay_groups():
    centers = 20 * np.eye(3, 10)
    x = np.repeat(centers, 15, axis=0) + cloud(45, 10)
    y = ts.t_sne(x, 10)
    labels = np.repeat(np.arange(3), 15)
    distances = ts.squared_distances(y) + np.diag(np.full(45, np.inf))
    assert (labels[distances.argsort(axis=1)[:, :5]] == labels[:, np.newaxis]).all()
    np.testing.assert_array_equal(y, ts.t_sne(x, 10))  # the same seed, the same map
    assert not np.allclose(y, ts.t_sne(x, 10, rng=1))


def test_the_loss_falls():
    P = ts.affinities(ts.squared_distances(cloud(60)), 10)
    start = cloud(60, 2) * 1e-4
    *_, end = ts.descend(P, start, 300)
    assert ts.divergence(P, end) < 0.7 * ts.divergence(P, start)
