"""Figures of lecture 17: samples, windows, spectrograms, mel filters, tests, labels."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.viz.picture import (
    BLUE,
    COLORS,
    LINES,
    MARKERS,
    ORANGE,
    Picture,
    headline,
    picture,
    styled,
)


@styled
def sampled(
    time: NDArray,
    tones: Mapping[str, NDArray],
    at: NDArray,
    samples: NDArray,
    *,
    title: str,
) -> Picture:
    """Tones {name: (T,)} over time (T,) in s, and the samples that are taken of them."""
    figure, axes = picture(size=(7.4, 2.9))
    for (name, tone), line in zip(tones.items(), LINES, strict=False):
        axes.plot(time, tone, line, label=name)
    axes.plot(at, samples, "o", color="black", label="samples", zorder=3)
    axes.set(xlabel="time, s", title=title)
    axes.legend(loc="upper right", ncols=len(tones) + 1, bbox_to_anchor=(1, -0.15))
    figure.alt = (
        f"{title}. Curves over {time[-1]:g} s: {', '.join(tones)}. {len(at)} samples, as dots, "
        "lie where the curves meet."
    )
    return figure


@styled
def spectrograms(panels: Mapping[str, tuple[NDArray, float, float]], *, title: str) -> Picture:
    """Loudness side by side: {name: (shares (frequencies, frames), highest Hz, seconds)}."""
    figure, row = picture(1, len(panels), size=(4.2 * len(panels), 3.3), squeeze=False)
    for axes, (name, (share, highest, seconds)) in zip(row[0], panels.items(), strict=True):
        loudness(axes, share, seconds, highest)
        axes.set(xlabel="time, s", ylabel="frequency, Hz", title=name)
    shown = "; ".join(
        f"{name}, loudest at {peak(share, highest, 0.25):.0f} Hz after a quarter of the time, at "
        f"{peak(share, highest, 0.75):.0f} Hz after three quarters"
        for name, (share, highest, _) in panels.items()
    )
    figure.alt = f"{title}. Spectrograms: {shown}."
    return headline(figure, title)


def loudness(axes: Axes, share: NDArray, seconds: float, highest: float) -> None:
    """Shares (rows, frames) from 0, white, to 1, black; the first row at the bottom."""
    axes.imshow(
        share, cmap="gray_r", origin="lower", aspect="auto", interpolation="nearest",
        vmin=0, vmax=1, extent=(0, seconds, 0, highest),
    )  # fmt: skip
    axes.grid(False)


def peak(share: NDArray, highest: float, part: float) -> float:
    """The loudest frequency in Hz after this part of the time."""
    return float(share[:, int(part * share.shape[1])].argmax()) * highest / (len(share) - 1)


@styled
def windowed(
    frames: Mapping[str, NDArray],
    spectra: Mapping[str, NDArray],
    frequency: NDArray,
    *,
    marked: Mapping[str, float],
    title: str,
) -> Picture:
    """Frames {name: samples} beside their spectra {name: dB}; marked: {name: Hz}."""
    figure, (left, right) = picture(1, 2, size=(9.4, 3.3), width_ratios=(1, 1.3))
    for index, (name, samples) in enumerate(frames.items()):
        left.plot(samples, LINES[index], label=name, lw=1.2)
        right.plot(frequency, spectra[name], LINES[index], label=name)
    left.set(xlabel="sample", title="a frame\n")
    right.set(xlabel="frequency, Hz", ylabel="dB below the loudest", ylim=(-90, 3))
    right.set_title("its spectrum\n")
    for name, hertz in marked.items():
        right.axvline(hertz, color=COLORS[7], lw=0.8, ls=":")
        right.text(hertz, 4, name, ha="center", va="bottom", size="small")
    right.legend(loc="upper right")
    at = {name: int(np.abs(frequency - hertz).argmin()) for name, hertz in marked.items()}
    figure.alt = f"{title}. " + " ".join(
        f"{kind}: "
        + ", ".join(f"{values[k]:.0f} dB at the {name}" for name, k in at.items())
        + f", {values[-1]:.0f} dB at the highest frequency."
        for kind, values in spectra.items()
    )
    return headline(figure, title)


@styled
def filters(bands: NDArray, frequency: NDArray, *, title: str) -> Picture:
    """Mel filters (K, F) over frequency (F,) in Hz; the first and the last one in color."""
    figure, axes = picture(size=(7.4, 2.7))
    for index, band in enumerate(bands):
        color = {0: BLUE, len(bands) - 1: ORANGE}.get(index, "#b0b0b0")
        axes.plot(frequency, band, color=color, lw=2 if color != "#b0b0b0" else 0.9)
    axes.set(xlabel="frequency, Hz", ylabel="weight", title=title)
    widths = [np.ptp(frequency[band > 0]) for band in bands[[0, -1]]]
    figure.alt = (
        f"{title}. {len(bands)} triangles that overlap: the first is above 0 over {widths[0]:.0f} "
        f"Hz, the last over {widths[1]:.0f} Hz."
    )
    return figure


@styled
def word(sound: NDArray, power: NDArray, bands: NDArray, rate: int, *, title: str) -> Picture:
    """One sound (T,), its spectrogram (F, frames) as loudness, and its mel bands (K, frames)."""
    figure, rows = picture(3, 1, size=(7.4, 5.6), sharex=True, height_ratios=(1, 1.6, 1.6))
    seconds = len(sound) / rate
    rows[0].plot(np.arange(len(sound)) / rate, sound, lw=0.5)
    rows[0].set(ylabel="sample", xlim=(0, seconds))
    loudness(rows[1], power, seconds, rate / 2)
    rows[1].set(ylabel="frequency, Hz")
    loudness(rows[2], bands, seconds, len(bands))
    rows[2].set(ylabel="mel band", xlabel="time, s")
    loud = np.flatnonzero(power.max(axis=0) > 0.5) / power.shape[1] * seconds
    figure.alt = (
        f"{title}. Three rows over {seconds:g} s: {len(sound)} samples, a spectrogram of "
        f"{power.shape[0]} by {power.shape[1]} numbers and mel bands of {bands.shape[0]} by "
        f"{bands.shape[1]}. It is loud from {loud[0]:.2f} to {loud[-1]:.2f} s."
    )
    return headline(figure, title)


@styled
def seeds(runs: Mapping[str, NDArray], *, xlabel: str, title: str) -> Picture:
    """A dot for each run and a line at their mean: {name: shares (runs,)}."""
    figure, axes = picture(size=(7.4, 0.9 + 0.42 * len(runs)))
    for row, values in enumerate(runs.values()):
        axes.plot(100 * values, np.full(len(values), row), MARKERS[0], color=COLORS[0], alpha=0.8)
        axes.plot([100 * values.mean()] * 2, [row - 0.3, row + 0.3], color=COLORS[1], lw=2)
    axes.set_yticks(range(len(runs)), list(runs))
    axes.invert_yaxis()
    axes.set(xlabel=xlabel, title=title)
    story = "; ".join(
        f"{name} {np.min(v):.1%} to {np.max(v):.1%}, mean {np.mean(v):.1%}"
        for name, v in runs.items()
    )
    figure.alt = f"{title}. {xlabel}, a dot for each run: {story}."
    return figure


@styled
def labels(
    probabilities: NDArray,
    truth: NDArray,
    classes: Sequence[str],
    *,
    threshold: float,
    title: str,
) -> Picture:
    """A row of bars for each sample (N, L), and the threshold; what is true is blue and marked."""
    figure, row = picture(1, len(truth), size=(3.2 * len(truth), 3.2), sharey=True, squeeze=False)
    story = []
    places = np.arange(len(classes))
    for number, (axes, p, y) in enumerate(zip(row[0], probabilities, truth, strict=True), start=1):
        colors = [BLUE if label else "#b0b0b0" for label in y]
        axes.barh(places, p, color=colors, hatch=["///" if label else "" for label in y])
        axes.axvline(threshold, color=ORANGE, ls="--")
        axes.set(xlim=(0, 1), xlabel="probability", title=f"sound {number}")
        axes.set_yticks(places, list(classes))
        axes.grid(False, axis="y")
        story.append(f"sound {number} holds {' and '.join(np.array(classes)[y > 0])}")
    row[0, 0].invert_yaxis()
    figure.alt = (
        f"{title}. Ten bars for each sound and a line at {threshold:g}; the words that are in it "
        f"are blue and hatched: {'; '.join(story)}."
    )
    return headline(figure, title)
