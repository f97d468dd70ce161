"""The figures of lecture 12 show the times and paths that they are given."""

import numpy as np

from course_lib.viz.lectures import pytorch_and_the_gpu as figures

MEASURED = {
    50: {"NumPy": {1: 0.001, 100: 0.002}, "PyTorch": {1: 0.003, 100: 0.004}},
    200: {"NumPy": {1: 0.005, 100: 0.006}, "PyTorch": {1: 0.007, 100: 0.008}},
}


def curve(axes, place=0):
    return axes.lines[place].get_xydata().tolist()


def test_time_per_step_and_per_picture():
    figure = figures.time_per_step(MEASURED[50], title="Times")
    left, right = figure.axes
    assert curve(left, 1) == [[1, 3], [100, 4]]
    np.testing.assert_allclose(curve(right, 1), [[1, 3000], [100, 40]])
    assert (left.get_xlabel(), left.get_ylabel()) == ("batch size", "milliseconds per step")
    assert "PyTorch: 3 ms at batch size 1, 4 ms at batch size 100." in figure.alt
    assert "Marked" not in figure.alt
    assert "PyTorch 4 ms" in figures.time_per_step(MEASURED[50], title="T", marked=100).alt


def test_width_and_batch_size_choose_what_is_shown():
    explorer = figures.step_time_by_hand(MEASURED)
    assert curve(explorer.picture.axes[0])[0] == [1, 1]
    assert "Width 50, batch size 1: NumPy 1 ms, PyTorch 3 ms" in explorer.picture.alt
    explorer.controls["width"].value = 200
    assert curve(explorer.picture.axes[0])[0] == [1, 5]
    explorer.controls["batch"].value = 100
    assert explorer.picture.axes[0].lines[-1].get_xdata()[0] == 100
    assert "batch size 100: NumPy 6 ms, PyTorch 8 ms" in explorer.picture.alt


def test_where_time_goes_adds_up_to_the_whole_step():
    steps = {"small": {"forward": 1.0, "backward": 3.0}, "large": {"forward": 5.0, "backward": 5.0}}
    figure = figures.where_time_goes(steps, title="Shares")
    (axes,) = figure.axes
    first, second = axes.containers
    assert [bar.get_width() for bar in first] == [25, 50]
    assert [bar.get_x() + bar.get_width() for bar in second] == [100, 100]
    assert first[0].get_hatch() != second[0].get_hatch()
    assert "small: 4,000 ms, forward 25%, backward 75%" in figure.alt


def test_throughput_has_a_panel_for_each_precision_and_a_line_for_each_way():
    speed = {
        (precision, way, size): rate * size
        for precision, rate in (("float32", 1.0), ("tf32", 2.0))
        for way in ("plain", "graph")
        for size in (100, 1_000)
    }
    figure = figures.throughput(speed, title="Speed")
    left, right = figure.axes
    assert [axes.get_title("left") for axes in (left, right)] == ["float32", "tf32"]
    assert [line.get_label() for line in right.lines] == ["plain", "graph"]
    assert curve(right, 1) == [[100, 200], [1000, 2000]]
    assert "tf32, graph: 200 at 100, 2,000 at 1,000." in figure.alt


def test_two_paths_draws_both_and_judges_the_gaps():
    ours = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]])
    gaps = {"float64": np.array([0, 1e-15]), "float32": np.array([1e-7, 1e-6])}
    figure = figures.two_paths(ours, ours + 0.5, gaps, title="Same")
    left, right = figure.axes
    assert curve(left, 0) == ours.tolist()
    assert curve(left, 1) == (ours + 0.5).tolist()
    assert right.lines[0].get_ydata().tolist() == [1e-18, 1e-15]
    assert "in 2 steps" in figure.alt
    assert "with float64 below 1e-08, with float32 above 1e-08" in figure.alt
