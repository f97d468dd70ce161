"""Small networks are built as asked, learn what they can, and overfit where they should."""

import numpy as np
import pytest

from course_lib import data, nn
from course_lib.experiments import toy_networks as networks
from course_lib.experiments.toy_networks import fitted, noisy_moons


@pytest.mark.parametrize("name", networks.ACTIVATIONS)
def test_slopes_are_those_of_the_curve(name):
    z = np.array([-3.0, -0.5, 0.5, 3.0])
    f, h = networks.ACTIVATIONS[name][0], 1e-6
    np.testing.assert_allclose(networks.slope(name, z), (f(z + h) - f(z - h)) / (2 * h), atol=1e-8)


@pytest.mark.parametrize("activation", [*networks.ACTIVATIONS, "none"])
def test_build_stacks_hidden_layers(activation):
    model = networks.build(2, 5, activation, 3)
    shapes = [layer.params["W"].shape for layer in model.layers if layer.params]
    assert shapes == [(2, 5), (5, 5), (5, 3)]
    assert len(model.layers) == (3 if activation == "none" else 5)


def test_a_trained_network_separates_what_a_line_can_not():
    moons = data.moons()
    straight, bent = (networks.trained("moons", 1, 8, name) for name in ("none", "tanh"))
    right = [np.mean(networks.decide(m)(moons.X_train) == moons.y_train) for m in (straight, bent)]
    assert right[0] < 0.9
    assert right[1] == 1
    assert networks.trained("moons", 1, 8, "tanh") is bent  # not trained again


def test_relu_neurons_that_are_all_dead_answer_the_same_for_everybody():
    """Of so few ReLUs all may die."""
    model = networks.trained("moons", 3, 2, "ReLU", 0)
    moons = data.moons()
    hidden = nn.Sequential(*model.layers[:-1])(moons.X_train.astype(float))
    assert not hidden.any()


@pytest.fixture(scope="module")
def moons():
    return noisy_moons(30)


def test_few_samples_to_learn_from_and_many_others_to_judge(moons):
    assert len(moons.y_train) == 30
    assert len(moons.y_val) == 1200
    seen = {tuple(x) for x in moons.X_train.tolist()}
    assert not any(tuple(x) in seen for x in moons.X_val.tolist())


def test_two_draws_of_five_sets_share_no_sample():
    sets = [*networks.five_sets(0.3, 1), *networks.five_sets(0.3, 2)]
    samples = np.concatenate([one.X_train for one in sets])
    assert samples.shape == (10 * 40, 2)
    assert len(np.unique(samples, axis=0)) == 10 * 40
    assert all(len(one.X_val) == len(one.y_val) == 0 for one in sets)
    again = networks.five_sets(0.3, 2)[4]
    np.testing.assert_array_equal(again.X_train, sets[-1].X_train)


def test_a_free_network_overfits_and_a_penalty_holds_it_back(moons):
    _, free = fitted(moons, epochs=150)
    _, tamed = fitted(moons, decay=0.03, epochs=150)
    assert free.train_loss[-1] < 0.05 < tamed.train_loss[-1]
    assert free.val_loss[-1] > 2 * free.train_loss[-1]
    assert tamed.val_loss[-1] < free.val_loss[-1]


def test_dropout_is_on_in_training_and_off_for_decisions(moons):
    model, _ = fitted(moons, dropout=0.5, epochs=5)
    assert [layer.p for layer in model.layers if isinstance(layer, nn.Dropout)] == [0.5, 0.5]
    decide = networks.decide(model)
    np.testing.assert_array_equal(decide(moons.X_val), decide(moons.X_val))


def test_a_fitted_network_starts_as_build_makes_it(monkeypatch, moons):
    monkeypatch.setattr(networks, "fit", lambda *args, **options: None)
    model, _ = fitted(moons, width=5, dropout=0.5)
    built = networks.build(2, 5, "ReLU", 2, dtype=np.float32)
    for ours, theirs in zip(model.params.values(), built.params.values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_positive_inputs_move_all_weights_together_for_one_sample_alone():
    moons = data.moons()
    sigmoid, tanh = (networks.trained("moons", 2, 8, name) for name in ("sigmoid", "tanh"))
    assert networks.share_moving_together(sigmoid, moons, 1) == 1
    assert networks.share_moving_together(sigmoid, moons, 180) < 0.5
    assert networks.share_moving_together(tanh, moons, 1) < 0.2
