"""The live figures: each draws the picture of a run that it is given, and moves in the page.

The runs are those of ``experiments.live``: what the page begins with, and the library's numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import (
    BLUE_ORANGE,
    COLORS,
    LINES,
    MARKERS,
    Picture,
    bare,
    frame,
    headline,
    picture,
    styled,
)

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun


def learning_network(run: LiveRun) -> LiveFigure:
    """A network that learns while you watch: its units, weights, answer and loss."""
    return LiveFigure("network", run.start, draw_network(**run.shown))


def optimizer_race(run: LiveRun) -> LiveFigure:
    """Update rules racing on a surface, each at a rate of its own."""
    return LiveFigure("optimizers", run.start, draw_race(**run.shown))


def convolution_by_hand(run: LiveRun) -> LiveFigure:
    """A convolution of three channels with two filters, number by number."""
    return LiveFigure("convolution", run.start, draw_convolution(**run.shown))


def digit_reader(run: LiveRun) -> LiveFigure:
    """Paper to draw a digit on, which is read as you draw."""
    return LiveFigure("digit", run.start, draw_digits(**run.shown))


def picture_ascent(run: LiveRun) -> LiveFigure:
    """A picture that changes step by step until a network reads another digit in it."""
    return LiveFigure("ascent", run.start, draw_ascent(**run.shown))


@styled
def draw_network(
    data: str,
    sizes: Sequence[int],
    activation: str,
    x: NDArray,
    y: NDArray,
    count: int,
    losses: Sequence[float],
    answers: Sequence[tuple[NDArray, int]],
) -> Picture:
    """The answer over the plane before and after training, and the loss on the way."""
    figure, row = picture(1, 3, size=(9.4, 3.3))
    titles = ("before training", f"after {len(losses)} steps")
    for axes, (p, _), title in zip(row, answers, titles, strict=False):
        _answer(axes, p, x, y, count, title)
    row[2].plot(losses, lw=0.5, alpha=0.5)
    smooth = np.convolve(losses, np.ones(50) / 50, "valid")
    row[2].plot(np.arange(len(smooth)) + 25, smooth, color=COLORS[0])
    row[2].set(xlabel="step", ylabel="loss of a mini-batch", ylim=(0, None))
    row[2].set_title("thick: mean over 50 steps")
    (_, before), (_, after) = answers
    figure.alt = (
        f"A network of sizes {'-'.join(map(str, sizes))} with {activation} learns the {data}. Of "
        f"{len(y)} samples it has {before} wrong before training and {after} after {len(losses)} "
        f"steps; the loss falls from {smooth[0]:.2f} to {smooth[-1]:.2f}. In the live figure "
        "everything can be changed while it learns."
    )
    return headline(
        figure, f"A network learns the {data}: {before} of {len(y)} wrong, then {after}"
    )


def _answer(axes: Axes, p: NDArray, x: NDArray, y: NDArray, count: int, title: str) -> None:
    """The probabilities over the plane, and the samples: full for training, hollow for the test."""
    colors = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in COLORS])
    shades = 1 - 0.45 * (1 - p @ colors[: p.shape[-1]])
    axes.imshow(shades, extent=(-2.2, 2.2, -2.2, 2.2), origin="lower", interpolation="bilinear")
    for k in range(p.shape[-1]):
        for part, face in ((slice(count), COLORS[k]), (slice(count, None), "white")):
            here = x[part][y[part] == k]
            edge = COLORS[k] if face == "white" else "white"
            axes.plot(*here.T, MARKERS[k], ms=4, mfc=face, mec=edge, mew=0.8)
    axes.set(title=title, xlabel="x1", ylabel="x2", xlim=(-2.2, 2.2), ylim=(-2.2, 2.2))
    axes.grid(False)


@styled
def draw_race(
    surface: str,
    steps: int,
    w1: NDArray,
    w2: NDArray,
    loss: NDArray,
    start: tuple[float, float],
    rates: dict[str, float],
    races: dict[str, tuple[NDArray, NDArray]],
) -> Picture:
    """The paths over the surface's contours, and the losses over the steps."""
    figure, (left, right) = picture(1, 2, size=(9.4, 3.8))
    left.contourf(w1, w2, np.log10(0.003 + loss), 14, cmap="Greys", alpha=0.5)
    for k, (rule, (path, losses)) in enumerate(races.items()):
        look = dict(color=COLORS[k], ls=LINES[k % len(LINES)], lw=1.5)
        left.plot(*path.T, **look)
        left.plot(*path[-1], MARKERS[k], color=COLORS[k], mec="white", ms=7)
        name = f"{rule} {rates[rule]:g}: {losses[-1]:.1e}"
        right.plot(np.maximum(losses, 1e-12), label=name, **look)
    left.plot(*start, "o", mfc="white", mec="black")
    left.set(xlabel="w1", ylabel="w2", xlim=(w1.min(), w1.max()), ylim=(w2.min(), w2.max()))
    left.grid(False)
    right.set(xlabel="step", ylabel="loss", yscale="log")
    right.legend(title="rule, rate: last loss", fontsize="x-small", title_fontsize="x-small")
    paths = "The path of one rule" if len(races) == 1 else f"Paths of {len(races)} rules"
    ends = ", ".join(f"{rule} {losses[-1]:.2g}" for rule, (_, losses) in races.items())
    figure.alt = (
        f"{paths} on the {surface} and losses over {steps} steps, each "
        f"at a rate of its own. The last losses: {ends}. In the live figure rates, start and "
        "surface can be changed."
    )
    return headline(figure, f"{steps} steps on the {surface}, each rule at a rate of its own")


