import numpy as np
import pytest

from course_lib import nn

X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def test_worked_example():
    """1 + 3 x1 - 2 x2 at (-1, 2) is -6: no. On the line itself: no."""
    w = np.array([3.0, -2.0])
    assert nn.perceptron(np.array([[-1.0, 2], [1, 1], [1, 2]]), w, 1.0).tolist() == [0, 1, 0]


def test_update_moves_towards_the_wanted_side_and_only_after_a_mistake():
    w, b = np.zeros(2), 0.0
    x = np.array([2.0, -1.0])
    new_w, new_b = nn.perceptron_update(x, 1, w, b, eta=0.5)
    assert (new_w.tolist(), new_b) == ([1, -0.5], 0.5)
    same_w, same_b = nn.perceptron_update(x, 1, new_w, new_b)
    assert (same_w.tolist(), same_b) == ([1, -0.5], 0.5)
    back_w, back_b = nn.perceptron_update(x, 0, new_w, new_b, eta=0.5)
    assert (back_w.tolist(), back_b) == ([0, 0], 0)
    assert w.tolist() == [0, 0]


@pytest.mark.parametrize("y", [[0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0]])
@pytest.mark.parametrize("rng", [None, 0, 7])
def test_learns_what_a_line_separates(y, rng):
    model = nn.Perceptron(2)
    mistakes = model.fit(X, np.array(y), rng=rng)
    assert mistakes[-1] == 0
    assert model.predict(X).tolist() == y


def test_never_learns_xor():
    mistakes = nn.Perceptron(2).fit(X, np.array([0, 1, 1, 0]), epochs=200, rng=0)
    assert len(mistakes) == 200
    assert min(mistakes) > 0


def test_two_layers_of_perceptrons_compute_xor():
    hidden = np.stack([nn.perceptron(X, np.ones(2), -0.5), nn.perceptron(X, -np.ones(2), 1.5)], 1)
    assert nn.perceptron(hidden.astype(float), np.ones(2), -1.5).tolist() == [0, 1, 1, 0]


def test_no_gradient_gets_through_a_step():
    model = nn.Perceptron(2)
    model(X)
    assert not model.backward(np.ones(4)).any()
    assert not any(grad.any() for grad in model.grads.values())
    assert model.params.keys() == model.grads.keys()


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (X, np.array([0, 1, 2, 1]), "fit: y has the value 2, wanted 0 or 1"),
        (X, np.array([0, 1]), r"y has shape \(2,\), wanted \(N\) with N = 4"),
        (np.full((4, 2), np.nan), np.array([0, 1, 1, 1]), "x has NaN"),
        (
            np.ones((4, 3)),
            np.array([0, 1, 1, 1]),
            r"Perceptron.fit: x has shape \(4, 3\), wanted \(N, in_features\) with in_features = 2",
        ),
    ],
)
def test_bad_data_is_refused_and_nothing_is_learnt(x, y, words):
    model = nn.Perceptron(2)
    with pytest.raises(ValueError, match=words):
        model.fit(x, y)
    assert not model.params["w"].any()


def test_nan_is_no_silent_no():
    with pytest.raises(ValueError, match=r"Perceptron.predict: x has NaN"):
        nn.Perceptron(2).predict(np.array([[np.nan, 1.0]]))


@pytest.mark.parametrize("eta", [0, -1.0, float("nan")])
def test_a_rate_that_cannot_learn_is_refused(eta):
    with pytest.raises(ValueError, match=r"eta is .*, wanted a number greater than 0"):
        nn.Perceptron(2).fit(X, np.array([0, 1, 1, 1]), eta=eta)


def test_a_mistake_counts_even_if_its_step_is_too_small_to_see():
    model = nn.Perceptron(1)
    model.params["b"][:] = 1.0
    mistakes = model.fit(np.zeros((2, 1)), np.array([0, 1]), epochs=2, eta=1e-17)
    assert mistakes == [1, 1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (dict(epochs=0), "epochs is 0, wanted at least 1"),
        (dict(y=np.zeros((2, 1))), r"fit: y has shape \(2, 1\), wanted \(N\)"),
    ],
)
def test_what_can_not_be_learnt_from_is_named(options, words):
    with pytest.raises(ValueError, match=words):
        nn.Perceptron(1).fit(**{"x": np.zeros((2, 1)), "y": np.array([0, 1])} | options)
