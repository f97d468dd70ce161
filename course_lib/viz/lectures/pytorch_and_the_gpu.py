"""Figures of lecture 12: where the time goes, and two implementations on the same path."""

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import NullFormatter
from numpy.typing import NDArray

from course_lib.viz.controls import Explorer, choice_slider
from course_lib.viz.picture import (
    COLORS,
    HATCHES,
    LINES,
    MARKERS,
    Picture,
    headline,
    picture,
    styled,
)

LIMIT = 1e-8  # the difference up to which two implementations agree, in float64

Times = Mapping[int, float]  # {batch size: seconds}


@styled
def time_per_step(
    measured: Mapping[str, Times], *, title: str, marked: int | None = None
) -> Picture:
    """Time of a training step, and of each picture in it, against the batch size.

    measured: {name: {batch size: seconds}}; marked: a batch size to point out.
    """
    figure, (left, right) = picture(1, 2, size=(9.0, 3.6))
    for name, marker, times in zip(measured, MARKERS, measured.values(), strict=False):
        sizes, seconds = np.array(list(times)), np.array(list(times.values()))
        left.plot(sizes, 1e3 * seconds, marker + "-", label=name)
        right.plot(sizes, 1e6 * seconds / sizes, marker + "-", label=name)
    for axes, unit in (left, "milliseconds per step"), (right, "microseconds per picture"):
        axes.set(xlabel="batch size", ylabel=unit, xscale="log", yscale="log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter(NullFormatter())
        if marked is not None:
            axes.axvline(marked, color="black", lw=1, ls=":")
    left.legend()
    figure.alt = f"{title}. " + " ".join(
        f"{name}: {_per_step(times, min(times))}, {_per_step(times, max(times))}."
        for name, times in measured.items()
    )
    if marked is not None:
        at = ", ".join(f"{n} {_per_step(times, marked)}" for n, times in measured.items())
        figure.alt += f" Marked: {at}."
    return headline(figure, title)


def step_time_by_hand(measured: Mapping[int, Mapping[str, Times]]) -> Explorer:
    """Width and batch size on sliders: ``measured`` is {width: {name: {batch size: seconds}}}.

    Nothing is measured while a slider moves.
    """
    widths = list(measured)
    sizes = list(next(iter(measured[widths[0]].values())))

    def draw(width: int, batch: int) -> Picture:
        now = ", ".join(f"{n} {_milliseconds(t[batch])}" for n, t in measured[width].items())
        title = f"Width {width}, batch size {batch}: {now}"
        return time_per_step(measured[width], title=title, marked=batch)

    return Explorer(
        draw,
        width=choice_slider("width", widths[0], widths),
        batch=choice_slider("batch size", sizes[0], sizes),
    )


@styled
def where_time_goes(steps: Mapping[str, Mapping[str, float]], *, title: str) -> Picture:
    """The parts of a training step as bars, one above the other: {name: {part: seconds}}."""
    parts = list(next(iter(steps.values())))
    figure, axes = picture(size=(8.0, 0.62 * len(steps) + 1.5))
    ends = np.zeros(len(steps))
    for part, color, hatch in zip(parts, COLORS, HATCHES, strict=False):
        lengths = np.array([100 * taken[part] / sum(taken.values()) for taken in steps.values()])
        axes.barh(list(steps), lengths, left=ends, color=color, hatch=hatch, ec="white", label=part)
        ends += lengths
    for row, taken in enumerate(steps.values()):
        axes.text(101, row, _milliseconds(sum(taken.values())), va="center")
    axes.set(xlabel="share of the step, in %", xlim=(0, 112), xticks=range(0, 101, 25))
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    figure.legend(loc="outside lower center", ncols=len(parts))
    story = []
    for name, taken in steps.items():
        shares = ", ".join(f"{p} {t / sum(taken.values()):.0%}" for p, t in taken.items())
        story.append(f"{name}: {_milliseconds(sum(taken.values()))}, {shares}")
    figure.alt = f"{title}. {'. '.join(story)}."
    return headline(figure, title)


@styled
def throughput(speed: Mapping[tuple[str, str, int], float], *, title: str) -> Picture:
    """Pictures learnt from in a second against the batch size: a panel for each precision.

    speed: {(precision, way, batch size): pictures per second}
    """
    precisions, ways = (list(dict.fromkeys(key[place] for key in speed)) for place in (0, 1))
    figure, row = picture(1, len(precisions), size=(9.4, 3.4), sharey=True, squeeze=False)
    story = []
    for axes, precision in zip(row[0], precisions, strict=True):
        for way, marker, line in zip(ways, MARKERS, LINES, strict=False):
            found = {
                size: rate for (p, w, size), rate in speed.items() if (p, w) == (precision, way)
            }
            axes.plot(list(found), list(found.values()), marker + line, label=way)
            rates = ", ".join(f"{rate:,.0f} at {size:,}" for size, rate in found.items())
            story.append(f"{precision}, {way}: {rates}")
        axes.set(xlabel="batch size", xscale="log", yscale="log", xticks=list(found))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.set_title(precision, weight="normal")
    row[0][0].set_ylabel("pictures per second")
    row[0][0].legend()
    figure.alt = f"{title}. Pictures per second by batch size. {'. '.join(story)}."
    return headline(figure, title)


@styled
def two_paths(
    ours: NDArray, theirs: NDArray, gaps: Mapping[str, NDArray], *, title: str
) -> Picture:
    """Two training paths on top of each other, and how far apart they are.

    ours, theirs: (steps, 2), two of the weights; gaps: {name: (steps,)}, the largest difference
    of any weight after each step.
    """
    figure, (left, right) = picture(1, 2, size=(9.0, 3.7))
    left.plot(*ours.T, "-", color=COLORS[5], lw=7, alpha=0.6, label="NumPy")
    left.plot(*theirs.T, "--", color="black", lw=1.5, label="PyTorch")
    left.plot(*ours[0], "o", color="black", ms=7, label="start")
    left.set(xlabel="one weight", ylabel="another weight")
    left.set_title("two weights on their way", weight="normal")
    left.legend()
    for (name, gap), marker in zip(gaps.items(), MARKERS, strict=False):
        gap = np.maximum(gap, 1e-18)  # zero has no logarithm
        right.plot(np.arange(1, len(gap) + 1), gap, marker + "-", ms=3, label=name)
    right.axhline(LIMIT, color="black", lw=1, ls=":", label=f"{LIMIT:g}")
    right.set(xlabel="step", ylabel="largest difference", yscale="log", ylim=(1e-18, 1))
    right.set_title("how far all weights are apart", weight="normal")
    right.legend()
    story = ", ".join(
        f"with {name} {'below' if np.max(gap) < LIMIT else 'above'} {LIMIT:g}"
        for name, gap in gaps.items()
    )
    figure.alt = (
        f"{title}. From ({ours[0, 0]:.3f}, {ours[0, 1]:.3f}) to ({ours[-1, 0]:.3f}, "
        f"{ours[-1, 1]:.3f}) in {len(ours) - 1} steps. The largest difference: {story}."
    )
    return headline(figure, title)


def _milliseconds(seconds: float) -> str:
    """As "0.34 ms", "12 ms" or "150 ms": two digits or all before the point, no powers of ten."""
    ms = 1e3 * seconds
    return f"{ms:,.0f} ms" if ms >= 10 else f"{ms:.2g} ms"


def _per_step(times: Times, size: int) -> str:
    return f"{_milliseconds(times[size])} at batch size {size}"
