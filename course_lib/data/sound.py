"""From a sound to a picture of it: frames, their spectra, and the pitch scale of the ear.

A picture of a sound has time to the right and frequency upwards; from there on, what reads pictures
reads sounds. Sources: Stevens, Volkmann and Newman 1937 (mel); Davis and Mermelstein 1980 (filters
on that scale). The formula of the mel scale is that of the HTK toolkit.
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from course_lib.checks import check_count, check_number, check_positive, checked


@checked(signal="T", size=check_count, hop=check_count)
def frames(signal: NDArray[Any], size: int, hop: int) -> NDArray[Any]:
    """Pieces of ``size`` samples, each starting ``hop`` samples after the one before.

    signal: (T,)  ->  (F, size) with F = (T - size) / hop + 1, rounded down. A rest at the end is
    left out. ``ValueError`` if the signal is shorter than one frame.
    """
    if len(signal) < size:
        raise ValueError(f"frames: size is {size}, wanted at most the signal's {len(signal)}")
    return sliding_window_view(signal, size)[::hop]


@checked(signal="T")
def spectrogram(signal: NDArray[Any], size: int, hop: int, n_fft: int) -> NDArray[Any]:
    """Power of each frequency in each frame: |FFT(frame * window)|^2.

    signal: (T,)  ->  (n_fft // 2 + 1, F), where row k is the frequency k * rate / n_fft. The window
    is Hann's, (1 - cos(2 pi t / size)) / 2: it fades each frame in and out, since an edge would
    have all frequencies. Frames are filled up with zeros to ``n_fft``, at least ``size``.
    """
    check_count("spectrogram: size", size, 2)
    check_count("spectrogram: n_fft", n_fft, size)
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    return np.abs(np.fft.rfft(frames(signal, size, hop) * window, n_fft).T) ** 2


def mel(hertz: Any) -> Any:
    """Pitch as it is heard: 2595 log10(1 + f / 700). Equal steps of it sound equally large."""
    return 2595 * np.log10(1 + np.asarray(hertz) / 700)


def hertz(mel: Any) -> Any:
    """The frequency that has this pitch: the inverse of ``mel``."""
    return 700 * (10 ** (np.asarray(mel) / 2595) - 1)


@checked(count=check_count, rate=check_positive)
def mel_filters(
    count: int, n_fft: int, rate: float, low: float = 0.0, high: float | None = None
) -> NDArray[Any]:
    """How much each frequency counts in each of ``count`` bands, evenly spaced in mel.

    Returns (count, n_fft // 2 + 1). A band is a triangle: 1 at its middle, 0 at the middles of its
    neighbours. The outermost ones begin at ``low`` and end at ``high``, half the ``rate`` if None.
    """
    check_count("mel_filters: n_fft", n_fft, 2)
    high = rate / 2 if high is None else high
    check_number("mel_filters: low", low, lambda v: 0 <= v < high, f"0 or more, less than {high}")
    corners = hertz(np.linspace(mel(low), mel(high), count + 2))[:, np.newaxis]
    begin, middle, end = corners[:-2], corners[1:-1], corners[2:]
    frequency = np.arange(n_fft // 2 + 1) * rate / n_fft
    rise, fall = (frequency - begin) / (middle - begin), (end - frequency) / (end - middle)
    return np.maximum(0, np.minimum(rise, fall))


@checked(power="...", below=check_positive)
def decibels(power: NDArray[Any], below: float) -> NDArray[Any]:
    """Loudness of each power as a share in [0, 1]: 1 for the largest, 0 if ``below`` dB less.

    10 dB are a factor of 10. All is 0 where there is no power at all.
    """
    loudest = power.max()
    if loudest <= 0:
        return np.zeros_like(power)
    ratio = np.maximum(power / loudest, 10 ** (-below / 10))
    return 1 + 10 * np.log10(ratio) / below
