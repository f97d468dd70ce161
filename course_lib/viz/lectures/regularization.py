"""Figures of over- and underfitting, and of what is done against them."""

from dataclasses import replace

import matplotlib as mpl
import numpy as np

from course_lib import data
from course_lib.nn import Dropout, Linear, ReLU, Sequential
from course_lib.optim import Adam
from course_lib.training import EarlyStopping, fit, predict
from course_lib.viz.charts import COLOURS, around, headline, picture, regions, styled
from course_lib.viz.controls import Explorer, choice_slider, integer_slider, slider

DECAYS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)


def noisy_moons(n=60, *, noise=0.3, rng=1):
    """Moons with ``n`` samples to learn from, and 1200 for validation to see the truth."""
    few = data.moons(round(n / 0.6), noise=noise, rng=rng)
    many = data.moons(2000, noise=noise, rng=np.random.default_rng([rng, 1]))
    return replace(few, X_val=many.X_train, y_val=many.y_train)


def two_hidden_layers(width, dropout=0.0, *, seed=0):
    """A network for two features and two classes; ``dropout`` is the share dropped."""
    rng, layers, n_in = np.random.default_rng(seed), [], 2
    for _ in range(2):
        layers += [Linear(n_in, width, rng=rng), ReLU(), Dropout(dropout, rng=rng)]
        n_in = width
    return Sequential(*layers, Linear(width, 2, rng=rng))


def fitted(samples, *, width=64, dropout=0.0, decay=0.0, epochs=300):
    """A network of ``two_hidden_layers`` trained on the samples with an L2 penalty; its history."""
    model = two_hidden_layers(width, dropout)
    optimizer = Adam(0.01, weight_decay=decay)
    return model, fit(model, samples, optimizer, epochs=epochs, progress=False)


def decide(model):
    """The function that gives the model's class for each point."""
    return lambda x: predict(model, np.asarray(x, np.float32)).argmax(axis=1)


@styled
def fit_and_curves(model, history, samples, *, title):
    """What was learnt, over the training samples, beside the losses of training and validation."""
    figure, (left, right) = picture("", 1, 2, size=(9.2, 3.9), width_ratios=[1.25, 1])
    wrong = regions(
        left, decide(model), samples.X_train, samples.y_train, samples.classes,
        around(samples.X_val), steps=200,
    )  # fmt: skip
    left.set(xlabel="x1", ylabel="x2")
    epochs = np.arange(1, len(history.train_loss) + 1)
    right.plot(epochs, history.train_loss, label="training")
    right.plot(epochs, history.val_loss, "--", label="validation")
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, 1))
    right.legend()
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=4)
    figure.alt = (
        f"{title}. The classes decided for each point, over {len(samples.y_train)} training "
        f"samples, {wrong} of them on the wrong side. After {len(epochs)} epochs the training loss "
        f"is {history.train_loss[-1]:.2f}, the validation loss {history.val_loss[-1]:.2f}."
    )
    return headline(figure, title)


def play_regularization(samples, *, width=64, dropout=0.0, decay=0.0):
    """Width, dropout and L2 strength on sliders; each change trains a new network."""

    def draw(width, dropout, decay):
        model, history = fitted(samples, width=width, dropout=dropout, decay=decay)
        right = history.val_accuracy[-1]
        title = f"Width {width}, dropout {dropout:g}, L2 {decay:g}: {right:.0%} of validation right"
        return fit_and_curves(model, history, samples, title=title)

    return Explorer(
        draw,
        width=integer_slider("width of the two hidden layers", width, 2, 64),
        dropout=slider("dropout, share dropped", dropout, 0.0, 0.8, 0.1),
        decay=choice_slider("L2 strength", decay, DECAYS),
    )


@styled
def thinned_networks(draws, *, title="Every mini-batch trains another, thinner network"):
    """Networks with dropped units: each draw is a list of masks (units,), one per layer."""
    figure, grid = picture("", 1, len(draws), size=(2.9 * len(draws), 3.0), squeeze=False)
    for number, (axes, masks) in enumerate(zip(grid.flat, draws, strict=True), 1):
        _thinned_network(axes, masks)
        axes.set_title(f"mini-batch {number}", loc="center")
    kept = mpl.lines.Line2D([], [], ls="", marker="o", ms=10, mfc=COLOURS[5], mec="black")
    dropped = mpl.lines.Line2D([], [], ls="", marker="X", ms=8, mfc="white", mec=COLOURS[1])
    figure.legend([kept, dropped], ["kept", "dropped"], loc="outside lower center", ncols=2)
    counts = [" and ".join(f"{m.sum()} of {len(m)}" for m in masks) for masks in draws]
    figure.alt = f"{title}. Units kept, layer by layer: {'; '.join(counts)}."
    return headline(figure, title)


