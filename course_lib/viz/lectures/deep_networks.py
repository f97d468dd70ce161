"""Figures of what happens between the layers of a deep network: signals, gradients, noise."""

import ipywidgets
import matplotlib as mpl
import numpy as np

from course_lib.viz.charts import COLOURS, MARKERS, headline, picture, styled
from course_lib.viz.controls import LOOK, Explorer

LOOKS = ["-", "--", "-.", ":"]


@styled
def noisy_curves(curves, *, smooth=1, xlabel="iteration", ylabel, title, ylim=None, percent=False):
    """Curves {name: (x, y)} as they are, pale, and their mean over the last ``smooth`` values.

    The text alternative says in which order the curves end (their last tenths).
    """
    figure, axes = picture("", size=(7.0, 3.8))
    ends = {}
    for place, (name, (x, y)) in enumerate(curves.items()):
        x, y = np.asarray(x), np.asarray(y, float)
        if smooth > 1:
            axes.plot(x, y, color=COLOURS[place], alpha=0.25, lw=0.8)
        mean = running_mean(y, smooth)
        look = LOOKS[place % len(LOOKS)]
        axes.plot(x[len(x) - len(mean) :], mean, look, color=COLOURS[place], lw=1.8, label=name)
        ends[name] = y[-max(1, len(y) // 10) :].mean()
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, ylim=ylim)
    if percent:
        axes.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(1))
    axes.legend()
    order = ", ".join(sorted(ends, key=ends.get, reverse=True))
    figure.alt = f"{title}. {ylabel} over {xlabel}; at the end, from high to low: {order}."
    return figure


def running_mean(y, count):
    """Means of ``count`` neighbours in y (N,): (N - count + 1,)."""
    return np.convolve(y, np.full(count, 1 / count), mode="valid")


@styled
def per_layer(runs, *, ylabel, title, number=".1g"):
    """One value per layer, on a logarithmic axis: ``runs`` is {name: (L,)}.

    number: how the text alternative gives the first and the last layer's value.
    """
    figure, axes = picture("", size=(6.4, 3.8))
    story = []
    for place, (name, values) in enumerate(runs.items()):
        layers = np.arange(1, len(values) + 1)
        look = MARKERS[place] + LOOKS[place % len(LOOKS)]
        axes.plot(layers, values, look, color=COLOURS[place], label=name)
        story.append(f"{name} from {values[0]:{number}} to {values[-1]:{number}}")
    axes.set(xlabel="layer", ylabel=ylabel, title=title, yscale="log")
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    axes.legend()
    figure.alt = f"{title}. {ylabel} of the first and the last layer: {'; '.join(story)}."
    return figure


@styled
def gradient_history(runs, *, smooth=10, title):
    """Gradient norms of every layer during training, one panel per run: {name: (steps, L)}.

    The first layer is drawn darkest.
    """
    figure, grid = picture(
        "", 1, len(runs), size=(4.4 * len(runs), 3.7), squeeze=False, sharey=True
    )
    story = []
    for axes, (name, norms) in zip(grid.flat, runs.items(), strict=True):
        norms = np.asarray(norms)
        shades = mpl.colormaps["viridis"](np.linspace(0, 0.85, norms.shape[1]))
        for layer, (values, shade) in enumerate(zip(norms.T, shades, strict=True), 1):
            mean = running_mean(values, smooth)
            steps = np.arange(smooth, len(values) + 1)
            axes.plot(steps, mean, color=shade, label=f"layer {layer}")
            axes.text(steps[-1], mean[-1], f" {layer}", color=shade, va="center", size="small")
        axes.set(xlabel="iteration", yscale="log")
        axes.set_title(name, loc="center", weight="normal")
        ratio = norms[0, -1] / norms[0, 0]
        story.append(f"{name}: at the start the last layer's is {ratio:.1g} times the first's")
    grid.flat[0].set_ylabel("gradient norm")
    handles, names = grid.flat[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=norms.shape[1])
    figure.alt = f"{title}. Gradient norm of each layer over iterations. {'; '.join(story)}."
    return headline(figure, title)


@styled
def activation_histograms(runs, *, title, layers=(1, 2, 4, 7, 10), limits=None):
    """What units put out, as histograms: a row for each of ``runs``, {name: [array, ...]}.

    The arrays are the layers' outputs, ``layers`` says which of them to draw, counted from 1.
    limits: (low, high) of all horizontal axes; None lets each follow its data. Zeros are counted
    in words, since a ReLU makes so many that no other bar would be seen.
    """
    figure, grid = picture(
        "", len(runs), len(layers), size=(9.2, 1.75 * len(runs) + 0.5), squeeze=False
    )
    story = []
    for row, (name, outputs) in zip(grid, runs.items(), strict=True):
        for axes, layer in zip(row, layers, strict=True):
            _histogram(axes, np.ravel(outputs[layer - 1]), limits)
        row[0].set_ylabel(name)
        first, last = (np.std(outputs[k - 1]) for k in (layers[0], layers[-1]))
        story.append(f"{name}: standard deviation {first:.1g} in layer {layers[0]}, {last:.1g} ")
        story[-1] += f"in layer {layers[-1]}"
    for axes, layer in zip(grid[0], layers, strict=True):
        axes.set_title(f"layer {layer}\n{axes.get_title()}", loc="center", weight="normal")
    for axes in grid[-1]:
        axes.set_xlabel("output")
    figure.alt = f"{title}. Histograms of outputs. {'; '.join(story)}."
    return headline(figure, title)


def _histogram(axes, values, limits):
    zeros = np.mean(values == 0)
    rest = values[values != 0]
    low, high = limits or (_ends(rest) if len(rest) else (-1, 1))
    axes.hist(rest, bins=40, range=(low, high), color=COLOURS[0])
    words = f"std {np.std(values):.2g}" + (f", {zeros:.0%} zero" if zeros > 0.01 else "")
    axes.set_title(words, loc="center", weight="normal", size="small")
    axes.set(yticks=[], xlim=(low, high))
    axes.set_xticks([low, high] if limits is None else [low, (low + high) / 2, high])
    axes.set_xticklabels([f"{tick:.1g}" for tick in axes.get_xticks()], size="small")
    axes.grid(False)


def _ends(values):
    """Where nearly all the values lie; from zero on, if none is negative."""
    high = np.quantile(np.abs(values), 0.995)
    return (0 if values.min() >= 0 else -high), high


def explore_initialization(signals, activations, *, scale=0.01):
    """Scale of the weights, activation and batch normalisation, against the outputs per layer.

    signals: function of (activation, scale, normalise) that returns the ten layers' outputs;
    activations: {name: function}.
    """

    def draw(scale, activation, normalise):
        outputs = signals(activations[activation], scale, normalise)
        ratio = np.std(outputs[-1]) / (np.std(outputs[0]) or 1)
        return activation_histograms(
            {activation: outputs},
            title=f"Weights of standard deviation {scale:.2g}: "
            f"from layer 1 to 10 the outputs' becomes {ratio:.1g} times as large",
        )

    return Explorer(
        draw,
        scale=ipywidgets.FloatLogSlider(
            value=scale,
            min=-3,
            max=0.5,
            step=0.05,
            description="scale of the weights",
            readout_format=".3f",
            continuous_update=False,
            **LOOK | {"layout": {"width": "32em"}},
        ),
        activation=ipywidgets.Dropdown(options=list(activations), description="activation"),
        normalise=ipywidgets.Checkbox(value=False, description="batch normalisation"),
    )
