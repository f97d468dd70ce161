"""Figures of lecture 08: signals and gradients between the layers of a deep network."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.charts import running_mean
from course_lib.viz.controls import Explorer, choice, power_slider, switch
from course_lib.viz.picture import BLUE, Picture, headline, picture, styled

SMOOTH = 10  # steps, whose mean is drawn of each gradient norm

Activation = Callable[[NDArray], NDArray]


@styled
def gradient_history(runs: Mapping[str, ArrayLike], *, title: str) -> Picture:
    """Gradient norms of every layer during training, one panel per run: {name: (steps, L)}.

    The first layer is drawn darkest.
    """
    size = 4.4 * len(runs), 3.7
    figure, grid = picture(1, len(runs), size=size, squeeze=False, sharey=True)
    story = []
    for axes, (name, run) in zip(grid.flat, runs.items(), strict=True):
        norms = np.asarray(run)
        shades = mpl.colormaps["viridis"](np.linspace(0, 0.85, norms.shape[1]))
        ends = []
        for layer, (values, shade) in enumerate(zip(norms.T, shades, strict=True), 1):
            mean = running_mean(values, SMOOTH)
            steps = SMOOTH // 2 + np.arange(len(mean))  # a mean stands in the middle of its values
            axes.plot(steps, mean, color=shade, label=f"layer {layer}")
            ends.append(mean[-1])
        for layer, (place, shade) in enumerate(zip(_apart(ends), shades, strict=True), 1):
            axes.text(len(norms), place, f" {layer}", color=shade, va="center", size="small")
        axes.set(xlabel="iteration", yscale="log")
        axes.set_title(name, loc="center", weight="normal")
        ratio = norms[0, -1] / norms[0, 0]
        story.append(f"{name}: at the start the last layer's is {ratio:.1g} times the first's")
    grid.flat[0].set_ylabel("gradient norm")
    handles, names = grid.flat[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=norms.shape[1])
    figure.alt = f"{title}. Gradient norm of each layer over iterations. {'; '.join(story)}."
    return headline(figure, title)


def _apart(values: Sequence[float], ratio: float = 1.25) -> NDArray:
    """The values, moved so that each is at least ``ratio`` times the next smaller one."""
    order = np.argsort(values)
    logs = np.log(np.asarray(values)[order]) / np.log(ratio)
    middle = logs.mean()
    for k in range(1, len(logs)):
        logs[k] = max(logs[k], logs[k - 1] + 1)
    moved = np.empty(len(logs))
    moved[order] = logs - (logs.mean() - middle)  # up and down alike
    return ratio**moved


@styled
def activation_histograms(
    runs: Mapping[str, Sequence[NDArray]],
    *,
    title: str,
    layers: Sequence[int] = (1, 2, 4, 7, 10),
    limits: tuple[float, float] | None = None,
    magnitudes: bool = False,
) -> Picture:
    """What units put out, as histograms: a row for each of ``runs``, {name: [array, ...]}.

    The arrays are the layers' outputs, ``layers`` says which of them to draw, counted from 1.
    limits: (low, high) of all horizontal axes; None lets each follow its data. Zeros are counted
    in words, since a ReLU makes so many that no other bar would be seen. magnitudes: the axis is
    log10 of the outputs' sizes, so that what fades and what explodes fit on one.
    """
    size = 9.2, 1.25 * len(runs) + 1
    figure, grid = picture(len(runs), len(layers), size=size, squeeze=False)
    story = []
    for row, (name, outputs) in zip(grid, runs.items(), strict=True):
        for axes, layer in zip(row, layers, strict=True):
            _histogram(axes, np.ravel(outputs[layer - 1]), limits, magnitudes)
        row[0].set_ylabel(name)
        first, last = (np.std(outputs[k - 1]) for k in (layers[0], layers[-1]))
        story.append(
            f"{name}: standard deviation {first:.1g} in layer {layers[0]}, {last:.1g} "
            f"in layer {layers[-1]}"
        )
    for axes, layer in zip(grid[0], layers, strict=True):
        axes.set_title(f"layer {layer}\n{axes.get_title()}", loc="center", weight="normal")
    for axes in grid[-1]:
        axes.set_xlabel("output, power of 10" if magnitudes else "output")
    figure.alt = f"{title}. Histograms of outputs. {'; '.join(story)}."
    return headline(figure, title)


def _histogram(
    axes: Axes, values: NDArray, limits: tuple[float, float] | None, magnitudes: bool
) -> None:
    zeros = np.mean(values == 0)
    rest = values[values != 0]
    if magnitudes:
        rest = np.log10(np.abs(rest))
    low, high = limits or (_ends(rest) if len(rest) else (-1, 1))
    axes.stairs(*np.histogram(rest, 40, (low, high)), fill=True, color=BLUE)
    words = f"std {np.std(values):.2g}" + (f", {zeros:.0%} zero" if zeros > 0.01 else "")
    axes.set_title(words, loc="center", weight="normal", size="small")
    axes.set(yticks=[], xlim=(low, high))
    axes.set_xticks([low, high] if limits is None else [low, (low + high) / 2, high])
    axes.set_xticklabels([f"{tick:.2g}" for tick in axes.get_xticks()], size="small")
    axes.grid(False)


def _ends(values: NDArray) -> tuple[float, float]:
    """Where nearly all the values lie; from zero on, if none is negative."""
    high = np.quantile(np.abs(values), 0.995)
    return (0 if values.min() >= 0 else -high), high


def explore_initialization(
    signals: Callable[[Activation, float, bool], Sequence[NDArray]],
    activations: Mapping[str, Activation],
    *,
    scale: float,
) -> Explorer:
    """Scale of the weights, activation and batch normalization, against the outputs per layer.

    signals: function of (activation, scale, normalize) that returns the ten layers' outputs;
    activations: {name: function}.
    """

    def draw(scale: float, activation: str, normalize: bool) -> Picture:
        outputs = signals(activations[activation], scale, normalize)
        ratio = np.std(outputs[-1]) / (np.std(outputs[0]) or 1)
        return activation_histograms(
            {activation: outputs},
            title=f"Weights of standard deviation {scale:.2g}: "
            f"from layer 1 to 10 that of the outputs becomes {ratio:.1g} times as large",
        )

    return Explorer(
        draw,
        scale=power_slider("scale of the weights", scale, -3, 0.5, 0.05, live=False),
        activation=choice("activation", list(activations)),
        normalize=switch("batch normalisation"),
    )
