"""Figures of lecture 04: what hinge and cross-entropy charge, what penalties like, bins."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.controls import Explorer, choice, slider
from course_lib.viz.picture import (
    BLUE,
    COLORS,
    GRAY,
    ORANGE,
    PALE_BLUE,
    Picture,
    headline,
    picture,
    styled,
)

TRUE, COSTLY, OTHER = BLUE, ORANGE, GRAY
MARGIN = 1.0

Loss = Callable[[NDArray, NDArray], float]


@styled
def hinge_bars(
    hinge: Loss, scores: NDArray, labels: Sequence[int], classes: Sequence[str], *, title: str
) -> Picture:
    """Scores (N, K), a panel for each sample, and what the hinge loss charges for each class.

    hinge: function of scores (N, K) and labels (N,). The dashed line lies a margin of 1 below the
    true class's score; a wrong class that reaches above it costs what it is above.
    """
    size = 3.0 * len(scores), 3.3
    figure, grid = picture(1, len(scores), size=size, squeeze=False, sharey=True)
    story = []
    for axes, s, label in zip(grid.flat, scores, labels, strict=True):
        loss = hinge(s[np.newaxis], np.array([label]))
        _hinge_panel(axes, s, label, classes)
        axes.set_title(f"true class {classes[label]}: loss {loss:.3g}")
        story.append(_scores_in_words(s, label, classes, loss))
    grid.flat[0].set_ylabel("score")
    figure.alt = f"{title}. {' '.join(story)}"
    return headline(figure, title)


@styled
def two_losses(
    losses: Mapping[str, Loss],
    softmax: Callable[[NDArray], NDArray],
    scores: ArrayLike,
    label: int,
    classes: Sequence[str],
) -> Picture:
    """The scores (K,) of one sample as hinge sees them, beside the softmax of cross-entropy.

    losses: the two, {"hinge": function, "cross-entropy": function}, of scores (N, K), labels (N,).
    """
    scores = np.asarray(scores, float)
    p = softmax(scores)
    hinge, surprise = (
        losses[name](scores[np.newaxis], np.array([label])) for name in ("hinge", "cross-entropy")
    )
    figure, (left, right) = picture(1, 2, size=(8.4, 3.5))
    _hinge_panel(left, scores, label, classes)
    left.set(title=f"hinge {hinge:.2f}", ylabel="score")
    low, high = left.get_ylim()
    left.set_ylim(min(low, -7.0), max(high, 7.0))  # a fixed frame, so that what moves is the score
    colors = [TRUE if k == label else OTHER for k in range(len(p))]
    drawn = right.bar(range(len(p)), p, color=colors)
    right.bar_label(drawn, [f"{q:.3f}" for q in p], padding=2, size="small")
    right.set(title=f"cross-entropy {surprise:.2f}", ylabel="probability", ylim=(0, 1.1))
    _class_axis(right, classes, label)
    title = "The same scores, two losses"
    figure.alt = (
        f"{title}. {_scores_in_words(scores, label, classes, hinge)} Softmax gives "
        + ", ".join(f"{name} {q:.3f}" for name, q in zip(classes, p, strict=True))
        + f"; the cross-entropy is {surprise:.2f}."
    )
    return headline(figure, title)


def scores_by_hand(
    losses: Mapping[str, Loss],
    softmax: Callable[[NDArray], NDArray],
    scores: Sequence[float],
    classes: Sequence[str],
) -> Explorer:
    """Scores of the classes on sliders, the true one to choose. Arguments as in ``two_losses``."""

    def draw(truth: str, **moved: float) -> Picture:
        return two_losses(losses, softmax, list(moved.values()), classes.index(truth), classes)

    sliders = zip(classes, scores, strict=True)
    return Explorer(
        draw,
        truth=choice("true class", classes),
        **{name: slider(f"score of {name}", s, -6, 6, 0.1) for name, s in sliders},
    )


def _hinge_panel(axes: Axes, scores: NDArray, label: int, classes: Sequence[str]) -> None:
    """One sample's scores, its margin line and what rises above it."""
    limit = scores[label] - MARGIN
    axes.axhline(limit, color=TRUE, ls="--", lw=1)
    axes.text(len(scores) - 0.5, limit, "true − margin", va="top", ha="right", size="x-small")
    for k, score in enumerate(scores):
        if k != label and score > limit:
            look: dict[str, Any] = dict(facecolor="white", edgecolor=COSTLY, hatch="////")
            axes.bar(k, score - limit, width=0.4, bottom=limit, **look)
            words: dict[str, Any] = dict(textcoords="offset points", color=COSTLY, weight="bold")
            axes.annotate(f"+{score - limit:.2g}", (k, score), xytext=(9, 4), **words)
        axes.plot(k, score, "s" if k == label else "o", ms=9, color=TRUE if k == label else OTHER)
    axes.use_sticky_edges = False  # a bar would glue the margin line to the frame
    axes.margins(y=0.15)
    _class_axis(axes, classes, label)


