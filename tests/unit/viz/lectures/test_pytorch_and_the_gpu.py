"""The figures of lecture 12 show the times, paths and slopes that they are given."""

import numpy as np

from course_lib.viz.lectures import pytorch_and_the_gpu as devices

MEASURED = {
    50: {"NumPy": {1: 0.001, 100: 0.002}, "PyTorch": {1: 0.003, 100: 0.004}},
    200: {"NumPy": {1: 0.005, 100: 0.006}, "PyTorch": {1: 0.007, 100: 0.008}},
}


def curve(axes, place=0):
    return axes.lines[place].get_xydata().tolist()


def test_seconds_of_is_the_median_without_the_first_run(monkeypatch):
    runs = []
    ticks = iter([0, 1, 10, 13, 20, 22])  # one, three and two seconds
    monkeypatch.setattr(devices.time, "perf_counter", lambda: next(ticks))
    assert devices.seconds_of(lambda: runs.append(None), repeats=3) == 2
    assert len(runs) == 4


def test_seconds_of_parts_runs_them_in_turn(monkeypatch):
    runs = []
    ticks = iter([0, 9, 0, 9, 0, 1, 0, 5, 0, 3, 0, 7])  # the first round does not count
    monkeypatch.setattr(devices.time, "perf_counter", lambda: next(ticks))
    parts = {"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}
    assert devices.seconds_of_parts(parts, repeats=2) == {"a": 2, "b": 6}
    assert "".join(runs) == "ababab"


def test_time_per_step_and_per_picture():
    figure = devices.time_per_step(MEASURED[50], title="Times")
    left, right = figure.axes
    assert curve(left, 1) == [[1, 3], [100, 4]]
    np.testing.assert_allclose(curve(right, 1), [[1, 3000], [100, 40]])
    assert (left.get_xlabel(), left.get_ylabel()) == ("batch size", "milliseconds per step")
    assert "PyTorch: 3 ms at batch size 1, 4 ms at batch size 100." in figure.alt
    assert "Marked" not in figure.alt
    assert "PyTorch 4 ms" in devices.time_per_step(MEASURED[50], title="T", marked=100).alt


def test_width_and_batch_size_choose_what_is_shown():
    explorer = devices.step_time_by_hand(MEASURED)
    assert curve(explorer.picture.axes[0])[0] == [1, 1]
    assert "Width 50, batch size 1: NumPy 1 ms, PyTorch 3 ms" in explorer.picture.alt
    explorer.controls["width"].value = 200
    assert curve(explorer.picture.axes[0])[0] == [1, 5]
    explorer.controls["batch"].value = 100
    assert explorer.picture.axes[0].lines[-1].get_xdata()[0] == 100
    assert "batch size 100: NumPy 6 ms, PyTorch 8 ms" in explorer.picture.alt


def test_where_time_goes_adds_up_to_the_whole_step():
    steps = {"small": {"forward": 1.0, "backward": 3.0}, "large": {"forward": 5.0, "backward": 5.0}}
    figure = devices.where_time_goes(steps, title="Shares")
    (axes,) = figure.axes
    first, second = axes.containers
    assert [bar.get_width() for bar in first] == [25, 50]
    assert [bar.get_x() + bar.get_width() for bar in second] == [100, 100]
    assert first[0].get_hatch() != second[0].get_hatch()
    assert "small: 4e+03 ms, forward 25%, backward 75%" in figure.alt


def test_two_paths_draws_both_and_judges_the_gaps():
    ours = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]])
    gaps = {"float64": np.array([0, 1e-15]), "float32": np.array([1e-7, 1e-6])}
    figure = devices.two_paths(ours, ours + 0.5, gaps, title="Same")
    left, right = figure.axes
    assert curve(left, 0) == ours.tolist()
    assert curve(left, 1) == (ours + 0.5).tolist()
    assert right.lines[0].get_ydata().tolist() == [1e-18, 1e-15]
    assert "in 2 steps" in figure.alt
    assert "with float64 below 1e-08, with float32 above 1e-08" in figure.alt


def test_the_tangent_follows_place_and_expression():
    expressions = {"square": lambda x: (x**2, 2 * x), "line": lambda x: (3 * x, 3 + 0 * x)}
    explorer = devices.tangent_by_hand(expressions, lambda f, x: f(x))
    assert "square at x = 1 is 1.000, its slope 2.000" in explorer.picture.alt

    def slope():
        (x0, y0), *_, (x1, y1) = curve(explorer.picture.axes[0], 1)
        return (y1 - y0) / (x1 - x0)

    explorer.controls["x0"].value = -2.0
    np.testing.assert_allclose(slope(), -4)
    through = np.interp(-2.0, *np.transpose(curve(explorer.picture.axes[0], 1)))
    np.testing.assert_allclose(through, 4)  # the tangent touches the curve
    explorer.controls["expression"].value = "line"
    np.testing.assert_allclose(slope(), 3)
    assert "line at x = -2 is -6.000" in explorer.picture.alt
