"""The figures show the data they were given, and say in words what they show."""

import io

import numpy as np
import pytest
from PIL import Image

from course_lib import data, nn, training
from course_lib.viz import charts


@pytest.fixture
def corners():
    """Four samples on the corners of a square; the right-hand ones are class 1."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([0, 0, 1, 1])


def side(b):
    """Decide by the first coordinate: 1 to the right of -b."""
    return lambda x: nn.perceptron(x, np.array([1.0, 0.0]), b)


def labels(axes):
    return axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")


def test_a_picture_carries_its_text_alternative_into_the_page():
    figure, _ = charts.picture('Two curves, "up" & down')
    assert 'alt="Two curves, &quot;up&quot; &amp; down"' in figure.html()
    assert figure.png().startswith(b"\x89PNG")


def test_a_picture_is_saved_in_256_colours_close_to_its_own():
    figure, axes = charts.picture("shades", size=(2, 2))
    axes.imshow(np.random.default_rng(0).random((30, 30)), cmap=charts.BLUE_ORANGE)
    all_colours = io.BytesIO()
    figure.savefig(all_colours, format="png", dpi=charts.DPI)
    saved, true = (Image.open(f) for f in (io.BytesIO(figure.png()), all_colours))
    assert (saved.mode, saved.size) == ("P", true.size)
    difference = np.subtract(saved.convert("RGB"), true.convert("RGB"), dtype=int)
    assert np.abs(difference).mean() < 3


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


def test_decision_boundary_counts_and_rings_the_samples_on_the_wrong_side(corners):
    figure = charts.decision_boundary(side(-0.5), *corners)
    assert "0 of 4" in figure.alt
    assert "wrong side" not in figure.axes[0].get_legend_handles_labels()[1]
    figure = charts.decision_boundary(side(-2.0), *corners)
    assert "2 of 4" in figure.alt
    handles, names = figure.axes[0].get_legend_handles_labels()
    ringed = handles[names.index("wrong side")].get_xydata()
    np.testing.assert_array_equal(ringed, corners[0][2:])


def test_decision_boundary_stands_where_the_decision_changes(corners):
    figure = charts.decision_boundary(side(-0.25), *corners)
    line = figure.axes[0].collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(line[:, 0], 0.25, atol=0.01)


def test_one_decision_everywhere_has_no_boundary(corners):
    figure = charts.decision_boundary(side(-2.0), *corners)
    assert len(figure.axes[0].collections) == 1  # the shading alone


def test_decision_boundary_is_labelled(corners):
    figure = charts.decision_boundary(
        side(-0.5),
        *corners,
        title="A wall",
        classes=("left", "right"),
        features=("width", "depth"),
        limits=((0.2, 2), (-3, 4)),
    )
    axes = figure.axes[0]
    assert labels(axes) == ("width", "depth", "A wall")
    assert axes.get_xlim() == (0.2, 2)
    assert axes.get_ylim() == (-3, 4)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["left", "right"]


def test_decision_boundaries_draw_one_panel_each(corners):
    figure = charts.decision_boundaries({"at 0.5": side(-0.5), "at 2": side(-2.0)}, *corners)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["at 0.5", "at 2"]
    assert "at 0.5: 0 of 4" in figure.alt
    assert "at 2: 2 of 4" in figure.alt
    assert "wrong side" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_decision_boundaries_break_into_rows(corners):
    panels = {f"at {b}": side(-b) for b in (0.5, 2, 3)}
    figure = charts.decision_boundaries(panels, *corners, columns=2)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [*panels, ""]
    assert [axes.get_ylabel() for axes in figure.axes] == ["x2", "", "x2", ""]
    assert [axes.get_xlabel() for axes in figure.axes[2:]] == ["x1", "x1"]
    assert not figure.axes[3].axison


def test_decision_boundaries_ask_for_as_few_points_as_they_are_told(corners):
    asked = []

    def predict(x):
        asked.append(len(x))
        return side(-0.5)(x)

    charts.decision_boundaries({"coarse": predict}, *corners, steps=20)
    assert asked == [20 * 20, 4]


def test_decision_boundary_shows_more_than_two_classes():
    spiral = data.spiral()
    figure = charts.decision_boundary(
        lambda x: (x[:, 0] > 0).astype(int) + (x[:, 1] > 0),
        spiral.X_train,
        spiral.y_train,
        classes=spiral.classes,
    )
    assert figure.axes[0].get_legend_handles_labels()[1] == ["0", "1", "2", "wrong side"]


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


@pytest.mark.parametrize(("epochs", "scale"), [(10, "linear"), (200, "log")])
def test_mistakes_per_epoch_counts_epochs_from_one(epochs, scale):
    figure = charts.mistakes_per_epoch({"raw": list(range(epochs, 0, -1))})
    axes = figure.axes[0]
    assert axes.lines[0].get_xydata()[[0, -1]].tolist() == [[1, epochs], [epochs, 1]]
    assert axes.get_xscale() == scale
    assert labels(axes)[:2] == ("epoch", "mistakes")


def test_weighted_sum_of_the_worked_example():
    figure = charts.weighted_sum([3, -2], 1, [(-1, 2), (1, 2)])
    axes = figure.axes[0]
    assert "z is -6 at (-1, 2), +0 at (1, 2)" in figure.alt
    assert {" -6", " +0"} <= {text.get_text() for text in axes.texts}
    line = axes.collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(1 + 3 * line[:, 0] - 2 * line[:, 1], 0, atol=1e-9)
    tail, head = axes.texts[0].xyann, axes.texts[0].xy
    np.testing.assert_allclose(1 + 3 * tail[0] - 2 * tail[1], 0, atol=1e-9)
    np.testing.assert_allclose(np.subtract(head, tail), np.array([3, -2]) / np.sqrt(13))
    assert labels(axes) == ("x1", "x2", "The sum is a slope")
