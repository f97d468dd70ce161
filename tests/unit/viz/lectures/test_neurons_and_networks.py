"""Figures of neurons and networks show what they are given; their controls change it."""

import numpy as np

from course_lib.experiments.toy_networks import ACTIVATIONS, value_and_slope
from course_lib.viz.lectures import neurons_and_networks as figures

X = np.array([[1, 1, 3], [0, 2, 1]])
W = np.array([[2, 1], [2, 0], [2, -1]])
B = np.array([4, 10])


def line(axes, which=0):
    return axes.lines[which].get_data()


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_activations_draw_each_function_above_its_slope():
    figure = figures.activations(
        {name: ACTIVATIONS[name] for name in ("tanh", "ReLU")}, value_and_slope
    )
    grid = np.reshape(figure.axes, (2, 2))
    z, y = line(grid[0, 0])
    np.testing.assert_allclose(y, np.tanh(z))
    np.testing.assert_array_equal(line(grid[1, 1])[1], z > 0)
    assert [axes.get_ylabel() for axes in grid[:, 0]] == ["activation", "slope"]
    assert [axes.get_title() for axes in grid[0]] == ["tanh", "ReLU"]
    assert "ReLU: slope from 0 to 1" in figure.alt


def test_update_directions_go_along_and_against_each_input():
    x = np.array([[1.0, 2.0], [3.0, 0.5]])
    figure = figures.update_directions({"positive": x, "mixed": x * [1, -1]}, title="Two quarters")
    ends = [axes_line.get_xydata()[-1].tolist() for axes_line in figure.axes[0].lines[:2]]
    assert ends == [[-1, -2], [-3, -0.5]]
    assert "positive: in 100% of the steps" in figure.alt
    assert "mixed: in 0% of the steps" in figure.alt
    assert figure.axes[1].get_xlabel() == "change of w1"


def test_fully_connected_counts_what_it_does_not_draw():
    figure = figures.fully_connected([784, 20, 3], title="Two layers")
    drawn = [len(one.get_xdata()) for one in figure.axes[0].lines if one.get_marker() == "o"]
    assert drawn == [8, 8, 3]
    assert {"inputs\n784", "layer 1\n20", "layer 2\n3"} <= set(texts(figure.axes[0]))
    assert f"{785 * 20 + 21 * 3:,} weights and biases" in figure.alt


def test_affine_frames_what_makes_an_element():
    figure = figures.affine(X, W, B, 0, 0)
    title = figure.axes[0].get_title(loc="left")
    assert title == "Z[0, 0] = 1·2 + 1·2 + 3·2 + 4 = 14"
    assert title in figure.alt
    assert len(figure.axes[0].patches) == 3 + 3 + 1 + 1
    written = [text for text in texts(figure.axes[0]) if text.lstrip("-").isdigit()]
    expected = [*X.ravel(), *W.ravel(), *B, *B, *(X @ W + B).ravel()]
    assert [int(text) for text in written] == expected
    assert "(2,)" in " ".join(texts(figure.axes[0]))  # b keeps its own shape


def test_another_row_and_column_is_another_sum():
    explorer = figures.affine_by_hand(X, W, B)
    explorer.controls["row"].value = 1
    explorer.controls["column"].value = 1
    assert "Z[1, 1] = 0·1 + 2·0 + 1·(-1) + 10 = 9" in explorer.picture.alt


def test_spaces_draw_the_same_samples_in_each_plane():
    points, y = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]), np.array([0, 1, 1])

    def right_half(x):
        return (x[:, 0] > 0.5).astype(int)

    figure = figures.spaces(
        {"before": (points, right_half, ("a", "b")), "after": (-points, right_half, ("c", "d"))},
        y,
        title="Mirrored",
    )
    assert "before, by a and b: 0 of 3 wrong; after, by c and d: 2 of 3 wrong" in figure.alt
    assert [axes.get_xlabel() for axes in figure.axes] == ["a", "c"]
    np.testing.assert_array_equal(figure.axes[1].lines[1].get_xydata(), -points[1:])
