import numpy as np
import pytest

from course_lib.viz.lectures import sound_and_many_labels as figures


def test_samples_are_dots_on_the_curves():
    time = np.linspace(0, 1, 5)
    drawn = figures.sampled(
        time, {"1 Hz": time, "7 Hz": -time}, time[:3], np.zeros(3), title="They agree"
    )
    curve, other, dots = drawn.axes[0].lines
    assert curve.get_ydata() is not other.get_ydata()
    assert list(dots.get_xdata()) == [0, 0.25, 0.5]
    assert drawn.alt == (
        "They agree. Curves over 1 s: 1 Hz, 7 Hz. 3 samples, as dots, lie where the curves meet."
    )


def test_spectrograms_say_where_they_are_loudest():
    share = np.zeros((5, 8))
    share[1, :4], share[3, 4:] = 1, 1
    drawn = figures.spectrograms({"a": (share, 4_000.0, 2.0)}, title="T")
    assert "a, loudest at 1000 Hz after a quarter of the time, at 3000 Hz after three" in drawn.alt
    image = drawn.axes[0].images[0]
    assert image.get_extent() == [0, 2, 0, 4_000]
    assert image.origin == "lower"


def test_a_frame_stands_beside_its_spectrum():
    frequency = np.array([0.0, 1_000, 2_000])
    drawn = figures.windowed(
        {"cut": np.ones(4), "faded": np.zeros(4)},
        {"cut": np.array([-9.0, 0, -20]), "faded": np.array([-30.0, 0, -40])},
        frequency,
        marked={"tone": 1_100},
        title="T",
    )
    left, right = drawn.axes
    assert [len(line.get_xdata()) for line in left.lines] == [4, 4]
    assert list(right.lines[1].get_ydata()) == [-30, 0, -40]
    assert "faded: 0 dB at the tone, -40 dB at the highest frequency." in drawn.alt


def test_the_first_and_the_last_filter_are_measured():
    bands = np.array([[0, 1, 0.5, 0, 0], [0, 0, 1, 0, 0], [0, 0.1, 0.2, 1, 0.1]])
    drawn = figures.filters(bands, np.arange(5) * 100.0, title="T")
    assert len(drawn.axes[0].lines) == 3
    assert "the first is above 0 over 100 Hz, the last over 300 Hz" in drawn.alt


def test_a_word_in_three_rows_on_one_axis_of_time():
    power = np.zeros((9, 10))
    power[2, 3:6] = 1
    drawn = figures.word(np.zeros(100), power, np.ones((4, 10)), 50, title="T")
    assert [axes.get_xlim() for axes in drawn.axes] == [(0, 2)] * 3
    assert drawn.axes[1].images[0].get_extent() == [0, 2, 0, 25]
    assert "It is loud from 0.60 to 1.00 s." in drawn.alt


def test_runs_are_dots_and_their_mean():
    drawn = figures.seeds({"voices": np.array([0.9, 1.0])}, xlabel="right, %", title="T")
    dots, mean = drawn.axes[0].lines
    assert list(dots.get_xdata()) == pytest.approx([90, 100])
    assert mean.get_xdata()[0] == pytest.approx(95)
    assert "voices 90.0% to 100.0%, mean 95.0%" in drawn.alt


def test_bars_of_labels_that_are_true_are_marked():
    drawn = figures.labels(
        np.array([[0.2, 0.9]]), np.array([[1, 0]]), ["one", "two"], threshold=0.4, title="T"
    )
    first, second = drawn.axes[0].patches
    assert (first.get_width(), second.get_width()) == (0.2, 0.9)
    assert (first.get_hatch(), second.get_hatch()) == ("///", "")
    assert drawn.axes[0].lines[0].get_xdata()[0] == 0.4
    assert "sound 1 holds one." in drawn.alt
