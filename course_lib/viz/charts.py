"""Charts that several lectures share: curves over an axis, values of layers, counts of mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.picture import (
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
    from course_lib.training import History

MISTAKES = LinearSegmentedColormap.from_list("mistakes", ["#ffffff", ORANGE])

Curves = Mapping[str, tuple[ArrayLike, ArrayLike]]


def whole_numbers(axes: Axes) -> None:
    """Ticks of the horizontal axis at whole numbers alone."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


@styled
def lines(
    curves: Curves,
    *,
    xlabel: str,
    ylabel: str,
    title: str,
    xscale: str = "linear",
    yscale: str = "linear",
    ylim: tuple[float, float] | None = None,
) -> Picture:
    """Curves over a common axis: ``curves`` is {name: (x, y)}."""
    figure, axes = picture(size=(6.0, 3.6))
    drawn = {name: (np.asarray(x), np.asarray(y)) for name, (x, y) in curves.items()}
    for index, (name, (x, y)) in enumerate(drawn.items()):
        axes.plot(x, y, LINES[index % len(LINES)], label=name)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, xscale=xscale, yscale=yscale)
    axes.set_ylim(ylim)
    if xscale == "log":
        axes.xaxis.set_major_formatter("{x:g}")
    elif all(x.dtype.kind in "iu" for x, _ in drawn.values()):
        whole_numbers(axes)
    if len(drawn) > 1:
        axes.legend()
    figure.alt = f"{title}. {ylabel} over {xlabel}. " + " ".join(
        f"{name}: from {y[0]:.3g} at {x[0]:.3g} to {y[-1]:.3g} at {x[-1]:.3g}, "
        f"between {min(y):.3g} and {max(y):.3g}."
        for name, (x, y) in drawn.items()
    )
    return figure


@styled
def noisy_curves(
    curves: Curves,
    *,
    smooth: int = 1,
    xlabel: str = "iteration",
    ylabel: str,
    title: str,
    ylim: tuple[float, float] | None = None,
    percent: bool = False,
) -> Picture:
    """Curves {name: (x, y)} as they are, pale, and the mean of ``smooth`` values around each.

    The text alternative says in which order the curves end (their last tenths).
    """
    figure, axes = picture(size=(7.0, 3.8))
    ends = {}
    for index, (name, pair) in enumerate(curves.items()):
        x, y = np.asarray(pair[0]), np.asarray(pair[1], float)
        if smooth > 1:
            axes.plot(x, y, color=COLORS[index], alpha=0.25, lw=0.8)
        mean = running_mean(y, smooth)
        look = LINES[index % len(LINES)]
        first = smooth // 2  # a mean stands in the middle of what it is the mean of
        axes.plot(x[first : first + len(mean)], mean, look, color=COLORS[index], lw=1.8, label=name)
        ends[name] = y[-max(1, len(y) // 10) :].mean()
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, ylim=ylim)
    if percent:
        axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.legend()
    order = ", ".join(sorted(ends, key=lambda name: -ends[name]))
    figure.alt = f"{title}. {ylabel} over {xlabel}; at the end, from high to low: {order}."
    return figure


def running_mean(y: Sequence[float] | NDArray, count: int) -> NDArray:
    """Means of ``count`` neighbors in y (N,): (N - count + 1,)."""
    return np.convolve(np.asarray(y, float), np.full(count, 1 / count), mode="valid")


@styled
def per_layer(runs: Mapping[str, Sequence[float]], *, ylabel: str, title: str) -> Picture:
    """One value per layer, on a logarithmic axis: ``runs`` is {name: (L,)}."""
    figure, axes = picture(size=(6.4, 3.8))
    story = []
    for index, (name, values) in enumerate(runs.items()):
        layers = np.arange(1, len(values) + 1)
        look = MARKERS[index] + LINES[index % len(LINES)]
        axes.plot(layers, values, look, color=COLORS[index], label=name)
        story.append(f"{name} from {values[0]:.3g} to {values[-1]:.3g}")
    axes.set(xlabel="layer", ylabel=ylabel, title=title, yscale="log")
    whole_numbers(axes)
    axes.legend()
    figure.alt = f"{title}. {ylabel} of the first and the last layer: {'; '.join(story)}."
    return figure


@styled
def learning_curve(history: History, *, title: str | None = None) -> Picture:
    """Loss and accuracy of a ``training.History``, epoch by epoch, training beside validation.

    The loss alone where no accuracy was measured, as in a regression. title: what the curves
    should do, if None.
    """
    epochs, both = np.arange(1, len(history.train_loss) + 1), bool(history.train_accuracy)
    # a regression's loss has a unit, so that two decimals may be none
    curves = {"loss": (history.train_loss, history.val_loss, ".2f" if both else ".3g")}
    if both:
        curves["accuracy"] = history.train_accuracy, history.val_accuracy, ".1%"
    if title is None:
        title = "The loss falls, the accuracy rises" if both else "The loss falls"
    figure, row = picture(1, len(curves), size=(4.5 * len(curves), 3.4), squeeze=False)
    story = []
    for axes, (name, (train, val, form)) in zip(row.flat, curves.items(), strict=True):
        axes.plot(epochs, train, label="training")
        if val:
            axes.plot(epochs, val, "--", label="validation")
        axes.set(xlabel="epoch", ylabel=name)
        whole_numbers(axes)
        axes.legend()
        story.append(f"from {train[0]:{form}} to {train[-1]:{form}}")
    figure.alt = (
        f"{'Two curves' if both else 'A curve'} over {len(epochs)} epochs. "
        f"The training loss goes {', the training accuracy '.join(story)}."
    )
    if val:  # of the last panel
        figure.alt += f" The validation {name} ends at {val[-1]:{form}}."
    return headline(figure, title)


@styled
def confusion_matrix(counts: ArrayLike, classes: Sequence[str], *, title: str) -> Picture:
    """Counts (K, K), row = true class, column = answer; the color shows the mistakes alone."""
    counts = np.asarray(counts)
    mistakes = counts * (1 - np.eye(len(counts), dtype=int))
    figure, axes = picture(size=(5.8, 5.0))
    image = axes.imshow(mistakes, cmap=MISTAKES)
    for (true, answer), count in np.ndenumerate(counts):
        color = "#707070" if true == answer else "black"
        axes.text(answer, true, count, ha="center", va="center", color=color, size="small")
    ticks = range(len(counts))
    axes.set(xticks=ticks, yticks=ticks, xticklabels=classes, yticklabels=classes)
    axes.set(xlabel="answer", ylabel="true class", title=title)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    figure.colorbar(image, ax=axes, label="mistakes", shrink=0.8)
    worst = np.argsort(-mistakes, axis=None, kind="stable")[:3]
    pairs = [
        (classes[i], classes[j], mistakes[i, j]) for i, j in (divmod(w, len(counts)) for w in worst)
    ]
    figure.alt = (
        f"{title}. {np.trace(counts)} of {counts.sum()} on the diagonal. The commonest mistakes: "
        + ", ".join(f"{true} taken for {answer} ({n} times)" for true, answer, n in pairs)
        + "."
    )
    return figure