def _class_axis(axes: Axes, classes: Sequence[str], label: int) -> None:
    names = [f"{name}\n(true)" if k == label else name for k, name in enumerate(classes)]
    axes.set(xticks=range(len(classes)), xticklabels=names, xlabel="class")
    axes.set_xlim(-0.6, len(classes) - 0.4)
    axes.tick_params(axis="x", length=0)
    axes.grid(False, axis="x")


def _scores_in_words(scores: NDArray, label: int, classes: Sequence[str], loss: float) -> str:
    shown = ", ".join(f"{name} {s:.3g}" for name, s in zip(classes, scores, strict=True))
    return f"Scores {shown}; true class {classes[label]}: hinge loss {loss:.3g}."


@styled
def penalty_contours(
    l2_penalty: Callable[[NDArray], float],
    l1_penalty: Callable[[NDArray], float],
    x: ArrayLike,
    *,
    score: float = 1.0,
    title: str = "The cheapest weights for one and the same score",
) -> Picture:
    """L2 and L1 penalties over two weights, and the line of all weights with ``w @ x == score``.

    On the line all answers are the same; a star marks where its penalty is least.
    """
    x = np.asarray(x, float)
    foot, along = score * x / (x @ x), np.array([-x[1], x[0]]) / np.linalg.norm(x)
    line = foot + np.linspace(-4, 4, 8001)[:, np.newaxis] * along
    limit = 1.25 * max(abs(score / x[x != 0]))
    w1, w2 = np.meshgrid(*[np.linspace(-limit, limit, 201)] * 2)
    figure, grid = picture(1, 2, size=(8.4, 4.2), sharex=True, sharey=True)
    story = []
    for axes, name, penalty in zip(grid, ("L2", "L1"), (l2_penalty, l1_penalty), strict=True):
        R = np.array([penalty(np.array(w)) for w in zip(w1.ravel(), w2.ravel(), strict=True)])
        costs = np.array([penalty(w) for w in line])
        best = line[costs.argmin()] + 0.0
        levels = np.sort([*np.linspace(0.25, 2.5, 6) * costs.min(), costs.min()])
        axes.contour(w1, w2, R.reshape(w1.shape), np.unique(levels), colors="0.65", linewidths=0.8)
        axes.contour(w1, w2, R.reshape(w1.shape), [costs.min()], colors=COSTLY, linewidths=1.6)
        axes.plot(*line.T, color=TRUE, label=f"all weights with score {score:g}")
        axes.plot(*best, "*", ms=14, color=COSTLY, mec="black", label="cheapest")
        axes.set(title=f"{name}: cheapest is ({best[0]:.2f}, {best[1]:.2f})", xlabel="w1")
        axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
        story.append(f"{name}: ({best[0]:.2f}, {best[1]:.2f}) at penalty {costs.min():.2f}")
    grid[0].set_ylabel("w2")
    figure.legend(*grid[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = (
        f"{title}. Level lines over w1 and w2, round for L2 and diamonds for L1, with the line "
        f"{x[0]:g} w1 + {x[1]:g} w2 = {score:g}. Cheapest on it: {'; '.join(story)}."
    )
    return headline(figure, title)


@styled
def shares_in_bins(
    values: NDArray,
    edges: NDArray,
    marks: Mapping[str, float],
    *,
    xlabel: str,
    title: str = "The middle of two answers is neither",
) -> Picture:
    """The share of ``values`` in each bin between ``edges``, and ``marks`` {name: position}."""
    counts, _ = np.histogram(values, edges)
    shares = counts / len(values)
    figure, axes = picture(size=(6.4, 3.4))
    axes.bar(edges[:-1], shares, np.diff(edges), align="edge", color=PALE_BLUE, ec=TRUE)
    for look, color, (name, value) in zip(("--", "-"), COLORS[1:], marks.items(), strict=False):
        axes.axvline(value, ls=look, color=color, label=f"{name}: {value:.1f}")
    axes.set(xlabel=xlabel, ylabel="share of samples", title=title)
    axes.legend()
    bins = [
        f"{low:g} to {high:g}: {share:.0%}"
        for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
        if share
    ]
    figure.alt = (
        f"{title}. Shares of {len(values)} samples by {xlabel}: {', '.join(bins)}. Lines at "
        + ", ".join(f"{name} {value:.1f}" for name, value in marks.items())
        + "."
    )
    return figure


@styled
def fitted_lines(x: NDArray, y: NDArray, lines: Mapping[str, ArrayLike], *, title: str) -> Picture:
    """Samples x, y (N,) and straight lines, ``lines`` is {name: (intercept, slope)}."""
    figure, axes = picture(size=(6.4, 3.6))
    axes.plot(x, y, "o", color="black", ms=4, label="samples")
    ends = np.array([x.min(), x.max()])
    looks = ("-", "--", "-.")
    story = []
    for look, color, (name, pair) in zip(looks, COLORS, lines.items(), strict=False):
        intercept, slope = np.asarray(pair)
        axes.plot(ends, intercept + slope * ends, look, color=color, label=name)
        story.append(f"{name}: {intercept:.3f} + {slope:.3f} x")
    axes.set(xlabel="x", ylabel="y", title=title)
    axes.legend()
    figure.alt = f"{title}. {len(x)} samples and the lines {', '.join(story)}."
    return figure
