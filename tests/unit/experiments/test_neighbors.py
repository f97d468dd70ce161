"""Nearest neighbors: the same as by measuring every distance."""

import numpy as np
import pytest

from course_lib.experiments.neighbors import nearest, vote


@pytest.mark.parametrize("k", [1, 3, 40])
def test_the_nearest_are_those_of_all_distances(k):
    rng = np.random.default_rng(0)
    x_train, x = rng.normal(size=(40, 5)), rng.normal(size=(1100, 5))  # more rows than one block
    distances = np.linalg.norm(x[:, np.newaxis] - x_train, axis=2)
    assert np.array_equal(nearest(x_train, x, k), distances.argsort(axis=1)[:, :k])


def test_a_vote_goes_to_the_commonest_label():
    assert vote(np.array([[3, 3, 1], [2, 0, 2], [4, 1, 4]]), 5).tolist() == [3, 2, 4]
    assert vote(np.array([[2, 1]]), 3).tolist() == [1]  # a draw
