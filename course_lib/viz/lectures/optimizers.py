"""Figures of lecture 07: paths of optimizers on a surface, the gradient's noise, planes of loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap, LogNorm
from matplotlib.ticker import NullLocator
from numpy.typing import NDArray

from course_lib.viz import charts
from course_lib.viz.charts import whole_numbers
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

if TYPE_CHECKING:
    from course_lib.experiments.surfaces import Surface

HEIGHTS = LinearSegmentedColormap.from_list("heights", ["#ffffff", "#a0a0a0"])

Paths = Mapping[str, NDArray]

# Each rule keeps its look in all figures of the lecture, that of the live race. Nobody gets the
# yellow, which is too pale on gray, nor the star, which marks minima.
RULES = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSprop", "Adam", "", "Adadelta")


def _look(name: str, index: int) -> dict[str, Any]:
    """Color, line and marker of a rule, or of the path at ``index`` where the name is no rule's."""
    k = RULES.index(name) if name in RULES else index
    return dict(color=COLORS[k], ls=LINES[k % 4], marker=MARKERS[k % 7])


def lines_of_rules(curves: charts.Curves, **options: Any) -> Picture:
    """``charts.lines`` with curves {rule: (x, y)}, each in the look of its rule."""
    figure = charts.lines(curves, **options)
    axes = figure.axes[0]
    for line, name in zip(axes.lines, curves, strict=True):
        line.set(**_look(name, 0) | {"marker": ""})
    axes.legend(frameon=False)
    return figure


@styled
def landscape(surface: Surface, paths: Paths, *, title: str) -> Picture:
    """Paths {name: (steps + 1, 2)} over the surface, and their losses step by step."""
    figure, (left, right) = picture(1, 2, size=(9.2, 3.9), width_ratios=[1.35, 1])
    story = _draw_paths(left, surface, paths)
    for index, (name, path) in enumerate(paths.items()):
        right.plot(surface.loss(*path.T), **_look(name, index) | {"marker": ""}, label=name)
    left.set(ylabel="weight w2")
    right.set(xlabel="step", ylabel="loss")
    start = surface.loss(*surface.start)
    low = min(surface.loss(*lowest) for lowest in surface.lowest)
    # a path that runs away would flatten all others
    right.set_ylim(low - 0.05 * (start - low), low + 1.6 * (start - low))
    whole_numbers(right)
    return _finish(figure, left, title, f"{surface.name}: {story}")


@styled
def landscapes(runs: Mapping[Surface, Paths], *, title: str) -> Picture:
    """The same rules on several surfaces: ``runs`` is {surface: {name: path}}."""
    figure, grid = picture(1, len(runs), size=(3.2 * len(runs), 3.7), squeeze=False)
    story = []
    for axes, (surface, paths) in zip(grid.flat, runs.items(), strict=True):
        story.append(f"{surface.name}: {_draw_paths(axes, surface, paths)}")
        steps = max(len(path) for path in paths.values()) - 1
        axes.set_title(f"{surface.name}, {steps} steps")
    grid.flat[0].set_ylabel("weight w2")
    return _finish(figure, grid.flat[0], title, " ".join(story))


def _draw_paths(axes: Axes, surface: Surface, paths: Paths) -> str:
    """One surface with its paths; returns in words where they end."""
    w1, w2 = np.meshgrid(*(np.linspace(low, high, 201) for low, high in surface.limits))
    loss = surface.loss(w1, w2)
    levels = np.quantile(loss, np.linspace(0, 1, 13))  # bands of equal area
    axes.contourf(w1, w2, loss, levels, cmap=HEIGHTS, norm=BoundaryNorm(levels, 256))
    axes.plot(*np.transpose(surface.lowest), "*", ms=13, mfc="white", mec="black", label="minimum")
    story = []
    for index, (name, path) in enumerate(paths.items()):
        look, end = _look(name, index), path[-1]
        axes.plot(*path.T, **look, lw=1.6, label=name, markevery=[-1], ms=9, mec="white")
        if len(path) < 100:
            axes.plot(*path.T, ".", color=look["color"], ms=4)
        away = " (it runs away)" if surface.is_gone(end) else ""
        story.append(
            f"{name} goes in {len(path) - 1} steps from a loss of {surface.loss(*path[0]):.3g} "
            f"to {surface.loss(*end):.2g}{away}"
        )
    axes.plot(*path[0], "s", color="black", ms=6, mec="white", label="start")
    axes.set(xlim=surface.limits[0], ylim=surface.limits[1], xlabel="weight w1")
    axes.grid(False)
    return "; ".join(story) + "."


