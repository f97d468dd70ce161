import numpy as np
import pytest

from course_lib import nn, optim, training
from course_lib.data import Dataset
from course_lib.experiments.feedback import RULES, angle, train_with_feedback


def digits(count=1200):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, count)
    x = (rng.random((10, 784))[y] + 0.3 * rng.random((count, 784))).astype(np.float32)
    return Dataset(x[:1000], y[:1000], x[1000:], y[1000:], x[:0], y[:0])


def test_backpropagation_is_the_library_s():
    data = digits()
    right, angles = train_with_feedback(data, RULES[0], hidden=20, epochs=1, rng=0)
    rng = np.random.default_rng(0)
    first, last = nn.Linear(784, 20, rng=rng), nn.Linear(20, 10, rng=rng)
    rng.normal(size=(10, 20))
    model = nn.Sequential(first, nn.ReLU(), last)
    optimizer, loss = optim.SGD(0.1), nn.CrossEntropyLoss()
    from course_lib.data import batches

    for x, y in batches(data.X_train, data.y_train, 100, rng):
        training.train_step(model, x, y, loss, optimizer)
    assert right == np.mean(model(data.X_val).argmax(axis=1) == data.y_val)
    np.testing.assert_allclose(angles, 0, atol=0.1)


def test_random_feedback_begins_at_a_right_angle():
    _, angles = train_with_feedback(digits(), RULES[1], hidden=100, epochs=1, rng=0)
    assert angles[0] == pytest.approx(90, abs=15)


def test_angles_by_hand():
    assert angle(np.array([1.0, 0]), np.array([1.0, 1])) == pytest.approx(45)
    assert angle(np.ones((2, 2)), -np.ones((2, 2))) == pytest.approx(180)


def test_an_unknown_rule_is_named():
    with pytest.raises(ValueError, match="rule is 'Hebb', wanted 'backpropagation'"):
        train_with_feedback(digits(), "Hebb")
