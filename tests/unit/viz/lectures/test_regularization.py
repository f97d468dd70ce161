"""The figures of lecture 09 show what was learnt, dropped, stopped and tried."""

import numpy as np
import pytest

from course_lib.experiments.toy_networks import decide, fitted, learn_regularized, noisy_moons
from course_lib.viz.lectures import regularization as figures


@pytest.fixture(scope="module")
def moons():
    return noisy_moons(30)


def curves(figure):
    """The losses in a figure of fit and curves: training, then validation."""
    return [line.get_ydata() for line in figure.axes[1].lines]


def test_fit_and_curves_shows_samples_and_losses(moons):
    model, history = fitted(moons, epochs=4)
    figure = figures.fit_and_curves(decide(model), history, moons, title="Early days")
    train, validation = curves(figure)
    np.testing.assert_array_equal(train, history.train_loss)
    np.testing.assert_array_equal(validation, history.val_loss)
    left, right = figure.axes
    assert (left.get_xlabel(), right.get_xlabel(), right.get_ylabel()) == ("x1", "epoch", "loss")
    assert "Early days" in figure.alt
    assert f"validation loss {history.val_loss[-1]:.2f}" in figure.alt


def test_every_slider_trains_another_network(moons):
    explorer = figures.play_regularization(learn_regularized, moons, width=8)
    seen = [curves(explorer.picture)[1][-1]]
    for control, value in (("width", 6), ("dropout", 0.4), ("decay", 0.03)):
        explorer.controls[control].value = value
        seen.append(curves(explorer.picture)[1][-1])
    assert len(set(seen)) == 4
    assert "Width 6, dropout 0.4, L2 0.03" in explorer.picture.alt
    _, history = fitted(moons, width=6, dropout=0.4, decay=0.03)
    assert seen[-1] == history.val_loss[-1]


def test_thinned_networks_connect_only_what_is_kept():
    masks = [np.array([True, True]), np.array([True, False, True]), np.array([True])]
    figure = figures.thinned_networks([masks])
    drawn = figure.axes[0].lines
    assert sum(line.get_marker() == "None" for line in drawn) == 2 * 2 + 2 * 1
    crossed = [line.get_xydata() for line in drawn if line.get_marker() == "X"]
    assert np.concatenate(crossed).tolist() == [[1.0, 0.0]]
    assert "2 of 2 and 2 of 3 and 1 of 1" in figure.alt


def test_search_shows_every_trial_and_stars_the_best():
    grid = [(0.1, 0.0), (0.1, 0.5), (1.0, 0.0), (1.0, 0.5)]
    figure = figures.search(
        {"grid": (grid, [4.0, 1.0, 3.0, 2.0]), "random": (grid[:2], [5.0, 0.5])},
        parameters=("rate", "dropout"),
        title="Two searches",
    )
    trials, best = figure.axes[0].collections
    np.testing.assert_array_equal(trials.get_offsets(), grid)
    np.testing.assert_array_equal(best.get_offsets(), [[0.1, 0.5]])
    assert figure.axes[0].get_xscale() == "log"
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("rate", "dropout")
    assert "grid: 4 trials with 2 different values of rate, lowest loss 1.00" in figure.alt
    assert "random: 2 trials with 1 different values of rate, lowest loss 0.50" in figure.alt


@pytest.mark.parametrize("stop", [6, None])
def test_early_stopping_marks_the_best_epoch_and_the_end(stop):
    losses = [1.0, 0.8, 0.7, 0.75, 0.72, 0.71, 0.65]
    figure = figures.early_stopping(losses, 3, stop, patience=3)
    names = figure.axes[0].get_legend_handles_labels()[1]
    assert "best: epoch 3" in names
    assert "lowest at epoch 3 with 0.70; with a patience of 3" in figure.alt
    if stop:
        assert "stopped after epoch 6" in names
    else:
        assert "never stops early" in figure.alt
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_ydata(), losses)