def _finish(figure: Picture, axes: Axes, title: str, story: str) -> Picture:
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=6)
    figure.alt = f"{title}. Paths of optimizers over contour lines of the loss. {story}"
    return headline(figure, title)


@styled
def gradient_noise(
    sizes: Sequence[int], measured: Sequence[float], predicted: Sequence[float], *, title: str
) -> Picture:
    """The standard error of the mini-batch gradient at each size, beside what theory says."""
    figure, axes = picture(size=(6.0, 3.6))
    axes.loglog(sizes, predicted, "--", color=ORANGE, label=r"predicted, $\sigma / \sqrt{m}$")
    axes.loglog(sizes, measured, "o", color=BLUE, label="measured")
    axes.set(xlabel="mini-batch size m", ylabel="standard error", title=title, xticks=sizes)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.legend()
    pairs = zip(sizes, measured, predicted, strict=True)
    figure.alt = f"{title}. Standard error of the gradient, both axes logarithmic. " + ", ".join(
        f"{m} pictures: measured {got:.2f}, predicted {expected:.2f}" for m, got, expected in pairs
    )
    return figure


@styled
def planes_of_loss(
    planes: Mapping[str, NDArray], distances: NDArray, level: float, *, title: str
) -> Picture:
    """The loss around trained networks, {name: (n, n)}, over the distances along two directions.

    level: the loss at the black line.
    """
    figure, panels = picture(1, len(planes), size=(3.1 * len(planes) + 0.6, 3.5), squeeze=False)
    steps = np.geomspace(0.1, 100, 13)
    story = []
    for axes, (name, losses) in zip(panels.flat, planes.items(), strict=True):
        shades = axes.contourf(
            distances, distances, losses, steps, norm=LogNorm(), cmap=HEIGHTS, extend="both"
        )
        axes.contour(distances, distances, losses, [level], colors="black", linewidths=1.5)
        axes.plot(0, 0, "*", ms=13, mfc="white", mec="black")
        axes.set(title=name, xlabel="distance along u", aspect="equal")
        axes.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
        axes.grid(False)
        story.append(f"{name}: {(losses < level).mean():.1%} of the plane")
    panels.flat[0].set_ylabel("distance along v")
    bar = figure.colorbar(shades, ax=panels, label="loss", ticks=[0.1, 1, 10, 100])
    bar.ax.yaxis.set_major_formatter("{x:g}")
    bar.ax.minorticks_off()
    figure.alt = (
        f"{title}. Contour lines of the loss around a trained network, along two random "
        f"directions. Inside the black line, where the loss is below {level:.1f}: "
        + ", ".join(story)
        + "."
    )
    return headline(figure, title)


@styled
def momentum_factors(
    factors: NDArray, steps: NDArray, shares: NDArray, marks: Mapping[str, tuple], *, title: str
) -> Picture:
    """How much of the error a step leaves, (shares, steps), over eta lambda and momentum.

    marks: {name: (values of eta lambda, momentum)}, points on one line.
    """
    figure, axes = picture(size=(7.0, 4.0))
    levels = np.linspace(0, 1, 11)
    colored = axes.contourf(steps, shares, factors, levels, cmap="Blues_r")
    axes.contour(steps, shares, factors, [1.0], colors="black", linewidths=1.5)
    rest = steps[steps <= 1]
    axes.plot(rest, (1 - np.sqrt(rest)) ** 2, "--", color=ORANGE, label="swings above this line")
    for index, (name, (values, share)) in enumerate(marks.items()):
        look: dict[str, Any] = dict(marker=MARKERS[index], ms=8, mfc="white", mec="black", zorder=3)
        axes.plot(
            values, [share] * len(values), ":", color="black", label=name, clip_on=False, **look
        )
    axes.text(3.0, 0.12, "diverges", ha="center")
    axes.set(xlabel=r"rate times curvature, $\eta\lambda$", ylabel=r"momentum $\mu$")
    axes.set(title=title, xlim=(0, 4), ylim=(0, shares[-1]))
    axes.grid(False)
    figure.colorbar(colored, ax=axes, label="factor per step", ticks=levels[::2])
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.alt = (
        f"{title}. The factor by which each step multiplies the error, over rate times curvature "
        "and momentum. At momentum 0 it is |1 - eta lambda|; the black line, beyond which a walk "
        "diverges, is at 2(1 + mu). Above a falling dashed line the walk swings; in the band that "
        "begins there the factor is the root of mu. "
        + " ".join(
            f"{name}: momentum {share:.2f}, at {' and '.join(f'{v:.3f}' for v in values)}."
            for name, (values, share) in marks.items()
        )
    )
    return figure
