"""Figures of lecture 02: a sum over the plane, a line moved by hand, mistakes, the Mark I."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.boundaries import decision_boundary
from course_lib.viz.charts import lines
from course_lib.viz.controls import Explorer, slider
from course_lib.viz.picture import (
    BLUE_ORANGE,
    Picture,
    frame,
    headline,
    picture,
    styled,
)

REACH = 3  # of both axes, to either side of zero


@styled
def weighted_sum(
    w: ArrayLike, b: float, points: ArrayLike, *, title: str = "The sum is a slope"
) -> Picture:
    """The sum z = x @ w + b over the plane, its line z = 0, and its value at ``points`` (N, 2).

    The arrow is w (2,): it stands square on the line and points to where z grows.
    """
    w, points = np.asarray(w, float), np.asarray(points, float)
    figure, axes = picture(size=(5.8, 4.4))
    x1, x2 = np.meshgrid(*[np.linspace(-REACH, REACH, 200)] * 2)
    z = w[0] * x1 + w[1] * x2 + b
    top = np.abs(z).max()
    shades = axes.contourf(x1, x2, z, np.linspace(-top, top, 21), cmap=BLUE_ORANGE.reversed())
    axes.contour(x1, x2, z, [0], colors="black")
    foot = -b * w / (w @ w)  # the point of the line that is nearest to the origin
    axes.annotate("", foot + w / np.linalg.norm(w), foot, arrowprops={"width": 1.5, "color": "k"})
    axes.plot(*points.T, "ok")
    sums = points @ w + b
    for point, value in zip(points, sums, strict=True):
        axes.annotate(f" {value:+g}", point, xytext=(4, 4), textcoords="offset points")
    limits = (-REACH, REACH)
    axes.set(xlabel="x1", ylabel="x2", title=title, aspect="equal", xlim=limits, ylim=limits)
    axes.grid(False)
    figure.colorbar(shades, ax=axes, label="weighted sum z", ticks=MaxNLocator(7))
    values = ", ".join(f"{v:+g} at ({p[0]:g}, {p[1]:g})" for p, v in zip(points, sums, strict=True))
    figure.alt = (
        f"{title}. The plane is shaded by z = {w[0]:g} x1 {w[1]:+g} x2 {b:+g}; a straight line "
        f"marks z = 0 and an arrow along the weights points to where z grows. z is {values}."
    )
    return figure


def perceptron_by_hand(
    perceptron: Callable[[NDArray, NDArray, float], NDArray],
    X: ArrayLike,
    y: ArrayLike,
    *,
    w: tuple[float, float],
    b: float,
    title: str = "By hand",
    **names: Any,
) -> Explorer:
    """Weights and bias of a perceptron on sliders, over the samples X (N, 2) with labels y.

    perceptron: function of samples, weights and bias that decides. The title counts the samples on
    the wrong side. names: as in ``decision_boundary``.
    """
    X, y = np.asarray(X), np.asarray(y)

    def draw(w1: float, w2: float, b: float) -> Picture:
        def decide(x: NDArray) -> NDArray:
            return perceptron(x, np.array([w1, w2]), b)

        shown = f"{title}: {np.sum(decide(X) != y)} of {len(y)} on the wrong side"
        return decision_boundary(decide, X, y, title=shown, **names)

    return Explorer(
        draw,
        w1=slider("w1", w[0], -3, 3, 0.1),
        w2=slider("w2", w[1], -3, 3, 0.1),
        b=slider("b", b, -3, 3, 0.1),
    )


def mistakes_per_epoch(
    runs: Mapping[str, Sequence[int]],
    *,
    title: str = "The mistakes become fewer, then there are none",
) -> Picture:
    """How many samples the learning rule got wrong in each epoch: ``runs`` is {name: counts}."""
    longest, most = (max(f(counts) for counts in runs.values()) for f in (len, max))
    return lines(
        {name: (np.arange(1, len(counts) + 1), counts) for name, counts in runs.items()},
        xlabel="epoch",
        ylabel="mistakes",
        title=title,
        xscale="log" if longest > 100 else "linear",
        ylim=(-0.03 * most, 1.5 * most) if longest > 100 else None,  # room for the legend
    )


@styled
def mark_one(cells: NDArray, units: NDArray, w: NDArray, b: float, *, answer: str) -> Picture:
    """The three layers of the Mark I: photocells (H, W), association units (h, w), and weights.

    cells, units: 1 where there is light or where a unit is on. w (h, w), b: of one response unit.
    """
    total = float((units * w).sum() + b)
    figure, grid = picture(1, 3, size=(9.4, 2.6), width_ratios=(1, 2, 2.2))
    for axes, image in zip(grid, (cells, units), strict=False):
        axes.imshow(image, cmap="gray_r", vmin=0, vmax=1)
    limit = np.abs(w).max()
    shown = grid[2].imshow(w, cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
    titles = (
        f"{cells.size} photocells",
        f"{units.size} association units, {units.sum():.0f} on",
        f"{w.size} weights of a response unit",
    )
    for axes, name in zip(grid, titles, strict=True):
        frame(axes)
        axes.set_title(name)
    figure.colorbar(shown, ax=grid[2], shrink=0.5)
    title = f"Wires that nobody chose, weights that learn: the sum is {total:+.0f}, so {answer}"
    figure.alt = (
        f"{title}. A picture on {cells.shape[0]} by {cells.shape[1]} photocells; {units.sum():.0f} "
        f"of {units.size} association units are on; the weights of the response unit, from "
        f"{w.min():.0f} to {w.max():.0f}, have no order that the eye could see."
    )
    return headline(figure, title)
