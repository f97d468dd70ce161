"""The photocells see the middle of a digit; the wires are as many as the docstring says."""

import numpy as np
import pytest

from course_lib.experiments import mark_one


def test_photocells_see_ink_in_the_middle_and_nothing_outside():
    x = np.zeros((2, 1, 28, 28))
    x[0, 0, 4, 4] = x[0, 0, 23, 23] = 0.6
    x[0, 0, 10, 10] = 0.4  # too pale
    x[1, 0, 3, 10] = x[1, 0, 10, 24] = 1.0  # outside
    seen = mark_one.photocells(x)
    assert np.flatnonzero(seen[0]).tolist() == [0, 399]
    assert seen[1].sum() == 0
    with pytest.raises(ValueError, match=r"photocells: x has shape \(2, 784\)"):
        mark_one.photocells(np.zeros((2, 784)))


def test_each_unit_has_five_wires_of_each_kind_and_units_differ():
    wires = mark_one.random_wiring(64, rng=1)
    assert wires.shape == (400, 64)
    assert np.all((wires == 1).sum(axis=0) == 5)
    assert np.all((wires == -1).sum(axis=0) == 5)
    assert len({tuple(column) for column in wires.T}) == 64
    assert np.array_equal(wires, mark_one.random_wiring(64, rng=1))
    assert not np.array_equal(wires, mark_one.random_wiring(64, rng=2))
    with pytest.raises(ValueError, match="units is 0"):
        mark_one.random_wiring(0)