def _thinned_network(axes, masks):
    places = [
        np.column_stack([np.full(len(m), 1.0 * i), np.arange(len(m)) - (len(m) - 1) / 2])
        for i, m in enumerate(masks)
    ]
    for i in range(len(masks) - 1):
        for start in places[i][masks[i]]:
            for end in places[i + 1][masks[i + 1]]:
                axes.plot(*np.transpose([start, end]), color="0.6", lw=0.8, zorder=1)
    for place, mask in zip(places, masks, strict=True):
        axes.plot(*place[mask].T, "o", ms=13, mfc=COLOURS[5], mec="black")
        axes.plot(*place[~mask].T, "X", ms=10, mfc="white", mec=COLOURS[1])
    axes.margins(0.15)
    axes.axis("off")


@styled
def early_stopping(val_losses, patience, *, title="Stop when it has stopped getting better"):
    """Validation losses, the epoch to keep, and the epoch at which patience ends.

    The two epochs come from the library's ``EarlyStopping`` itself.
    """
    watch, stop = EarlyStopping(patience), None
    for epoch, loss in enumerate(val_losses, 1):
        if watch.should_stop(loss, []):
            stop = epoch
            break
    best = 1 + int(np.argmin(val_losses[:stop]))
    figure, axes = picture("", size=(6.0, 3.6))
    epochs = np.arange(1, len(val_losses) + 1)
    axes.plot(epochs, val_losses, "--", color=COLOURS[1], label="validation")
    axes.plot(best, val_losses[best - 1], "*", ms=14, color=COLOURS[0], label=f"best: epoch {best}")
    if stop:
        axes.axvline(stop, color="black", ls=":", label=f"stopped after epoch {stop}")
        axes.axvspan(best, stop, color="0.92")
    axes.set(xlabel="epoch", ylabel="validation loss", title=title)
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    axes.legend()
    figure.alt = (
        f"{title}. Validation loss over {len(epochs)} epochs, lowest at epoch {best} with "
        f"{val_losses[best - 1]:.2f}; with a patience of {patience} training "
        + (f"stops after epoch {stop}." if stop else "never stops early.")
    )
    return figure


@styled
def search(searches, *, parameters, title, log=(True, False)):
    """Trials of several searches: ``searches`` is {name: (points (N, 2), losses (N,))}.

    parameters: names of the two; log: which of them has a scale of powers. Marks along the upper
    edge show how many different values of the first parameter were tried.
    """
    figure, grid = picture(
        "", 1, len(searches), size=(4.4 * len(searches), 3.7), squeeze=False,
        sharex=True, sharey=True,
    )  # fmt: skip
    losses = np.concatenate([np.asarray(found) for _, found in searches.values()])
    look = dict(cmap="cividis", vmin=losses.min(), vmax=losses.max(), edgecolors="black", s=70)
    story = []
    for axes, (name, (points, found)) in zip(grid.flat, searches.items(), strict=True):
        points, best = np.asarray(points), int(np.argmin(found))
        dots = axes.scatter(*points.T, c=found, **look)
        star = dict(marker="*", s=260, color=COLOURS[1], edgecolors="black", label="best")
        axes.scatter(*points[best], **star)
        edge = dict(transform=axes.get_xaxis_transform(), label=f"values of {parameters[0]}")
        axes.plot(points[:, 0], np.full(len(points), 0.98), "|", color="black", ms=12, **edge)
        axes.set(title=name, xlabel=parameters[0])
        axes.margins(y=0.12)
        axes.set(xscale="log" if log[0] else "linear", yscale="log" if log[1] else "linear")
        distinct = len(np.unique(points[:, 0]))
        story.append(
            f"{name}: {len(points)} trials with {distinct} different values of {parameters[0]}, "
            f"lowest loss {min(found):.2f}"
        )
    grid.flat[0].set_ylabel(parameters[1])
    figure.colorbar(dots, ax=grid, label="validation loss")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)
