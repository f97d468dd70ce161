"""Figures of losses, penalties and the way down."""

import ipywidgets
import matplotlib as mpl
import numpy as np

from course_lib import nn
from course_lib.viz.charts import COLOURS, headline, picture, styled
from course_lib.viz.controls import Explorer, choice_slider, integer_slider, slider

TRUE, COSTLY, OTHER = COLOURS[0], COLOURS[1], "#9a9a9a"


@styled
def hinge_bars(scores, labels, classes, *, margin=1.0, title="What comes too close costs"):
    """Scores (N, K), a panel for each sample, and what the hinge loss charges for each class.

    labels: (N,) int. The dashed line lies ``margin`` below the true class's score; a wrong class
    that reaches above it costs what it is above.
    """
    figure, grid = picture(
        "", 1, len(scores), size=(3.0 * len(scores), 3.3), squeeze=False, sharey=True
    )
    story = []
    for axes, s, label in zip(grid.flat, scores, labels, strict=True):
        loss = _hinge_panel(axes, s, label, classes, margin)
        axes.set_title(f"true class {classes[label]}: loss {loss:.3g}")
        story.append(_scores_in_words(s, label, classes, loss))
    grid.flat[0].set_ylabel("score")
    figure.alt = f"{title}. {' '.join(story)}"
    return headline(figure, title)


@styled
def two_losses(scores, label, classes, *, margin=1.0, title="The same scores, two losses"):
    """The scores (K,) of one sample as hinge sees them, beside the softmax of cross-entropy."""
    scores = np.asarray(scores, float)
    p = nn.softmax(scores)
    surprise = nn.cross_entropy(scores[np.newaxis], np.array([label]))
    figure, (left, right) = picture("", 1, 2, size=(8.4, 3.5))
    loss = _hinge_panel(left, scores, label, classes, margin)
    left.set(title=f"hinge {loss:.2f}", ylabel="score")
    low, high = left.get_ylim()
    left.set_ylim(min(low, -7.0), max(high, 7.0))  # a fixed frame, so that what moves is the score
    drawn = right.bar(
        range(len(p)), p, color=[TRUE if k == label else OTHER for k in range(len(p))]
    )
    right.bar_label(drawn, [f"{q:.3f}" for q in p], padding=2, size="small")
    right.set(title=f"cross-entropy {surprise:.2f}", ylabel="probability", ylim=(0, 1.1))
    _class_axis(right, classes, label)
    figure.alt = (
        f"{title}. {_scores_in_words(scores, label, classes, loss)} Softmax gives "
        + ", ".join(f"{name} {q:.3f}" for name, q in zip(classes, p, strict=True))
        + f"; the cross-entropy is {surprise:.2f}."
    )
    return headline(figure, title)


def scores_by_hand(scores, classes):
    """Scores of the classes on sliders, the true one to choose: hinge beside cross-entropy."""

    def draw(truth, **moved):
        return two_losses(list(moved.values()), classes.index(truth), classes)

    sliders = zip(classes, scores, strict=True)
    return Explorer(
        draw,
        truth=ipywidgets.Dropdown(options=list(classes), description="true class"),
        **{name: slider(f"score of {name}", s, -6, 6, 0.1) for name, s in sliders},
    )


def _hinge_panel(axes, scores, label, classes, margin):
    """One sample's scores, its margin line and its violations; returns its hinge loss."""
    limit = scores[label] - margin
    axes.axhline(limit, color=TRUE, ls="--", lw=1)
    axes.text(len(scores) - 0.5, limit, "true − margin", va="top", ha="right", size="x-small")
    for k, score in enumerate(scores):
        if k != label and score > limit:
            look = dict(facecolor="white", edgecolor=COSTLY, hatch="////", width=0.4)
            axes.bar(k, score - limit, bottom=limit, **look)
            axes.annotate(
                f"+{score - limit:.2g}",
                (k, score),
                xytext=(9, 4),
                textcoords="offset points",
                color=COSTLY,
                weight="bold",
            )
        axes.plot(k, score, "s" if k == label else "o", ms=9, color=TRUE if k == label else OTHER)
    axes.use_sticky_edges = False  # a bar would glue the margin line to the frame
    axes.margins(y=0.15)
    _class_axis(axes, classes, label)
    return nn.hinge(np.asarray(scores, float)[np.newaxis], np.array([label]), margin)


