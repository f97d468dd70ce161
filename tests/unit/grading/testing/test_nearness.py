"""What is near is wrong by a slip; what comes for nothing never is."""

import numpy as np
import pytest

from course_lib.grading.testing.nearness import Attempt, follow, numbers_in

X = np.random.default_rng(0).normal(size=(4, 3))


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (X / 2, X),
        (-X, X),
        (X.T, X),
        (X + 0.1, X),
        (X.astype(np.float32) * 3, X),
        ((X, 2 * X), (X, X)),
        ([0.5, 1.0], [1, 2]),
        (0.5, 1.4),
        (-1.4, 1.4),
    ],
)
def test_a_factor_a_sign_an_axis_and_a_small_difference_are_near(got, wanted):
    assert Attempt(got, wanted).near


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (np.zeros((4, 3)), X),
        (np.ones(3), [1.0, 1.1, 0.9]),
        (X[:3], X),
        (X[::-1], X),
        (X * [1, np.nan, 1], X),
        (None, X),
        ("x", 1.0),
        (X, (X, X)),
        ((X,), (X, X)),
        ((X, None), (X, X)),
        ((4, 2), (4, 3)),
        (1.0, 5.0),
        (0.0, 1.0),
        (1.0, 0.0),
        (X + 1j, X),
    ],
)
def test_other_shapes_constants_and_other_numbers_are_not_near(got, wanted):
    assert not Attempt(got, wanted).near


def test_an_argument_that_comes_back_is_not_near():
    inputs = numbers_in(({"W": [X]}, [1.0, 2.0], "text", 3))
    assert not Attempt(X, 1.1 * X, inputs).near
    assert not Attempt(np.array([1.0, 2.0]), np.array([1.0, 2.1]), inputs).near
    assert not Attempt(3, 4, inputs).near
    assert Attempt(1.2 * X, 1.1 * X, inputs).near


def test_a_step_from_an_argument_has_to_be_near_as_well():
    signs = np.where(np.arange(12).reshape(4, 3) % 2, 1.0, -1.0)
    assert Attempt(X - 0.1 * signs, X + 0.2 * signs, [X]).near
    assert not Attempt(X + 0.1, X + 0.1 * signs, [X]).near


def test_a_slip_follows_what_was_wanted():
    assert follow([Attempt(-X, X)])
    assert follow([Attempt(X.T / 2, X), Attempt((X + 1) ** 2, X**2 + 1)])
    assert follow([Attempt(wanted / 2, wanted) for wanted in (0.4, 3.0, 1.0)])
    assert follow([Attempt(0.4, 0.8), Attempt(0.3, 0.6)])
    assert follow([Attempt(np.array([1.0, 3.0]), np.array([1.0, 2.0]))])
    assert follow([Attempt((X / 2, value), (X, 2 * value)) for value in (1.0, 2.0, 5.0)])


def test_chance_does_not():
    rng = np.random.default_rng(1)
    drawn = [Attempt(rng.random((3, 4)), rng.random((3, 4))) for _ in range(3)]
    assert all(attempt.near for attempt in drawn)
    assert not follow(drawn)
    assert not follow([Attempt(rng.random() + 1, rng.random() + 1) for _ in range(6)])


def test_one_number_by_heart_and_too_few_to_tell_do_not():
    assert not follow([Attempt(0.5, 0.4), Attempt(0.5, 0.6), Attempt(0.5, 0.7)])
    assert not follow([Attempt(0.4, 0.8)])
    assert not follow([Attempt(0.4, 0.8), Attempt(0.3, 0.9)])
    assert not follow([Attempt(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))])
    assert not follow([Attempt(np.ones(9), np.arange(9))])
