"""Figures of lecture 09: over- and underfitting, and what is done against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.boundaries import Predict, around, regions
from course_lib.viz.charts import whole_numbers
from course_lib.viz.controls import Explorer, choice_slider, integer_slider, slider
from course_lib.viz.diagrams import column, connect
from course_lib.viz.picture import BLUE, COLORS, ORANGE, Picture, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.data import Dataset
    from course_lib.training import History

DECAYS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)


@styled
def fit_and_curves(predict: Predict, history: History, samples: Dataset, *, title: str) -> Picture:
    """What was learnt, over the training samples, beside the losses of training and validation.

    predict: function of points (M, 2) that returns their classes (M,).
    """
    figure, (left, right) = picture(1, 2, size=(9.2, 3.9), width_ratios=[1.25, 1])
    X, y, limits = samples.X_train, samples.y_train, around(samples.X_val)
    wrong = regions(left, predict, X, y, samples.classes, limits, steps=200)
    left.set(xlabel="x1", ylabel="x2")
    epochs = np.arange(1, len(history.train_loss) + 1)
    right.plot(epochs, history.train_loss, label="training")
    right.plot(epochs, history.val_loss, "--", label="validation")
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, 1))
    right.legend()
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=4)
    figure.alt = (
        f"{title}. The classes decided for each point, over {len(y)} training "
        f"samples, {wrong} of them on the wrong side. After {len(epochs)} epochs the training loss "
        f"is {history.train_loss[-1]:.2f}, the validation loss {history.val_loss[-1]:.2f}."
    )
    return headline(figure, title)


def play_regularization(
    learn: Callable[..., tuple[Predict, History]], samples: Dataset, *, width: int = 64
) -> Explorer:
    """Width, dropout and L2 strength on sliders; each change trains a new network.

    learn: function of (samples, width=, dropout=, decay=), which trains a network and returns the
    function that decides and the history.
    """

    def draw(width: int, dropout: float, decay: float) -> Picture:
        predict, history = learn(samples, width=width, dropout=dropout, decay=decay)
        right = history.val_accuracy[-1]
        title = f"Width {width}, dropout {dropout:g}, L2 {decay:g}: {right:.0%} of validation right"
        return fit_and_curves(predict, history, samples, title=title)

    return Explorer(
        draw,
        width=integer_slider("width of the two hidden layers", width, 2, 64),
        dropout=slider("dropout, share dropped", 0.0, 0.0, 0.8, 0.1),
        decay=choice_slider("L2 strength", 0.0, DECAYS),
    )


@styled
def thinned_networks(draws: Sequence[Sequence[NDArray]]) -> Picture:
    """Networks with dropped units: each draw is a list of masks (units,), one per layer."""
    figure, grid = picture(1, len(draws), size=(2.9 * len(draws), 3.0), squeeze=False)
    for number, (axes, masks) in enumerate(zip(grid.flat, draws, strict=True), 1):
        _thinned_network(axes, masks)
        axes.set_title(f"mini-batch {number}", loc="center")
    kept = Line2D([], [], ls="", marker="o", ms=10, mfc=COLORS[5], mec="black")
    dropped = Line2D([], [], ls="", marker="X", ms=8, mfc="white", mec=ORANGE)
    figure.legend([kept, dropped], ["kept", "dropped"], loc="outside lower center", ncols=2)
    counts = [" and ".join(f"{m.sum()} of {len(m)}" for m in masks) for masks in draws]
    title = "Every mini-batch trains another, thinner network"
    figure.alt = f"{title}. Units kept, layer by layer: {'; '.join(counts)}."
    return headline(figure, title)


def _thinned_network(axes: Axes, masks: Sequence[NDArray]) -> None:
    connect(axes, [column(len(m))[m] for m in masks], color="0.6", width=0.8)
    for i, mask in enumerate(masks):
        heights = column(len(mask))
        kept, dropped = heights[mask], heights[~mask]
        axes.plot(np.full(len(kept), i), kept, "o", ms=13, mfc=COLORS[5], mec="black")
        axes.plot(np.full(len(dropped), i), dropped, "X", ms=10, mfc="white", mec=ORANGE)
    axes.margins(0.15)
    axes.axis("off")


@styled
def early_stopping(
    val_losses: Sequence[float], best: int, stop: int | None, *, patience: int
) -> Picture:
    """Validation losses, the epoch to keep, and the epoch at which patience ends.

    best, stop: the epochs, counted from 1; stop is None if training goes on to the end.
    """
    figure, axes = picture(size=(6.0, 3.6))
    epochs = np.arange(1, len(val_losses) + 1)
    axes.plot(epochs, val_losses, "--", color=ORANGE, label="validation")
    axes.plot(best, val_losses[best - 1], "*", ms=14, color=BLUE, label=f"best: epoch {best}")
    if stop:
        axes.axvline(stop, color="black", ls=":", label=f"stopped after epoch {stop}")
        axes.axvspan(best, stop, color="0.92")
    title = "Stop when it has stopped getting better"
    axes.set(xlabel="epoch", ylabel="validation loss", title=title)
    whole_numbers(axes)
    axes.legend()
    figure.alt = (
        f"{title}. Validation loss over {len(epochs)} epochs, lowest at epoch {best} with "
        f"{val_losses[best - 1]:.2f}; with a patience of {patience} training "
        + (f"stops after epoch {stop}." if stop else "never stops early.")
    )
    return figure


@styled
def search(
    searches: Mapping[str, tuple[ArrayLike, Sequence[float]]],
    *,
    parameters: tuple[str, str],
    title: str,
) -> Picture:
    """Trials of several searches: ``searches`` is {name: (points (N, 2), losses (N,))}.

    parameters: names of the two; the first has a scale of powers. Marks along the upper edge show
    how many different values of it were tried.
    """
    size = 4.4 * len(searches), 3.7
    figure, grid = picture(1, len(searches), size=size, squeeze=False, sharex=True, sharey=True)
    losses = np.concatenate([np.asarray(trial_losses) for _, trial_losses in searches.values()])
    look = dict(cmap="cividis", vmin=losses.min(), vmax=losses.max(), edgecolors="black", s=70)
    story = []
    for axes, (name, (trials, trial_losses)) in zip(grid.flat, searches.items(), strict=True):
        points, best = np.asarray(trials), int(np.argmin(trial_losses))
        dots = axes.scatter(*points.T, c=trial_losses, **look)
        star = dict(marker="*", s=260, color=ORANGE, edgecolors="black", label="best")
        axes.scatter(*points[best], **star)
        edge = dict(transform=axes.get_xaxis_transform(), label=f"values of {parameters[0]}")
        axes.plot(points[:, 0], np.full(len(points), 0.98), "|", color="black", ms=12, **edge)
        axes.set(title=name, xlabel=parameters[0], xscale="log")
        axes.margins(y=0.12)
        distinct = len(np.unique(points[:, 0]))
        story.append(
            f"{name}: {len(points)} trials with {distinct} different values of {parameters[0]}, "
            f"lowest loss {min(trial_losses):.2f}"
        )
    grid.flat[0].set_ylabel(parameters[1])
    figure.colorbar(dots, ax=grid, label="validation loss")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)