def _class_axis(axes, classes, label):
    names = [f"{name}\n(true)" if k == label else name for k, name in enumerate(classes)]
    axes.set(xticks=range(len(classes)), xticklabels=names, xlabel="class")
    axes.set_xlim(-0.6, len(classes) - 0.4)
    axes.tick_params(axis="x", length=0)
    axes.grid(False, axis="x")


def _scores_in_words(scores, label, classes, loss):
    shown = ", ".join(f"{name} {s:.3g}" for name, s in zip(classes, scores, strict=True))
    return f"Scores {shown}; true class {classes[label]}: hinge loss {loss:.3g}."


@styled
def penalty_contours(x, score=1.0, *, title="The cheapest weights for one and the same score"):
    """L2 and L1 penalties over two weights, and the line of all weights with ``w @ x == score``.

    On the line all answers are the same; a star marks where its penalty is least.
    """
    x = np.asarray(x, float)
    foot, along = score * x / (x @ x), np.array([-x[1], x[0]]) / np.linalg.norm(x)
    line = foot + np.linspace(-4, 4, 8001)[:, np.newaxis] * along
    limit = 1.25 * max(abs(score / x[x != 0]))
    w1, w2 = np.meshgrid(*[np.linspace(-limit, limit, 201)] * 2)
    figure, grid = picture("", 1, 2, size=(8.4, 4.2), sharex=True, sharey=True)
    story = []
    for axes, name, penalty in zip(grid, ("L2", "L1"), (nn.l2_penalty, nn.l1_penalty), strict=True):
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
def shares_in_bins(values, edges, marks, *, xlabel, title="The middle of two answers is neither"):
    """The share of ``values`` in each bin between ``edges``, and ``marks`` {name: position}."""
    counts, _ = np.histogram(values, edges)
    shares = counts / len(values)
    figure, axes = picture("", size=(6.4, 3.4))
    axes.bar(edges[:-1], shares, np.diff(edges), align="edge", color="#cfe6f3", ec=TRUE)
    for look, colour, (name, place) in zip(("--", "-"), COLOURS[1:], marks.items(), strict=False):
        axes.axvline(place, ls=look, color=colour, label=f"{name}: {place:.1f}")
    axes.set(xlabel=xlabel, ylabel="share of samples", title=title)
    axes.legend()
    bins = [
        f"{low:g} to {high:g}: {share:.0%}"
        for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
        if share
    ]
    figure.alt = (
        f"{title}. Shares of {len(values)} samples by {xlabel}: {', '.join(bins)}. Lines at "
        + ", ".join(f"{name} {place:.1f}" for name, place in marks.items())
        + "."
    )
    return figure


@styled
def descent_on_curve(cost, paths, *, xlabel, limits, ylim=None, title="Every step goes downhill"):
    """A cost of one number, a panel for each path {name: positions}, the steps drawn on it.

    cost: function of an array of positions.
    """
    figure, grid = picture(
        "", 1, len(paths), size=(2.5 * len(paths) + 0.6, 3.2), squeeze=False, sharey=True
    )
    x = np.linspace(*limits, 300)
    story = []
    for axes, (name, path) in zip(grid.flat, paths.items(), strict=True):
        path = np.asarray(path, float)
        axes.plot(x, cost(x), color=OTHER)
        axes.plot(path, cost(path), "-o", color=TRUE, ms=4, lw=1)
        axes.plot(path[0], cost(path[0]), "s", color=COSTLY, ms=8, label="start")
        axes.set(title=name, xlabel=xlabel, xlim=limits, ylim=ylim)
        story.append(f"{name}: cost from {cost(path[0]):.3g} to {cost(path[-1]):.3g}")
    grid.flat[0].set_ylabel("cost")
    grid.flat[0].legend(loc="upper left")
    figure.alt = f"{title}. Steps on a curve of cost over {xlabel}. {'; '.join(story)}."
    return headline(figure, title)


