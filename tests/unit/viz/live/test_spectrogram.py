"""The numbers in the page are those of data.spectrogram and data.decibels."""

import numpy as np
import pytest

from course_lib.data.sound import decibels, spectrogram
from course_lib.experiments.live import moving_spectrogram
from course_lib.experiments.live import spectrogram as runs
from course_lib.viz import live
from tests.unit.viz.live.node import needs_node, run


@needs_node
@pytest.mark.parametrize("tones", [(1_000, 1_250), (1_000, 6_900), (37.5, 4_000)])
def test_samples_agree(tones):
    start = moving_spectrogram().start | {"tones": tones}
    page = run("spectrogram_core", "return sampled(given);", **start)
    np.testing.assert_allclose(page, runs.tones_and_clicks(tones), rtol=0, atol=1e-9)


@needs_node
@pytest.mark.parametrize(("size", "hop", "points"), [(32, 40, 512), (100, 30, 128), (512, 7, 512)])
def test_powers_and_loudness_agree(size, hop, points):
    signal = np.random.default_rng(size).normal(size=900)
    page = run(
        "spectrogram_core",
        """const powers = framePowers(given.signal, given.size, given.hop, given.points);
           return { powers, shares: loudness(powers, 60) };""",
        signal=signal.tolist(), size=size, hop=hop, points=points,
    )  # fmt: skip
    power = spectrogram(signal, size, hop, points)
    np.testing.assert_allclose(np.transpose(page["powers"]), power, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(np.transpose(page["shares"]), decibels(power, 60), atol=1e-9)


@needs_node
@pytest.mark.parametrize("size", runs.SIZES)
@pytest.mark.parametrize("tones", [(1_000, 1_250), (1_000, 7_000), (1_000, 3_000)])
def test_peaks_agree(tones, size):
    page = run(
        "spectrogram_core",
        """const powers = framePowers(sampled(given), given.size, given.hop, given.points);
           return peaks(powers.slice(0, given.quiet)).map(k => k * given.rate / given.points);""",
        **moving_spectrogram(size=size).start | {"tones": tones},
    )
    power = spectrogram(runs.tones_and_clicks(tones), size, runs.HOP, runs.POINTS)
    assert page == runs.peaks(power[:, : runs.QUIET]).tolist()


@needs_node
def test_a_tone_above_half_the_rate_is_heard_below_it():
    hertz = [0, 3_000, 4_000, 5_000, 8_000, 9_000, 13_000]
    page = run("spectrogram_core", "return given.hertz.map(f => heardAt(f, 8000));", hertz=hertz)
    assert page == [0, 3_000, 4_000, 3_000, 0, 1_000, 3_000]
    n = np.arange(50)
    for tone, heard in zip(hertz, page, strict=True):
        waves = [np.cos(2 * np.pi * f * n / 8_000) for f in (tone, heard)]
        np.testing.assert_allclose(*waves, atol=1e-9)


@needs_node
def test_silence_is_not_loud():
    assert run("spectrogram_core", "return loudness([[0, 0]], 60);") == [[0, 0]]


def test_the_picture_shows_three_windows_and_says_what_they_part():
    figure = live.moving_spectrogram(moving_spectrogram())
    assert [axes.get_title(loc="left") for axes in figure.picture.axes] == [
        "4 ms",
        "16 ms",
        "64 ms",
    ]
    assert "a window of 64 ms shows peaks at 1000, 1250 Hz" in figure.picture.alt
