import numpy as np
import pytest
from matplotlib.colors import same_color

from course_lib.viz.images import RIGHT, WRONG
from course_lib.viz.lectures import transfer_learning as figures


def test_ways_names_what_happens_to_each_layer():
    drawn = figures.ways({"codes": ["frozen", "new"], "fine": ["goes on", "new"]}, ["low", "high"])
    words = [text.get_text() for text in drawn.axes[0].texts]
    assert words == ["frozen", "new", "goes on", "new", "low", "high", "codes", "fine"]
    assert "codes: frozen, new. fine: goes on, new." in drawn.alt


def test_neighbors_of_another_photo_have_a_thick_orange_frame():
    images = list(np.random.default_rng(0).random((3, 3, 4, 4)))
    drawn = figures.neighbors(
        {"asked": images, "near": images}, {"near": [True, False, True]}, title="T"
    )
    frames = [axes.spines["left"] for axes in drawn.axes[3:]]
    for spine, color, width in zip(frames, (RIGHT, WRONG, RIGHT), (2, 5, 2), strict=True):
        assert same_color(spine.get_edgecolor(), color)
        assert spine.get_linewidth() == width
    assert "near: 2 of 3 are of the same photo" in drawn.alt


def test_by_layer_draws_means_and_the_lowest_and_highest():
    runs = np.array([[0.5, 0.7], [0.8, 0.8]])
    drawn = figures.by_layer({"codes": runs}, ["a", "b"], levels={"pixels": [0.4]}, title="T")
    (mean, bars), *_ = [(c.lines[0], c.lines[2][0]) for c in drawn.axes[0].containers]
    assert list(mean.get_ydata()) == pytest.approx([60, 80])
    assert bars.get_segments()[0][:, 1] == pytest.approx([50, 70])
    assert "codes: a 60.0, b 80.0; pixels: 40.0" in drawn.alt


def test_four_cases_begin_with_the_network_from_scratch():
    case = {
        "frozen": np.array([[0.5, 0.7], [0.8, 0.9]]),
        "tuned": np.array([[0.5, 0.7], [0.7, 0.7]]),
        "pixels": np.array([0.3, 0.5]),
    }
    drawn = figures.four_cases({"one": case, "two": case}, title="T")
    lines = {line.get_label(): line for line in drawn.axes[0].lines}
    assert list(lines["copies frozen"].get_ydata()) == pytest.approx([60, 85])
    assert list(lines["copies tuned"].get_ydata()) == pytest.approx([60, 70])
    assert lines["linear classifier of the pixels"].get_ydata()[0] == pytest.approx(40)
    assert "one, frozen: 60.0, 85.0" in drawn.alt


def test_rates_shows_every_draw_and_the_mean():
    drawn = figures.rates({"near": {"frozen": np.array([0.5, 0.7])}, "far": {"frozen": [0.2]}},
                          title="T")  # fmt: skip
    dots, mean = drawn.axes[0].lines
    assert list(dots.get_xdata()) == pytest.approx([50, 70])
    assert mean.get_xdata()[0] == pytest.approx(60)
    assert "near, frozen: 60.0" in drawn.alt


def test_maps_colors_by_label_and_leaves_empty_panels_away():
    y = np.arange(12.0).reshape(6, 2)
    labels = {"a": np.array([0, 0, 0, 1, 1, 1]), "b": np.zeros(6, int), "c": np.zeros(6, int)}
    drawn = figures.maps(dict.fromkeys("abc", y), labels, title="T", columns=2)
    first, _, _, spare = drawn.axes
    assert [len(line.get_xdata()) for line in first.lines] == [3, 3]
    assert not spare.axison
    assert "Maps of points: a; b; c." in drawn.alt
