"""Figures of lecture 06: where a score comes from, biases, and a classifier to be asked."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.viz.controls import Explorer, integer_slider, slider
from course_lib.viz.images import RIGHT, WRONG, answers, show
from course_lib.viz.picture import BLUE_ORANGE, Picture, frame, headline, picture, styled

SHAPE = 28, 28


@styled
def template_scores(
    x: NDArray,
    W: NDArray,
    b: NDArray,
    chosen: Sequence[int],
    classes: Sequence[str],
    *,
    title: str = "A score is how well picture and template agree",
) -> Picture:
    """How the scores of one image x come about: x times the weights of each chosen class.

    W: (D, K), b: (K,), chosen: a few classes. The products, summed, and the bias are the score.
    """
    x = np.reshape(x, -1)
    figure, grid = picture(len(chosen), 3, size=(7.4, 2.2 * len(chosen) + 0.4), squeeze=False)
    limit = np.quantile(np.abs(W[:, chosen]), 0.99)  # few large weights would pale the others
    look = dict(cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
    story = []
    for (left, middle, right), k in zip(grid, chosen, strict=True):
        products = x * W[:, k]
        total = products.sum()
        show(left, x.reshape(SHAPE))
        image = middle.imshow(W[:, k].reshape(SHAPE), **look)
        right.imshow(products.reshape(SHAPE), **look)
        left.set_title("picture", loc="center", weight="normal")
        middle.set_title(f"× weights of {classes[k]}", loc="center", weight="normal")
        result = f"sum {total:.1f}, bias {b[k]:+.1f}: {total + b[k]:.1f}"
        right.set_title(result, loc="center", color="black")
        for axes in (middle, right):
            frame(axes)
        story.append(f"class {classes[k]} scores {total + b[k]:.1f}")
    figure.colorbar(image, ax=grid, shrink=0.8, extend="both", label="weight, product")
    figure.alt = (
        f"{title}. The picture, the weights of a class and their product, pixel by pixel: "
        f"{', '.join(story)}."
    )
    return headline(figure, title)


@styled
def bars(
    names: Sequence[str], values: Sequence[float], *, xlabel: str, ylabel: str, title: str
) -> Picture:
    """One bar per name, up or down from zero."""
    figure, axes = picture(size=(6.0, 2.9))
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


def ask_a_classifier(
    classify: Callable[[NDArray], NDArray],
    spoil: Callable[[NDArray, int, float], NDArray],
    x: NDArray,
    y: NDArray,
    classes: Sequence[str],
) -> Explorer:
    """Choose an image of x (N, 1, H, W), spoil it, and see the probabilities change.

    classify: function of images that returns probabilities (N, K); spoil: function of images, a
    shift in pixels and the strength of the noise. It begins with a shift, so that its two panels
    differ where no slider moves.
    """

    def draw(picture: int, shift: int, noise: float) -> Picture:
        chosen = x[picture : picture + 1]
        both = np.concatenate([chosen, spoil(chosen, shift, noise)])
        title = f"Picture {picture}, a {classes[y[picture]]}"
        names = ["as it was", "as it is now"]
        return answers(both, classify(both), [y[picture]] * 2, classes, names=names, title=title)

    return Explorer(
        draw,
        picture=integer_slider("picture", 0, 0, len(x) - 1),
        shift=integer_slider("shift to the right, in pixels", 4, -8, 8),
        noise=slider("noise", 0.0, 0.0, 0.8, 0.05),
    )
