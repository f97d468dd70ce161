"""The biased collection has the weather that was asked for; the templates are the nearest mean."""

import numpy as np
import pytest

from course_lib.experiments import tank as tanks


def test_a_mask_is_the_box_and_ends_at_the_edge():
    inside = tanks.mask((2, 1, 3, 4), (4, 9))
    assert np.argwhere(inside).tolist() == [[r, c] for r in (2, 3) for c in (1, 2, 3, 4)]
    assert tanks.mask((-1, -2, 2, 3), (4, 9)).sum() == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_tank_collection_has_the_weather_that_was_asked_for(share):
    x, tank, sunny = tanks.tank_collection(share, 1000, seed=1)
    assert x.shape == (1000, 1, 32, 32)
    assert tank.mean() == 0.5
    assert sunny[tank == 1].mean() == pytest.approx(share, abs=0.05)
    assert sunny[tank == 0].mean() == pytest.approx(1 - share, abs=0.05)
    assert x[sunny == 1].mean() > x.mean()


def test_templates_answer_with_the_nearest_mean():
    rng = np.random.default_rng(0)
    x, y = rng.random((60, 1, 3, 3)), np.arange(60) % 3
    W, b = tanks.templates(x, y, 3)
    means = np.stack([x[y == k].mean(axis=0) for k in range(3)])
    nearest = ((x[:, np.newaxis] - means) ** 2).sum(axis=(2, 3, 4)).argmin(axis=1)
    np.testing.assert_array_equal((x.reshape(60, -1) @ W + b).argmax(axis=1), nearest)


def test_what_is_learnt_is_the_weather():
    found = tanks.accuracies_after(1.0)
    assert found["same collection"] == 1
    assert found["every tank under clouds"] == 0
    assert found["weather at random"] == pytest.approx(0.5, abs=0.06)
