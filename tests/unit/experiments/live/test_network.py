"""The sets in the page are those of course_lib.data."""

import numpy as np
import pytest

from course_lib.data import toys
from course_lib.experiments.live import network


@pytest.mark.parametrize("name", network.SETS)
@pytest.mark.parametrize("noise", [0.0, 0.05, 0.3])
def test_page_shows_the_library_s_samples_at_every_noise(name, noise):
    apart = network.noise_apart(name)
    shown = np.array(apart["x"]) + noise * np.array(apart["e"])
    x, y = network.samples(name, noise)
    clean, _ = network.samples(name, 0.0)
    low, high = clean.min(axis=0), clean.max(axis=0)
    wanted = (x - (low + high) / 2) * 3.4 / (high - low).max()
    np.testing.assert_allclose(shown, wanted, atol=2e-4)  # written with four decimals
    assert apart["y"] == y.tolist()


def test_sets_are_those_of_the_library_in_its_order():
    x, y = network.samples("moons", 0.2)
    data = toys.moons(200, noise=0.2, rng=0)
    np.testing.assert_array_equal(x[: len(data.y_train)], data.X_train.astype(float))
    np.testing.assert_array_equal(y[: len(data.y_train)], data.y_train)


@pytest.mark.parametrize("data", network.SETS)
def test_the_noise_shown_first_is_on_the_slider(data):
    samples = network.noise_apart(data)
    assert samples["noise"] in samples["noises"]
    assert np.abs(samples["x"]).max() <= 1.71


def test_the_run_that_is_shown_learns():
    shown = network.learning_network("circles").shown
    (before, wrong), (_, left) = shown["answers"]
    assert before.shape == (80, 80, 2)
    assert left < 10 < wrong
    assert len(shown["losses"]) >= network.STEPS
