"""Figures of lecture 05: steps down a cost, and a computation graph whose inputs move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.controls import Explorer, choice_slider, integer_slider, slider
from course_lib.viz.diagrams import Steps, computation_graph
from course_lib.viz.picture import BLUE, COLORS, GRAY, ORANGE, Picture, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.experiments.one_neuron import OneNeuron

WEIGHTS, BIASES = (-4, 10), (-9, 5)  # the part of the cost's surface that is drawn


@styled
def descent_on_curve(
    cost: Callable[[NDArray], NDArray],
    paths: Mapping[str, ArrayLike],
    *,
    xlabel: str,
    limits: tuple[float, float],
    ylim: tuple[float, float] | None = None,
    title: str = "Every step goes downhill",
) -> Picture:
    """A cost of one number, a panel for each path {name: positions}, the steps drawn on it.

    cost: function of an array of positions.
    """
    size = 2.5 * len(paths) + 0.6, 3.2
    figure, grid = picture(1, len(paths), size=size, squeeze=False, sharey=True)
    x = np.linspace(*limits, 300)
    story = []
    for axes, (name, positions) in zip(grid.flat, paths.items(), strict=True):
        path = np.asarray(positions, float)
        costs = cost(path)
        axes.plot(x, cost(x), color=GRAY)
        axes.plot(path, costs, "-o", color=BLUE, ms=4, lw=1)
        axes.plot(path[0], costs[0], "s", color=ORANGE, ms=8, label="start")
        axes.set(title=name, xlabel=xlabel, xlim=limits, ylim=ylim)
        story.append(f"{name}: cost from {costs[0]:.3g} to {costs[-1]:.3g}")
    grid.flat[0].set_ylabel("cost")
    grid.flat[0].legend(loc="upper left")
    figure.alt = f"{title}. Steps on a curve of cost over {xlabel}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def descent_of_neuron(
    neuron: OneNeuron, path: NDArray, *, title: str = "Downhill on the surface, closer to the data"
) -> Picture:
    """Left: the path (T, 2) on the cost over weight and bias. Right: the neuron at its end."""
    figure, (left, right) = picture(1, 2, size=(9.0, 3.9), width_ratios=[1.25, 1])
    w, b = np.meshgrid(np.linspace(*WEIGHTS, 121), np.linspace(*BIASES, 121))
    shades = left.contourf(w, b, neuron.cost(w, b), 16, cmap="Blues_r")
    left.plot(*path.T, "-o", color=ORANGE, ms=3, lw=1)
    left.plot(*path[0], "s", color="white", mec="black", ms=8, label="start")
    left.plot(*path[-1], "*", color=COLORS[4], mec="black", ms=14, label="now")
    left.set(xlabel="weight w", ylabel="bias b", xlim=WEIGHTS, ylim=BIASES)
    first, last = neuron.cost(*path[[0, -1]].T)
    left.set_title(f"after {len(path) - 1} steps: cost {last:.4f}")
    left.grid(False)
    left.legend(loc="upper right", frameon=True)
    figure.colorbar(shades, ax=left, label="cost", ticks=MaxNLocator(6))
    x = np.linspace(neuron.x.min() - 1, neuron.x.max() + 1, 200)
    for weights, look, name in ((path[0], "--", "at the start"), (path[-1], "-", "now")):
        right.plot(x, neuron.output(weights[0], weights[1], x), look, label=name)
    right.plot(neuron.x, neuron.y, "ok", ms=6, label="samples")
    right.set(xlabel="input x", ylabel="output", ylim=(-0.08, 1.08), title="the neuron")
    right.legend(loc="center right", frameon=True)
    figure.alt = (
        f"{title}. The cost over weight and bias, with a path of {len(path) - 1} steps from "
        f"({path[0][0]:.2f}, {path[0][1]:.2f}), cost {first:.4f}, to "
        f"({path[-1][0]:.2f}, {path[-1][1]:.2f}), cost {last:.4f}; beside it the neuron's "
        f"output over its input at both ends, with {len(neuron.x)} samples."
    )
    return headline(figure, title)


def descent_by_hand(
    neuron: OneNeuron,
    start: tuple[float, float],
    *,
    rates: tuple[float, ...] = (0.1, 0.3, 1, 3, 10, 30, 100),
    steps: int = 60,
) -> Explorer:
    """Gradient descent on one neuron, step by step: choose the rate, then walk."""

    def draw(rate: float, step: int) -> Picture:
        path = neuron.descend(start, rate, step)
        return descent_of_neuron(neuron, path, title=f"Learning rate {rate:g}")

    return Explorer(
        draw,
        rate=choice_slider("learning rate", rates[len(rates) // 2], rates),
        step=integer_slider("step", 10, 0, steps),
    )


def graph_by_hand(
    evaluate: Callable[[Mapping[str, float], Steps], tuple[Mapping, Mapping]],
    inputs: Mapping[str, float],
    steps: Steps,
    *,
    title: str,
) -> Explorer:
    """A computation graph whose inputs are on sliders: its values and gradients follow.

    evaluate: function of inputs and steps that returns the values and the gradients of all names.
    """

    def draw(**moved: float) -> Picture:
        return computation_graph(moved, steps, *evaluate(moved, steps), title=title)

    return Explorer(
        draw, **{name: slider(name, value, -5, 5, 0.5) for name, value in inputs.items()}
    )
