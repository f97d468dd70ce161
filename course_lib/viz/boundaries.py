"""Samples with two features over the regions that a classifier decides on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.picture import COLORS, MARKERS, Picture, headline, picture, styled

PALE = LinearSegmentedColormap.from_list("pale", ["#7db4d8", "#ffffff", "#eaae80"])  # 0 to 1

Predict = Callable[[NDArray], ArrayLike]
Limits = tuple[tuple[float, float], tuple[float, float]] | NDArray


def decision_boundary(
    predict: Predict,
    X: ArrayLike,
    y: ArrayLike,
    *,
    title: str = "Each region is one decision",
    **names: Any,
) -> Picture:
    """Samples X (N, 2) with labels y over the regions that ``predict`` gives to each class.

    predict: function of points (M, 2) that returns their classes (M,), as 0, 1, ...
    names: ``classes`` and ``features``, what the labels and the two columns of X are called, and
    ``limits``, ((x1 low, x1 high), (x2 low, x2 high)), the data's own if left out.
    """
    return decision_boundaries({title: predict}, X, y, **names)


@styled
def decision_boundaries(
    panels: Mapping[str, Predict],
    X: ArrayLike,
    y: ArrayLike,
    *,
    classes: Sequence[str] = ("0", "1"),
    features: Sequence[str] = ("x1", "x2"),
    limits: Limits | None = None,
    title: str = "",
    columns: int | None = None,
) -> Picture:
    """One ``decision_boundary`` beside the other: ``panels`` is {title: predict}.

    columns: panels in a row; all in one row if None.
    """
    X, y = np.asarray(X), np.asarray(y)
    columns = len(panels) if columns is None else columns
    rows = -(-len(panels) // columns)
    wide = 5.6 if len(panels) == 1 else 3.1
    high = 4.0 if title or len(panels) == 1 else 3.6
    size = wide * columns, high if rows == 1 else 2.5 * rows + 0.9
    figure, grid = picture(rows, columns, size=size, squeeze=False, sharex=True, sharey=True)
    limits = around(X) if limits is None else limits
    story = []
    for axes in grid.flat[len(panels) :]:
        axes.axis("off")
    for axes, (name, predict) in zip(grid.flat, panels.items(), strict=False):
        wrong = regions(axes, predict, X, y, classes, limits)
        axes.set_title(name)
        story.append(f"{name}: {wrong} of {len(y)} samples lie in another class's region")
    for axes in grid[-1]:
        axes.set_xlabel(features[0])
    for axes in grid[:, 0]:
        axes.set_ylabel(features[1])
    entries = max((axes.get_legend_handles_labels() for axes in grid.flat), key=lambda e: len(e[1]))
    figure.legend(*entries, loc="outside lower center", ncols=4)
    if title:
        headline(figure, title)
    figure.alt = (
        f"{title + '. ' if title else ''}Samples by {features[0]} and {features[1]}, "
        f"classes {', '.join(classes)}, over the regions decided for each. {'. '.join(story)}."
    )
    return figure


@styled
def certainty(
    panels: Mapping[str, Callable[[NDArray], NDArray]],
    X: NDArray,
    y: NDArray,
    *,
    classes: Sequence[str],
    features: Sequence[str],
    title: str,
) -> Picture:
    """How sure a neuron is, over the plane: ``panels`` is {name: function of points (M, 2) to p}.

    p (M,) is the probability of class 1. The samples X (N, 2) with labels y lie above it.
    """
    size = 2.6 * len(panels) + 0.8, 3.8
    figure, grid = picture(1, len(panels), size=size, squeeze=False, sharex=True, sharey=True)
    limits = around(X)
    x1, x2 = np.meshgrid(*(np.linspace(low, high, 200) for low, high in limits))
    points = np.stack([x1.ravel(), x2.ravel()], axis=1)
    story = []
    for axes, (name, says) in zip(grid.flat, panels.items(), strict=True):
        p = says(points).reshape(x1.shape)
        shades = axes.contourf(x1, x2, p, np.linspace(0, 1, 21), cmap=PALE)
        axes.contour(x1, x2, p, [0.5], colors="black", linewidths=1)
        for k, label in enumerate(classes):
            look = dict(color=COLORS[k], ms=5, mec="white", mew=0.6, label=label)
            axes.plot(*X[y == k].T, MARKERS[k], **look)
        axes.set(title=name, xlabel=features[0], xlim=limits[0], ylim=limits[1])
        axes.grid(False)
        unsure = np.mean(np.abs(says(X) - 0.5) < 0.4)
        story.append(f"{name}: {unsure:.0%} of the samples have a p between 0.1 and 0.9")
    grid[0, 0].set_ylabel(features[1])
    figure.colorbar(shades, ax=grid, label=f"p, probability of {classes[1]}", ticks=[0, 0.5, 1])
    figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


def around(X: NDArray, margin: float = 0.08) -> NDArray:
    """The range of each column of X (N, 2), with some air."""
    low, high = X.min(axis=0), X.max(axis=0)
    air = margin * np.where(high > low, high - low, 1)
    return np.stack([low - air, high + air], axis=1)


def regions(
    axes: Axes,
    predict: Predict,
    X: NDArray,
    y: NDArray,
    classes: Sequence[str],
    limits: Limits,
    steps: int = 400,
) -> int:
    """Draw one panel of ``decision_boundaries``; ``steps`` points along each axis are predicted.

    Returns how many samples lie in the region of another class.
    """
    x1, x2 = np.meshgrid(*(np.linspace(low, high, steps) for low, high in limits))
    region = np.reshape(predict(np.stack([x1.ravel(), x2.ravel()], axis=1)), x1.shape)
    levels = np.arange(len(classes) + 1) - 0.5
    axes.contourf(x1, x2, region, levels, colors=COLORS[: len(classes)], alpha=0.18)
    if np.ptp(region) > 0:
        axes.contour(x1, x2, region, levels[1:-1], colors="black", linewidths=1)
    for k, name in enumerate(classes):
        x = X[y == k]
        axes.plot(*x.T, MARKERS[k], color=COLORS[k], ms=5, mec="white", mew=0.6, label=name)
    wrong = np.asarray(predict(X)) != y
    if wrong.any():
        axes.plot(*X[wrong].T, "o", ms=10, mfc="none", mec="black", label="wrong side")
    axes.set(xlim=limits[0], ylim=limits[1])
    axes.grid(False)
    return int(wrong.sum())
