"""The spectrogram that moves while a tone and the window change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from numpy.typing import NDArray

from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import Picture, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun


def moving_spectrogram(run: LiveRun) -> LiveFigure:
    """Two tones and two clicks; the window and the second tone's frequency can be changed."""
    return LiveFigure("spectrogram", run.start, draw_spectrograms(**run.shown))


@styled
def draw_spectrograms(
    loudness: Mapping[int, NDArray],
    peaks: Mapping[int, NDArray],
    tones: Sequence[float],
    rate: int,
    hop: int,
    duration: float,
) -> Picture:
    """The same sound under windows of several sizes: {samples: loudness (frequencies, frames)}."""
    figure, row = picture(1, len(loudness), size=(9.4, 3.3), sharey=True)
    story = []
    for axes, (size, share) in zip(row, loudness.items(), strict=True):
        first, last = (size - hop) / 2 / rate, (size / 2 + hop * (share.shape[1] - 0.5)) / rate
        axes.imshow(
            share, cmap="gray_r", origin="lower", aspect="auto", interpolation="nearest",
            vmin=0, vmax=1, extent=(first, last, 0, rate / 2),
        )  # fmt: skip
        axes.set(xlim=(0, duration), xlabel="time, s", title=f"{1000 * size / rate:g} ms")
        axes.grid(False)
        found = ", ".join(f"{hertz:.0f}" for hertz in peaks[size])
        story.append(f"a window of {1000 * size / rate:g} ms shows peaks at {found} Hz")
    row[0].set(ylabel="frequency, Hz")
    names = " and ".join(f"{hertz:g}" for hertz in tones)
    figure.alt = (
        f"Spectrograms of two tones of {names} Hz and of two clicks: {'; '.join(story)}. Short "
        "windows part the clicks, long ones the tones. In the live figure the second tone and the "
        "window can be changed."
    )
    return headline(figure, "Short windows part the clicks, long ones the tones")
