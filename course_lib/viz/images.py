"""Figures of pictures and of what a classifier says about them.

Pictures come as (N, 28, 28), (N, 1, 28, 28) or rows (N, 784); ``shape`` names another size.
"""

import matplotlib as mpl
import numpy as np

from course_lib.viz.charts import BLUE_ORANGE, COLOURS, frame, headline, picture, styled

RIGHT, WRONG, OTHER = COLOURS[0], COLOURS[1], "#b0b0b0"
MISTAKES = mpl.colors.LinearSegmentedColormap.from_list("mistakes", ["#ffffff", WRONG])


@styled
def pictures(x, names, *, title, columns=10, shape=(28, 28)):
    """The pictures x (N, ...) in rows, each under its name."""
    x = np.reshape(x, (-1, *shape))
    columns = min(columns, len(x))
    rows = -(-len(x) // columns)
    lines = max(str(name).count("\n") + 1 for name in names)
    wide = min(1.8, 9.5 / columns)
    figure, grid = picture(
        f"{title}. {len(x)} pictures: {', '.join(' '.join(str(n).split()) for n in names)}.",
        rows,
        columns,
        size=(wide * columns, (wide + 0.1 + 0.18 * lines) * rows + 0.35),
        squeeze=False,
    )
    for axes in grid.flat:
        axes.axis("off")
    for axes, one, name in zip(grid.flat, x, names, strict=False):
        ink(axes, one)
        axes.set_title(name, loc="center", weight="normal", size="small" if lines > 1 else "medium")
    return headline(figure, title)


@styled
def answers(x, probabilities, labels, classes, *, names=None, title, shape=(28, 28)):
    """Each picture of x (N, ...) with the classifier's answer, probabilities (N, K), as bars.

    The true class's bar is blue; if another one is higher, that one is orange and hatched.
    """
    x = np.reshape(x, (-1, *shape))
    names = [f"a {classes[label]}" for label in labels] if names is None else names
    beside = len(x) <= 2  # few pictures: bars at their side; many: bars below them
    figure, grid = picture(
        "",
        1 if beside else 2,
        2 * len(x) if beside else len(x),
        size=(4.9 * len(x), 2.7) if beside else (max(5.0, 1.9 * len(x)), 4.1),
        squeeze=False,
        width_ratios=[1, 1.5] * len(x) if beside else None,
    )
    pairs = grid.reshape(-1, 2) if beside else grid.T
    story = []
    for (above, below), one, p, label, name in zip(
        pairs, x, probabilities, labels, names, strict=True
    ):
        ink(above, one)
        above.set_title(name, loc="center")
        said = bars_of_answer(below, p, label, classes)
        story.append(f"{name}: the answer is {classes[said]} with {p[said]:.0%}")
        below.tick_params(axis="x", length=0)
        below.grid(False, axis="x")
        if beside or below is pairs[0][1]:
            below.set_ylabel("probability")
        else:
            below.tick_params(labelleft=False)
    keys = [mpl.patches.Patch(color=RIGHT, label="true class")]
    if any(p.argmax() != label for p, label in zip(probabilities, labels, strict=True)):
        keys.append(mpl.patches.Patch(fc=WRONG, ec="white", hatch="///", label="wrong answer"))
    figure.legend(handles=keys, loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(' '.join(part.split()) for part in story)}."
    return headline(figure, title)


@styled
def scores(x, W, b, chosen, classes, *, title="A score is how well picture and template agree"):
    """How the scores of one picture x come about: x times the weights of each chosen class.

    W: (D, K), b: (K,), chosen: a few classes. The products, summed, and the bias are the score.
    """
    x = np.reshape(x, -1)
    figure, grid = picture("", len(chosen), 3, size=(7.4, 2.2 * len(chosen) + 0.4), squeeze=False)
    limit = np.quantile(np.abs(W[:, chosen]), 0.99)  # few large weights would pale the others
    look = dict(cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
    story = []
    for (left, middle, right), k in zip(grid, chosen, strict=True):
        products = x * W[:, k]
        total = products.sum()
        ink(left, x.reshape(28, 28))
        image = middle.imshow(W[:, k].reshape(28, 28), **look)
        right.imshow(products.reshape(28, 28), **look)
        left.set_title("picture", loc="center", weight="normal")
        middle.set_title(f"× weights of {classes[k]}", loc="center", weight="normal")
        right.set_title(
            f"sum {total:.1f}, bias {b[k]:+.1f}: {total + b[k]:.1f}", loc="center", color="black"
        )
        for axes in (left, middle, right):
            frame(axes)
        story.append(f"class {classes[k]} scores {total + b[k]:.1f}")
    figure.colorbar(image, ax=grid, shrink=0.8, extend="both", label="weight, product")
    figure.alt = (
        f"{title}. The picture, the weights of a class and their product, pixel by pixel: "
        f"{', '.join(story)}."
    )
    return headline(figure, title)


@styled
def confusion_matrix(counts, classes, *, title):
    """Counts (K, K), row = true class, column = answer; the colour shows the mistakes alone."""
    counts = np.asarray(counts)
    mistakes = counts * (1 - np.eye(len(counts), dtype=int))
    figure, axes = picture("", size=(5.8, 5.0))
    image = axes.imshow(mistakes, cmap=MISTAKES)
    for (true, said), count in np.ndenumerate(counts):
        colour = "#707070" if true == said else "black"
        axes.text(said, true, count, ha="center", va="center", color=colour, size="small")
    axes.set(
        xlabel="answer",
        ylabel="true class",
        title=title,
        xticks=range(len(counts)),
        yticks=range(len(counts)),
        xticklabels=classes,
        yticklabels=classes,
    )
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
        + ", ".join(f"{true} taken for {said} ({n} times)" for true, said, n in pairs)
        + "."
    )
    return figure


@styled
def bars(names, values, *, xlabel, ylabel, title):
    """One bar per name, up or down from zero."""
    figure, axes = picture("", size=(6.0, 2.9))
    drawn = axes.bar(range(len(values)), values, color=[RIGHT if v > 0 else WRONG for v in values])
    axes.bar_label(drawn, fmt="%+.1f", padding=2, size="small")
    axes.axhline(0, color="black", lw=0.8)
    axes.set(xticks=range(len(values)), xticklabels=names, xlabel=xlabel, ylabel=ylabel)
    axes.set_title(title)
    axes.margins(y=0.12)
    axes.grid(False, axis="x")
    figure.alt = f"{title}. {ylabel} by {xlabel}: " + ", ".join(
        f"{name} {value:+.1f}" for name, value in zip(names, values, strict=True)
    )
    return figure


def ink(axes, one):
    """One picture, dark ink on white paper, framed so that its edge can be seen."""
    axes.imshow(one, cmap="gray_r", vmin=0, vmax=1)
    axes.axis("on")
    frame(axes)


def bars_of_answer(axes, p, label, classes):
    """One answer p (K,) as bars, in the colours of ``answers``; returns the class answered."""
    said = int(p.argmax())
    drawn = axes.bar(range(len(p)), p, color=OTHER)
    drawn[label].set_color(RIGHT)
    if said != label:
        drawn[said].set(facecolor=WRONG, edgecolor="white", hatch="///")
    axes.set(xticks=range(len(p)), xticklabels=classes)
    axes.set(xlabel="class", ylim=(0, 1), yticks=[0, 0.5, 1])
    return said
