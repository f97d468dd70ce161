"""The charts show the data they were given, and say in words what they show."""

import numpy as np

from course_lib import training
from course_lib.viz import charts


def labels(axes):
    return axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")


def test_learning_curve_shows_loss_and_accuracy():
    history = training.History(
        train_loss=[2.3, 0.5], train_accuracy=[0.2, 0.9], val_loss=[1, 0.6], val_accuracy=[0.5, 0.8]
    )
    figure = charts.learning_curve(history)
    for axes, name in zip(figure.axes, ("loss", "accuracy"), strict=True):
        assert labels(axes)[:2] == ("epoch", name)
        drawn = [line.get_ydata() for line in axes.lines]
        np.testing.assert_array_equal(
            drawn, [getattr(history, f"train_{name}"), getattr(history, f"val_{name}")]
        )
    assert figure.get_suptitle() == "The loss falls, the accuracy rises"
    assert figure.alt == (
        "Two curves over 2 epochs. The training loss goes from 2.30 to 0.50, "
        "the training accuracy from 20.0% to 90.0%. The validation accuracy ends at 80.0%."
    )


def test_learning_curve_of_a_regression_is_its_loss_alone():
    history = training.History(train_loss=[0.0123, 0.00456], val_loss=[0.02, 0.00789])
    figure = charts.learning_curve(history)
    (axes,) = figure.axes
    assert labels(axes)[:2] == ("epoch", "loss")
    np.testing.assert_array_equal(
        [line.get_ydata() for line in axes.lines], [history.train_loss, history.val_loss]
    )
    assert figure.get_suptitle() == "The loss falls"
    assert figure.alt == (
        "A curve over 2 epochs. The training loss goes from 0.0123 to 0.00456. "
        "The validation loss ends at 0.00789."
    )


def test_lines_show_the_curves_and_say_where_they_go():
    figure = charts.lines(
        {"up": ([0, 1, 2], [0.0, 1.0, 4.0]), "down": ([0, 1], [3.0, 1.5])},
        xlabel="time in s",
        ylabel="height in m",
        title="One falls",
    )
    axes = figure.axes[0]
    assert labels(axes) == ("time in s", "height in m", "One falls")
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), [[0, 0], [1, 1], [2, 4]])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["up", "down"]
    assert "down: from 3 at 0 to 1.5 at 1" in figure.alt


def curve(axes, name):
    (line,) = [line for line in axes.lines if line.get_label() == name]
    return line.get_xydata()


def test_running_mean():
    np.testing.assert_allclose(charts.running_mean(np.array([1.0, 3, 5, 7]), 2), [2, 4, 6])


def test_noisy_curves_draw_the_noise_and_its_mean():
    runs = {"low": ([1, 2, 3], [1.0, 3, 2]), "high": ([1, 2, 3], [5.0, 5, 9])}
    figure = charts.noisy_curves(runs, smooth=2, ylabel="loss", title="Two")
    axes = figure.axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), np.transpose(runs["low"]))
    np.testing.assert_allclose(curve(axes, "low"), [[2, 2], [3, 2.5]])
    np.testing.assert_allclose(curve(axes, "high"), [[2, 5], [3, 7]])
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("iteration", "loss")
    assert figure.alt == "Two. loss over iteration; at the end, from high to low: high, low."


def test_curves_that_are_not_smoothed_are_drawn_once():
    runs = {"a": ([1, 2], [0.5, 0.75])}
    figure = charts.noisy_curves(runs, ylabel="accuracy", title="One", percent=True)
    axes = figure.axes[0]
    assert len(axes.lines) == 1
    np.testing.assert_allclose(curve(axes, "a"), [[1, 0.5], [2, 0.75]])
    assert axes.yaxis.get_major_formatter()(0.5).startswith("50")


def test_per_layer_counts_layers_from_one_on_a_logarithmic_axis():
    figure = charts.per_layer({"a": [1e-3, 1.0], "b": [2.0, 2.0]}, ylabel="norm", title="Grows")
    axes = figure.axes[0]
    np.testing.assert_array_equal(curve(axes, "a"), [[1, 1e-3], [2, 1]])
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_yscale()) == ("layer", "norm", "log")
    assert "a from 0.001 to 1; b from 2 to 2" in figure.alt


def test_confusion_matrix_colors_mistakes_alone_and_writes_all_counts():
    counts = np.array([[90, 3, 0], [7, 80, 1], [0, 0, 70]])
    figure = charts.confusion_matrix(counts, ("cat", "cow", "dog"), title="Cows look like cats")
    axes = figure.axes[0]
    np.testing.assert_array_equal(axes.images[0].get_array(), [[0, 3, 0], [7, 0, 1], [0, 0, 0]])
    assert [int(text.get_text()) for text in axes.texts] == counts.ravel().tolist()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("answer", "true class")
    assert "240 of 251 on the diagonal" in figure.alt
    assert "cow taken for cat (7 times), cat taken for cow (3 times)" in figure.alt
