"""Two tones and two clicks, whose spectrogram changes with a tone and with the window."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.data.sound import decibels, spectrogram
from course_lib.experiments.live.run import LiveRun

RATE, LENGTH = 8_000, 4_000  # samples a second, and of the whole
TONES = 1_000.0, 1_250.0  # Hz
CLICKS, HEIGHT = (2_416, 2_616), 6.0  # at which samples, and how high
SIZES = 32, 64, 128, 256, 512  # of the window
HOP, POINTS = 20, 512
BELOW = 50.0  # decibels
QUIET = 90  # frames that end before the clicks, whatever the window


def tones_and_clicks(tones: Sequence[float]) -> NDArray:
    """A cosine and a sine of these frequencies in Hz, and the clicks: (4000,).

    Two sines could cancel each other where one of them is an alias of the other.
    """
    time = np.arange(LENGTH) / RATE
    signal = np.cos(2 * np.pi * tones[0] * time) + np.sin(2 * np.pi * tones[1] * time)
    signal[list(CLICKS)] += HEIGHT
    return signal


def peaks(power: NDArray) -> NDArray:
    """Frequencies in Hz that stand out of power (POINTS // 2 + 1, F), on the mean of its frames.

    Higher than both neighbors, and at least a tenth of the highest.
    """
    mean = power.mean(axis=1)
    around = np.pad(mean, 1, constant_values=-np.inf)
    high = (mean > around[:-2]) & (mean >= around[2:]) & (mean >= mean.max() / 10)
    return np.flatnonzero(high) * RATE / POINTS


def moving_spectrogram(*, size: int = 128) -> LiveRun:
    """What to begin with, and the library's spectrograms for a short, this and a long window.

    size: samples of the window, one of ``SIZES``. ``ValueError`` for others.
    """
    check_choice("size", size, SIZES)
    start = {
        "rate": RATE, "length": LENGTH, "tones": list(TONES), "clicks": list(CLICKS),
        "height": HEIGHT, "size": size, "sizes": list(SIZES), "hop": HOP, "points": POINTS,
        "below": BELOW, "quiet": QUIET,
    }  # fmt: skip
    signal = tones_and_clicks(TONES)
    powers = {n: spectrogram(signal, n, HOP, POINTS) for n in sorted({32, size, 512})}
    return LiveRun(
        start,
        {
            "loudness": {n: decibels(power, BELOW) for n, power in powers.items()},
            "peaks": {n: peaks(power[:, :QUIET]) for n, power in powers.items()},
            "tones": TONES, "rate": RATE, "hop": HOP, "duration": LENGTH / RATE,
        },
    )  # fmt: skip
