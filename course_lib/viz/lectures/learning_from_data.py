"""Figures of lecture 01: what a set of samples is made of, and what is counted on it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from course_lib.viz.controls import Explorer, integer_slider, slider
from course_lib.viz.picture import (
    BLUE,
    COLORS,
    HATCHES,
    ORANGE,
    Picture,
    headline,
    picture,
    styled,
)

GUESSING = 0.5  # the accuracy of a guess between two classes
PIXEL = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])  # corners, from its center

Box = tuple[int, int, int, int]  # top, left, height, width
Measure = Callable[[NDArray, NDArray], float]


@styled
def nested(fields: Mapping[str, str], *, title: str) -> Picture:
    """Sets inside each other: ``fields`` is {name: what it is}, from the outermost inwards."""
    figure, axes = picture(size=(7.2, 3.2))
    row = 0.98 / len(fields)  # what a set is higher than the one inside it, and a margin
    for k, (name, about) in enumerate(fields.items()):
        left, bottom = 0.02 + 0.05 * k, 0.02 + 0.03 * k
        wide, high = 0.96 - 0.1 * k, 0.96 - (row + 0.01) * k
        style = "round,pad=0,rounding_size=0.04"
        look: dict[str, Any] = {"facecolor": COLORS[5], "alpha": 0.2, "edgecolor": "none"}
        axes.add_patch(FancyBboxPatch((left, bottom), wide, high, boxstyle=style, **look))
        top = bottom + high - 0.04
        axes.text(left + 0.03, top, name, va="top", weight="bold")
        axes.text(left + 0.03, top - 0.085, about, va="top", size="small")
    axes.set(title=title, xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    figure.alt = f"{title}. From the outside to the inside: " + "; ".join(
        f"{name}, {' '.join(about.split())}" for name, about in fields.items()
    )
    return figure


@styled
def class_shares(parts: Mapping[str, NDArray], classes: Sequence[str], *, title: str) -> Picture:
    """What each part is made of: ``parts`` is {name: labels (N,)}, a stacked bar for each."""
    figure, axes = picture(size=(7.2, 0.55 * len(parts) + 1.5))
    shares = np.array([np.bincount(y, minlength=len(classes)) / len(y) for y in parts.values()])
    start = np.zeros(len(parts))
    for k, name in enumerate(classes):
        look: dict[str, Any] = dict(
            color=COLORS[k % 8], hatch=HATCHES[k % 5], edgecolor="white", alpha=0.8
        )
        axes.barh(range(len(parts)), shares[:, k], left=start, label=name, **look)
        start = start + shares[:, k]
    axes.set(yticks=range(len(parts)), yticklabels=list(parts), xlabel="share of the part")
    axes.set_xlim(0, 1)
    axes.invert_yaxis()
    axes.grid(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1.05))
    figure.alt = f"{title}. " + " ".join(
        f"{name}: {', '.join(f'{c} {s:.0%}' for c, s in zip(classes, row, strict=True) if s)}."
        for name, row in zip(parts, shares, strict=True)
    )
    return headline(figure, title)


@styled
def accuracies(shares: Mapping[str, float], *, title: str) -> Picture:
    """One bar for each accuracy, ``shares`` is {name: accuracy}, and a line where guessing is."""
    figure, axes = picture(size=(6.6, 0.5 * len(shares) + 1.5))
    values = list(shares.values())
    colors = [BLUE if value > GUESSING else ORANGE for value in values]
    drawn = axes.barh(range(len(values)), values, color=colors, height=0.6)
    axes.bar_label(drawn, [f"{value:.0%}" for value in values], padding=3)
    axes.axvline(GUESSING, color="black", ls="--", lw=1)
    axes.text(GUESSING, -0.6, " guessing", size="small", va="center")
    axes.set(yticks=range(len(values)), yticklabels=list(shares), xlabel="accuracy", xlim=(0, 1.1))
    axes.set_ylim(len(values) - 0.5, -0.9)
    axes.grid(False, axis="y")
    figure.alt = f"{title}. Accuracy: " + ", ".join(f"{k} {v:.0%}" for k, v in shares.items()) + "."
    return headline(figure, title)


def bias_by_hand(measure: Callable[[float], Mapping[str, float]], *, share: float) -> Explorer:
    """A biased collection with its bias on a slider.

    measure: function of the share of tanks that stood in the sun; trains there and returns
    {where it was tested: accuracy}.
    """

    def draw(share: float) -> Picture:
        title = f"Trained where {share:.0%} of the tanks stood in the sun"
        return accuracies(measure(share), title=title)

    return Explorer(draw, share=slider("share of tanks in the sun", share, 0, 1, 0.05))


@styled
def score_histograms(
    values: NDArray,
    y: NDArray,
    threshold: float,
    measures: Mapping[str, Measure],
    *,
    classes: Sequence[str],
) -> Picture:
    """How the scores (N,) of both classes are spread, and what a threshold makes of them.

    Says yes above the threshold. measures: {name: function of answers and truth}, in the title.
    """
    figure, axes = picture(size=(6.4, 3.6))
    edges = np.linspace(values.min(), values.max(), 31)
    for k, name in enumerate(classes):
        look: dict[str, Any] = dict(color=COLORS[k], alpha=0.6, hatch=HATCHES[k], edgecolor="white")
        axes.hist(values[y == k], edges, label=name, **look)
    answers = (values > threshold).astype(int)
    scores = ", ".join(f"{name} {measure(answers, y):.0%}" for name, measure in measures.items())
    axes.axvline(threshold, color="black", ls="--", label="threshold")
    axes.set(xlabel="score", ylabel="samples")
    axes.set_title(f"threshold {threshold:g}: {scores}")
    axes.legend()
    figure.alt = (
        f"Histograms of the score of {np.sum(y == 0)} samples of class {classes[0]} and "
        f"{np.sum(y == 1)} of class {classes[1]}. Yes above {threshold:g}: of {answers.sum()} "
        f"called {classes[1]}, {np.sum(answers & y)} are: {scores}."
    )
    return figure


def threshold_by_hand(
    values: NDArray,
    y: NDArray,
    measures: Mapping[str, Measure],
    *,
    threshold: float,
    low: float,
    high: float,
    classes: Sequence[str] = ("no", "yes"),
) -> Explorer:
    """Move the threshold: precision is bought with recall. Arguments as in ``score_histograms``."""
    return Explorer(
        lambda threshold: score_histograms(values, y, threshold, measures, classes=classes),
        threshold=slider("threshold", threshold, low, high, (high - low) / 50),
    )


@styled
def overlap(truth: NDArray, guess: NDArray, *, background: NDArray | None = None) -> Picture:
    """Two regions of an image, booleans (H, W), what they share, and their IoU."""
    both, either = int((truth & guess).sum()), int((truth | guess).sum())
    alone, wrong = truth & ~guess, guess & ~truth
    figure, axes = picture(size=(6.6, 4.0))
    if background is not None:
        axes.imshow(background, cmap="gray", vmin=0, vmax=1)
    kinds = (
        (alone, COLORS[0], "", "truth only"),
        (wrong, COLORS[1], "///", "answer only"),
        (truth & guess, COLORS[2], "xx", "both"),
    )
    keys = []
    for region, color, hatch, name in kinds:
        look: dict[str, Any] = dict(
            facecolor=color, alpha=0.4, hatch=hatch, edgecolor="white", lw=0
        )
        corners = np.argwhere(region)[:, np.newaxis, ::-1] + PIXEL  # x before y
        axes.add_patch(PathPatch(Path.make_compound_path_from_polys(corners), **look))
        keys.append(Patch(label=f"{name}: {region.sum()} pixels", **look))
    high, wide = truth.shape
    axes.set(xlim=(-0.5, wide - 0.5), ylim=(high - 0.5, -0.5), aspect="equal")
    result = f"{both} / {either} = {both / either:.2f}"
    axes.set(title=f"IoU = {result}", xlabel="column", ylabel="row")
    axes.grid(False)
    axes.legend(handles=keys, loc="upper left", bbox_to_anchor=(1, 1))
    figure.alt = (
        f"Two boxes on a picture: {alone.sum()} pixels belong to the truth only, {wrong.sum()} to "
        f"the answer only, {both} to both. Intersection over union: {result}."
    )
    return figure


def box_by_hand(
    mask: Callable[[Box, tuple[int, int]], NDArray],
    truth: Box,
    *,
    guess: Box,
    shape: tuple[int, int] = (32, 32),
    background: NDArray | None = None,
) -> Explorer:
    """Move and size the answer's box until it is the true one.

    mask: function of a box (top, left, height, width) and the image's shape that returns which
    pixels lie inside, as booleans.
    """
    names = ("top", "left", "height", "width")
    limits = ((0, shape[0] - 1), (0, shape[1] - 1), (1, shape[0]), (1, shape[1]))
    sliders = {
        name: integer_slider(name, value, low, high)
        for name, value, (low, high) in zip(names, guess, limits, strict=True)
    }

    def draw(top: int, left: int, height: int, width: int) -> Picture:
        answer = mask((top, left, height, width), shape)
        return overlap(mask(truth, shape), answer, background=background)

    return Explorer(draw, **sliders)