@styled
def draw_convolution(
    padded: NDArray, W: NDArray, b: NDArray, z: NDArray, stride: int, padding: int
) -> Picture:
    """Picture, filters and output in numbers, the first window and its output framed."""
    figure, grid = picture(3, 4, size=(6.6, 5.8))
    for axes in grid.flat:
        axes.axis("off")
    for c, name in enumerate(("red", "green", "blue")):
        _numbers(grid[c, 0], padded[c], f"picture, {name}", framed=W.shape[2])
        for k in (0, 1):
            _numbers(grid[c, 1 + k], W[k, c], f"filter {k + 1} for {name}")
    for k in (0, 1):
        _numbers(grid[k, 3], z[k], f"output {k + 1}, bias {b[k]}", framed=1)
    sums = (padded[:, :3, :3] * W[0]).sum(axis=(1, 2))
    story = " + ".join(map(str, [*sums, b[0]])).replace("+ -", "− ") + f" = {z[0, 0, 0]}"
    figure.alt = (
        f"Three channels of 5 by 5 numbers with padding {padding}, two filters of 3 by 3 "
        f"for each channel, stride {stride}, and two outputs of {z.shape[1]} by {z.shape[2]}. The "
        f"first output: the sums of the three channels and the bias, {story}. In the live figure "
        "the window moves over the picture."
    )
    return headline(figure, f"Output 1, framed, is {story}: three channels and the bias")


def _numbers(axes: Axes, values: NDArray, title: str, framed: int = 0) -> None:
    """A grid of whole numbers, its first ``framed`` rows and columns in a frame."""
    axes.axis("on")
    axes.imshow(values, cmap=BLUE_ORANGE, vmin=-12, vmax=12)
    for (row, column), value in np.ndenumerate(values):
        axes.text(column, row, value, ha="center", va="center", size="small")
    axes.set_title(title, loc="center", weight="normal", size="small")
    bare(axes)
    if framed:
        axes.plot(*(framed * np.array([[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]]) - 0.5), "k", lw=2)


@styled
def draw_digits(
    x: NDArray, labels: Sequence[str], p: dict[str, NDArray], accuracy: dict[str, float]
) -> Picture:
    """Every second test digit and the answers to it, with their probabilities."""
    chosen = range(0, len(x), 2)
    figure, row = picture(1, len(chosen), size=(9.4, 2.2))
    for n, axes in zip(chosen, row, strict=True):
        axes.imshow(1 - x[n])
        lines = [f"{name}: {q[n].argmax()} ({q[n].max():.0%})" for name, q in p.items()]
        axes.set_title("\n".join(lines), loc="center", weight="normal", size="small")
        bare(axes)
    rates = " and ".join(f"the {name} reads {share:.2%}" for name, share in accuracy.items())
    answers = "; ".join(
        f"a {labels[n]}, " + ", ".join(f"the {name} says {q[n].argmax()}" for name, q in p.items())
        for n in chosen
    )
    figure.alt = (
        f"Test digits and their readers: {answers}. Of all 10,000 test digits {rates} "
        "right. In the live figure you draw a digit yourself."
    )
    return headline(figure, "Digits and what is read in them")


@styled
def draw_ascent(steps: Sequence[int], climbs: Sequence[dict]) -> Picture:
    """A row for each climb: the picture after each number of steps, with its probability."""
    size = 1.8 * len(steps), 2.2 * len(climbs) + 0.2
    figure, grid = picture(len(climbs), len(steps), size=size, squeeze=False)
    story = []
    for row, climb in zip(grid, climbs, strict=True):
        for axes, step, image, p in zip(row, steps, climb["x"], climb["p"], strict=True):
            axes.imshow(1 - image, vmin=0, vmax=1)
            axes.set_title(f"step {step}: {p:.3f}", loc="center", weight="normal", size="small")
            frame(axes)
        row[0].set_ylabel(f"{climb['start']}, to be a {climb['target']}", size="small")
        course = ", ".join(f"{p:.3f} at step {n}" for n, p in zip(steps, climb["p"], strict=True))
        story.append(
            f"from {climb['start']}, no pixel changed by more than {climb['limit']:g}, the "
            f"probability of a {climb['target']} is {course}"
        )
    figure.alt = (
        f"Pictures that follow the gradient of a digit's score: {'; '.join(story)}. In the live "
        "figure start, digit and recipe can be chosen."
    )
    return headline(figure, "Two pictures on their way, and the probability of the digit wanted")
