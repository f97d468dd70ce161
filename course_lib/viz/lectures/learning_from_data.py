"""Figures and playthings about samples: where they come from and what is counted on them."""

import matplotlib as mpl
import numpy as np

from course_lib import data, metrics
from course_lib.viz import controls
from course_lib.viz.charts import COLOURS, headline, picture, styled

MARKS = ["", "///", "...", "xx", "\\\\\\"]  # hatches, so that bars differ without colour


@styled
def nested(fields, *, title):
    """Sets inside each other: ``fields`` is {name: what it is}, from the outermost inwards."""
    figure, axes = picture("", size=(7.6, 4.0))
    n = len(fields)
    for k, (name, about) in enumerate(fields.items()):
        left, size = 0.02 + 0.05 * k, 0.96 - 0.1 * k
        bottom, high = 0.02 + 0.03 * k, 0.96 - k * 0.94 / n
        box = mpl.patches.FancyBboxPatch(
            (left, bottom), size, high - 0.03 * k, boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=COLOURS[5], alpha=0.2, edgecolor="none",
        )  # fmt: skip
        axes.add_patch(box)
        top = bottom + high - 0.03 * k - 0.05
        axes.text(left + 0.03, top, name, va="top", weight="bold")
        axes.text(left + 0.03, top - 0.075, about, va="top", size="small")
    axes.set(title=title, xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    figure.alt = f"{title}. From the outside to the inside: " + "; ".join(
        f"{name}, {' '.join(about.split())}" for name, about in fields.items()
    )
    return figure


@styled
def photographs(x, names, *, title, columns=8):
    """Grey pictures x (N, 1, H, W), 0 black and 1 white, each under its name."""
    columns = min(columns, len(x))
    rows = -(-len(x) // columns)
    figure, grid = picture(
        f"{title}. {len(x)} pictures: {', '.join(' '.join(name.split()) for name in names)}.",
        rows,
        columns,
        size=(1.25 * columns, 1.55 * rows + 0.35),
        squeeze=False,
    )
    for axes in grid.flat:
        axes.axis("off")
    for axes, one, name in zip(grid.flat, x, names, strict=False):
        axes.imshow(one[0], cmap="gray", vmin=0, vmax=1)
        axes.set_title(name, loc="center", weight="normal", size="small")
    return headline(figure, title)


@styled
def class_shares(parts, classes, *, title):
    """What each part is made of: ``parts`` is {name: labels (N,)}, a stacked bar for each."""
    figure, axes = picture("", size=(7.2, 0.55 * len(parts) + 1.5))
    shares = np.array([np.bincount(y, minlength=len(classes)) / len(y) for y in parts.values()])
    start = np.zeros(len(parts))
    for k, name in enumerate(classes):
        look = dict(color=COLOURS[k % 8], hatch=MARKS[k % 5], edgecolor="white", alpha=0.8)
        axes.barh(range(len(parts)), shares[:, k], left=start, label=name, **look)
        start = start + shares[:, k]
    axes.set(yticks=range(len(parts)), yticklabels=list(parts), xlabel="share of the part")
    axes.set_xlim(0, 1)
    axes.invert_yaxis()
    axes.grid(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1.05))
    figure.alt = f"{title}. " + " ".join(
        f"{name}: {', '.join(f'{c} {s:.0%}' for c, s in zip(classes, row, strict=True) if s)}."
        for name, row in zip(parts, shares, strict=True)
    )
    return headline(figure, title)


@styled
def accuracies(shares, *, title, chance=0.5):
    """One bar for each accuracy, ``shares`` is {name: accuracy}, and a line at ``chance``."""
    figure, axes = picture("", size=(6.6, 0.5 * len(shares) + 1.5))
    values = list(shares.values())
    colours = [COLOURS[0] if value > chance else COLOURS[1] for value in values]
    drawn = axes.barh(range(len(values)), values, color=colours, height=0.6)
    axes.bar_label(drawn, [f"{value:.0%}" for value in values], padding=3)
    axes.axvline(chance, color="black", ls="--", lw=1)
    axes.text(chance, -0.6, " guessing", size="small", va="center")
    axes.set(yticks=range(len(values)), yticklabels=list(shares), xlabel="accuracy", xlim=(0, 1.1))
    axes.set_ylim(len(values) - 0.5, -0.9)
    axes.grid(False, axis="y")
    figure.alt = f"{title}. Accuracy: " + ", ".join(f"{k} {v:.0%}" for k, v in shares.items()) + "."
    return headline(figure, title)


@styled
def scores(values, y, threshold, *, classes=("no", "yes"), xlabel="score"):
    """How the scores (N,) of both classes are spread, and what a threshold makes of them.

    Says yes above the threshold; the title has precision and recall of that.
    """
    figure, axes = picture("", size=(6.4, 3.6))
    edges = np.linspace(values.min(), values.max(), 31)
    for k, name in enumerate(classes):
        look = dict(color=COLOURS[k], alpha=0.6, hatch=MARKS[k], edgecolor="white")
        axes.hist(values[y == k], edges, label=name, **look)
    said = (values > threshold).astype(int)
    p, r = metrics.precision(said, y), metrics.recall(said, y)
    axes.axvline(threshold, color="black", ls="--", label="threshold")
    axes.set(xlabel=xlabel, ylabel="samples")
    axes.set_title(f"threshold {threshold:g}: precision {p:.0%}, recall {r:.0%}")
    axes.legend()
    figure.alt = (
        f"Histograms of the {xlabel} of {np.sum(y == 0)} samples of class {classes[0]} and "
        f"{np.sum(y == 1)} of class {classes[1]}. Yes above {threshold:g}: of {said.sum()} called "
        f"{classes[1]}, {np.sum(said & y)} are: precision {p:.0%}, recall {r:.0%}."
    )
    return figure


def threshold_by_hand(values, y, *, threshold, low, high, **names):
    """Move the threshold: precision is bought with recall. names: as in ``scores``."""
    return controls.Explorer(
        lambda threshold: scores(values, y, threshold, **names),
        threshold=controls.slider("threshold", threshold, low, high, (high - low) / 50),
    )


def mask(box, shape):
    """Pixels inside ``box`` = (top, left, height, width), as booleans of the given shape."""
    top, left, height, width = box
    inside = np.zeros(shape, bool)
    inside[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = True
    return inside


@styled
def overlap(truth, guess, *, shape=(16, 16), background=None):
    """Two boxes (top, left, height, width) on a picture, what they share, and their IoU."""
    a, b = mask(truth, shape), mask(guess, shape)
    both, either = int((a & b).sum()), int((a | b).sum())
    figure, axes = picture("", size=(6.6, 4.0))
    if background is not None:
        axes.imshow(background, cmap="gray", vmin=0, vmax=1)
    kinds = ((a & ~b, COLOURS[0], "", "truth only"), (b & ~a, COLOURS[1], "///", "answer only"))
    keys = []
    for region, colour, hatch, name in (*kinds, (a & b, COLOURS[2], "xx", "both")):
        look = dict(facecolor=colour, alpha=0.55, hatch=hatch, edgecolor="white", lw=0)
        for row, column in np.argwhere(region):
            axes.add_patch(mpl.patches.Rectangle((column - 0.5, row - 0.5), 1, 1, **look))
        keys.append(mpl.patches.Patch(label=f"{name}: {region.sum()} pixels", **look))
    share = metrics.iou(a, b)
    axes.set(xlim=(-0.5, shape[1] - 0.5), ylim=(shape[0] - 0.5, -0.5), aspect="equal")
    axes.set(title=f"IoU = {both} / {either} = {share:.2f}", xlabel="column", ylabel="row")
    axes.grid(False)
    axes.legend(handles=keys, loc="upper left", bbox_to_anchor=(1, 1))
    figure.alt = (
        f"Two boxes on a picture: {int((a & ~b).sum())} pixels belong to the truth only, "
        f"{int((b & ~a).sum())} to the answer only, {both} to both. "
        f"Intersection over union: {both} / {either} = {share:.2f}."
    )
    return figure


def box_by_hand(truth, *, guess, shape=(16, 16), background=None):
    """Move and size the answer's box until it is the true one."""
    names = ("top", "left", "height", "width")
    limits = ((0, shape[0] - 1), (0, shape[1] - 1), (1, shape[0]), (1, shape[1]))
    sliders = {
        name: controls.integer_slider(name, value, low, high)
        for name, value, (low, high) in zip(names, guess, limits, strict=True)
    }

    def draw(top, left, height, width):
        box = (top, left, height, width)
        return overlap(truth, box, shape=shape, background=background)

    return controls.Explorer(draw, **sliders)


def tank_collection(share, n=400, *, seed=0):
    """n pictures, every other one with a tank: x (n, 1, 16, 16), labels, and whether the sun shone.

    share: of the tank pictures that were taken in the sun; of the others, 1 - share were.
    """
    rng = np.random.default_rng(seed)
    tank = np.arange(n) % 2
    sunny = (rng.random(n) < np.where(tank, share, 1 - share)).astype(int)
    return data.tank_pictures(tank, sunny, rng=rng), tank, sunny


def templates(x, y, classes):
    """The nearest-mean classifier as weights (D, K) and biases (K,): each class's mean picture.

    ``|x - m|**2`` is smallest where ``x @ m - |m|**2 / 2`` is largest.
    """
    W = np.stack([x[y == k].mean(axis=0).ravel() for k in range(classes)], axis=1)
    return W, -(W**2).sum(axis=0) / 2


def bias_by_hand(*, share=1.0):
    """The tank experiment with the share of sunny tank pictures on a slider.

    Trains on 400 pictures of that collection and tests on 400 new ones of each kind.
    """

    def draw(share):
        x, y, _ = tank_collection(share, seed=1)
        W, b = templates(x, y, 2)
        tested = {
            "same collection": share,
            "weather at random": 0.5,
            "every tank under clouds": 0.0,
        }
        right = {}
        for name, other in tested.items():
            x_new, y_new, _ = tank_collection(other, seed=2)
            said = (x_new.reshape(len(x_new), -1) @ W + b).argmax(axis=1)
            right[name] = metrics.accuracy(said, y_new)
        return accuracies(right, title=f"Trained where {share:.0%} of the tanks stood in the sun")

    return controls.Explorer(
        draw, share=controls.slider("share of tanks in the sun", share, 0, 1, 0.05)
    )
