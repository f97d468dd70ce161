"""Figures of where the time goes, and of two implementations that must take the same path.

Everything comes as plain numbers, so nothing here needs PyTorch.
"""

import statistics
import time

import ipywidgets
import matplotlib as mpl
import matplotlib.ticker
import numpy as np

from course_lib.viz.charts import COLOURS, MARKERS, headline, picture, styled
from course_lib.viz.controls import Explorer, slider

HATCHES = ["", "///", "...", "\\\\\\", "xxx"]


def seconds_of(run, repeats=5):
    """Median seconds that ``run()`` takes, after one run that is not counted."""
    run()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def seconds_of_parts(parts, repeats=5):
    """Median seconds of each of ``parts``, {name: run}, which run in turn, again and again."""
    taken = {name: [] for name in parts}
    for _ in range(1 + repeats):
        for name, run in parts.items():
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


@styled
def time_per_step(measured, *, title, marked=None):
    """Time of a training step, and of each picture in it, against the batch size.

    measured: {name: {batch size: seconds}}; marked: a batch size to point out.
    """
    figure, (left, right) = picture("", 1, 2, size=(9.0, 3.6))
    for name, marker, times in zip(measured, MARKERS, measured.values(), strict=False):
        sizes, seconds = np.array(list(times)), np.array(list(times.values()))
        left.plot(sizes, 1e3 * seconds, marker + "-", label=name)
        right.plot(sizes, 1e6 * seconds / sizes, marker + "-", label=name)
    for axes, unit in (left, "milliseconds per step"), (right, "microseconds per picture"):
        axes.set(xlabel="batch size", ylabel=unit, xscale="log", yscale="log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter(mpl.ticker.NullFormatter())
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


def step_time_by_hand(measured):
    """Width and batch size on sliders: ``measured`` is {width: {name: {batch size: seconds}}}.

    Nothing is measured while a slider moves.
    """
    widths = list(measured)
    sizes = list(next(iter(measured[widths[0]].values())))

    def draw(width, batch):
        now = ", ".join(f"{n} {1e3 * t[batch]:.2g} ms" for n, t in measured[width].items())
        title = f"Width {width}, batch size {batch}: {now}"
        return time_per_step(measured[width], title=title, marked=batch)

    return Explorer(
        draw,
        width=ipywidgets.SelectionSlider(options=widths, description="width"),
        batch=ipywidgets.SelectionSlider(options=sizes, description="batch size"),
    )


@styled
def where_time_goes(steps, *, title):
    """The parts of a training step as bars, one above the other: {name: {part: seconds}}."""
    parts = list(next(iter(steps.values())))
    figure, axes = picture("", size=(8.0, 0.62 * len(steps) + 1.5))
    ends = np.zeros(len(steps))
    for part, colour, hatch in zip(parts, COLOURS, HATCHES, strict=False):
        lengths = np.array([100 * taken[part] / sum(taken.values()) for taken in steps.values()])
        axes.barh(
            list(steps), lengths, left=ends, color=colour, hatch=hatch, ec="white", label=part
        )
        ends += lengths
    for place, taken in enumerate(steps.values()):
        axes.text(101, place, f"{1e3 * sum(taken.values()):.2g} ms", va="center")
    axes.set(xlabel="share of the step, in %", xlim=(0, 112), xticks=range(0, 101, 25))
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    figure.legend(loc="outside lower center", ncols=len(parts))
    story = []
    for name, taken in steps.items():
        shares = ", ".join(f"{p} {t / sum(taken.values()):.0%}" for p, t in taken.items())
        story.append(f"{name}: {1e3 * sum(taken.values()):.2g} ms, {shares}")
    figure.alt = f"{title}. {'. '.join(story)}."
    return headline(figure, title)


@styled
def two_paths(ours, theirs, gaps, *, title, limit=1e-8):
    """Two training paths on top of each other, and how far apart they are.

    ours, theirs: (steps, 2), two of the weights; gaps: {name: (steps,)}, the largest difference
    of any weight after each step. ``limit`` is drawn as a line.
    """
    figure, (left, right) = picture("", 1, 2, size=(9.0, 3.7))
    left.plot(*ours.T, "-", color=COLOURS[5], lw=7, alpha=0.6, label="NumPy")
    left.plot(*theirs.T, "--", color="black", lw=1.5, label="PyTorch")
    left.plot(*ours[0], "o", color="black", ms=7, label="start")
    left.set(xlabel="one weight", ylabel="another weight")
    left.set_title("two weights on their way", weight="normal")
    left.legend()
    for (name, gap), marker in zip(gaps.items(), MARKERS, strict=False):
        gap = np.maximum(gap, 1e-18)  # zero has no logarithm
        right.plot(np.arange(1, len(gap) + 1), gap, marker + "-", ms=3, label=name)
    right.axhline(limit, color="black", lw=1, ls=":", label=f"{limit:g}")
    right.set(xlabel="step", ylabel="largest difference", yscale="log", ylim=(1e-18, 1))
    right.set_title("how far all weights are apart", weight="normal")
    right.legend()
    story = ", ".join(
        f"with {name} {'below' if np.max(gap) < limit else 'above'} {limit:g}"
        for name, gap in gaps.items()
    )
    figure.alt = (
        f"{title}. From ({ours[0, 0]:.3f}, {ours[0, 1]:.3f}) to ({ours[-1, 0]:.3f}, "
        f"{ours[-1, 1]:.3f}) in {len(ours) - 1} steps. The largest difference: {story}."
    )
    return headline(figure, title)


@styled
def tangent(x, y, place, value, slope, *, title, name="f(x)"):
    """A curve (x, y) and its tangent at one place, whose value and slope somebody worked out."""
    figure, axes = picture("", size=(6.0, 3.6))
    axes.plot(x, y, label=name)
    axes.plot(x, value + slope * (x - place), "--", label="tangent with autograd's slope")
    axes.plot(place, value, "o", color="black", ms=8)
    air = 0.15 * np.ptp(y)
    axes.set(xlabel="x", ylabel="value", title=title, ylim=(min(y) - air, max(y) + air))
    axes.legend()
    figure.alt = f"{title}. {name} at x = {place:g} is {value:.3f}, its slope {slope:.3f}."
    return figure


def tangent_by_hand(expressions, differentiate, *, low=-3.0, high=3.0):
    """Choose an expression and a place; see the tangent.

    expressions: {name: function}; differentiate: function of (function, array of places) that
    returns values and slopes, arrays.
    """
    x = np.linspace(low, high, 241)

    def draw(expression, x0):
        f = expressions[expression]
        curve, _ = differentiate(f, x)
        (value,), (slope,) = differentiate(f, np.array([x0]))
        title = f"At x = {x0:g} the slope is {slope:.2f}"
        return tangent(x, curve, x0, value, slope, title=title, name=expression)

    return Explorer(
        draw,
        expression=ipywidgets.Dropdown(options=list(expressions), description="f(x)"),
        x0=slider("x", 1.0, low, high, 0.1),
    )


def _per_step(times, size):
    return f"{1e3 * times[size]:.2g} ms at batch size {size}"
