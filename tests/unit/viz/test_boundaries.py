"""Each region is what was decided there; samples on the wrong side are counted and ringed."""

import numpy as np
import pytest

from course_lib import data, nn
from course_lib.viz import boundaries
from course_lib.viz.picture import picture


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


def test_decision_boundary_counts_and_rings_the_samples_on_the_wrong_side(corners):
    figure = boundaries.decision_boundary(side(-0.5), *corners)
    assert "0 of 4" in figure.alt
    assert "wrong side" not in figure.axes[0].get_legend_handles_labels()[1]
    figure = boundaries.decision_boundary(side(-2.0), *corners)
    assert "2 of 4" in figure.alt
    handles, names = figure.axes[0].get_legend_handles_labels()
    ringed = handles[names.index("wrong side")].get_xydata()
    np.testing.assert_array_equal(ringed, corners[0][2:])


def test_decision_boundary_stands_where_the_decision_changes(corners):
    figure = boundaries.decision_boundary(side(-0.25), *corners)
    line = figure.axes[0].collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(line[:, 0], 0.25, atol=0.01)


def test_one_decision_everywhere_has_no_boundary(corners):
    figure = boundaries.decision_boundary(side(-2.0), *corners)
    assert len(figure.axes[0].collections) == 1  # the shading alone


def test_decision_boundary_is_labelled(corners):
    figure = boundaries.decision_boundary(
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
    figure = boundaries.decision_boundaries({"at 0.5": side(-0.5), "at 2": side(-2.0)}, *corners)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["at 0.5", "at 2"]
    assert "at 0.5: 0 of 4" in figure.alt
    assert "at 2: 2 of 4" in figure.alt
    assert "wrong side" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_decision_boundaries_break_into_rows(corners):
    panels = {f"at {b}": side(-b) for b in (0.5, 2, 3)}
    figure = boundaries.decision_boundaries(panels, *corners, columns=2)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [*panels, ""]
    assert [axes.get_ylabel() for axes in figure.axes] == ["x2", "", "x2", ""]
    assert [axes.get_xlabel() for axes in figure.axes[2:]] == ["x1", "x1"]
    assert not figure.axes[3].axison


def test_decision_boundary_shows_more_than_two_classes():
    spiral = data.spiral()
    figure = boundaries.decision_boundary(
        lambda x: (x[:, 0] > 0).astype(int) + (x[:, 1] > 0),
        spiral.X_train,
        spiral.y_train,
        classes=spiral.classes,
    )
    assert figure.axes[0].get_legend_handles_labels()[1] == ["0", "1", "2", "wrong side"]


def test_as_few_points_are_asked_for_as_wanted(corners):
    asked = []

    def predict(x):
        asked.append(len(x))
        return side(-0.5)(x)

    _, axes = picture()
    X, y = corners
    assert boundaries.regions(axes, predict, X, y, ("0", "1"), boundaries.around(X), steps=20) == 0
    assert asked == [20 * 20, 4]


def test_certainty_shades_what_each_neuron_says(corners):
    X, y = corners
    panels = {
        "sure": lambda x: nn.sigmoid(100 * (x[:, 0] - 0.5)),
        "unsure": lambda x: nn.sigmoid(x[:, 0] - 0.25),
    }
    names = dict(classes=("no", "yes"), features=("a", "b"), title="Two neurons")
    figure = boundaries.certainty(panels, X, y, **names)
    assert figure.alt == (
        "Two neurons. sure: 0% of the samples have a p between 0.1 and 0.9; "
        "unsure: 100% of the samples have a p between 0.1 and 0.9."
    )
    for axes, place in zip(figure.axes, (0.5, 0.25), strict=False):
        line = axes.collections[1].get_paths()[0].vertices
        np.testing.assert_allclose(line[:, 0], place, atol=0.01)
        assert axes.get_xlabel() == "a"
    assert figure.axes[0].get_ylabel() == "b"