def cost_of_neuron(w, b, x, y):
    """Mean squared error of the neuron sigmoid(w * x + b) on samples x, y (N,), for arrays w, b."""
    p = nn.sigmoid(np.asarray(w)[..., np.newaxis] * x + np.asarray(b)[..., np.newaxis])
    return np.mean((p - y) ** 2, axis=-1)


def descend_neuron(x, y, start, lr, steps):
    """Weights and biases (steps + 1, 2) that gradient descent visits on ``cost_of_neuron``."""
    path = [np.asarray(start, float)]
    for _ in range(steps):
        w, b = path[-1]
        z = w * x + b
        dz = nn.sigmoid_backward(nn.mse_backward(nn.sigmoid(z), y), z)
        path.append(path[-1] - lr * np.array([dz @ x, dz.sum()]))
    return np.array(path)


@styled
def descent_of_neuron(
    x, y, path, *, limits=((-4, 10), (-9, 5)), title="Downhill on the surface, closer to the data"
):
    """Left: the path (T, 2) on the cost over weight and bias. Right: the neuron at its end."""
    figure, (left, right) = picture("", 1, 2, size=(9.0, 3.9), width_ratios=[1.25, 1])
    w, b = np.meshgrid(*(np.linspace(*limit, 121) for limit in limits))
    cost = cost_of_neuron(w, b, x, y)
    shades = left.contourf(w, b, cost, 16, cmap="Blues_r")
    left.plot(*path.T, "-o", color=COSTLY, ms=3, lw=1)
    left.plot(*path[0], "s", color="white", mec="black", ms=8, label="start")
    left.plot(*path[-1], "*", color=COLOURS[4], mec="black", ms=14, label="now")
    left.set(xlabel="weight w", ylabel="bias b", xlim=limits[0], ylim=limits[1])
    values = cost_of_neuron(*path[[0, -1]].T, x, y)
    left.set_title(f"after {len(path) - 1} steps: cost {values[1]:.4f}")
    left.grid(False)
    left.legend(loc="upper right", frameon=True)
    figure.colorbar(shades, ax=left, label="cost", ticks=mpl.ticker.MaxNLocator(6))
    inputs = np.linspace(x.min() - 1, x.max() + 1, 200)
    for (weight, bias), look, name in ((path[0], "--", "at the start"), (path[-1], "-", "now")):
        right.plot(inputs, nn.sigmoid(weight * inputs + bias), look, label=name)
    right.plot(x, y, "ok", ms=6, label="samples")
    right.set(xlabel="input x", ylabel="output", ylim=(-0.08, 1.08), title="the neuron")
    right.legend(loc="center right", frameon=True)
    figure.alt = (
        f"{title}. The cost over weight and bias, with a path of {len(path) - 1} steps from "
        f"({path[0][0]:.2f}, {path[0][1]:.2f}), cost {values[0]:.4f}, to "
        f"({path[-1][0]:.2f}, {path[-1][1]:.2f}), cost {values[1]:.4f}; beside it the neuron's "
        f"output over its input at both ends, with {len(x)} samples."
    )
    return headline(figure, title)


def descent_by_hand(x, y, start, *, rates=(0.1, 0.3, 1, 3, 10, 30, 100), steps=60):
    """Gradient descent on one neuron, step by step: choose the rate, then walk."""
    x, y = np.asarray(x, float), np.asarray(y, float)

    def draw(rate, step):
        return descent_of_neuron(
            x, y, descend_neuron(x, y, start, rate, step), title=f"Learning rate {rate:g}"
        )

    return Explorer(
        draw,
        rate=choice_slider("learning rate", rates[len(rates) // 2], rates),
        step=integer_slider("step", 0, 0, steps),
    )
