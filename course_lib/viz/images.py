"""Images, what a classifier says about them, and weights drawn as images.

An image is (H, W) or (1, H, W), from 0 to 1, or (3, H, W) for red, green and blue.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.picture import (
    BLUE,
    BLUE_ORANGE,
    ORANGE,
    Picture,
    frame,
    headline,
    picture,
    styled,
)

RIGHT, WRONG, OTHER = BLUE, ORANGE, "#b0b0b0"


@styled
def pictures(
    x: Sequence[NDArray] | NDArray,
    names: Sequence[Any],
    *,
    title: str,
    columns: int = 10,
    ink: bool = True,
) -> Picture:
    """The images x in rows, each under its name, drawn equally wide whatever their sizes.

    ink: 1 is ink on white paper, as in MNIST; False: 1 is light, as in a photograph.
    """
    columns = min(columns, len(x))
    rows = -(-len(x) // columns)
    lines = max(str(name).count("\n") + 1 for name in names)
    wide = min(2.2, 9.5 / columns)
    high = wide * max(image.shape[-2] / image.shape[-1] for image in x) + 0.1 + 0.18 * lines
    figure, grid = picture(rows, columns, size=(wide * columns, high * rows + 0.35), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, image, name in zip(grid.flat, x, names, strict=False):
        show(axes, image, ink=ink)
        axes.set_title(name, loc="center", weight="normal", size="small" if lines > 1 else "medium")
    words = ", ".join(" ".join(str(name).split()) for name in names)
    figure.alt = f"{title}. {len(x)} pictures: {words}."
    return headline(figure, title)


def show(axes: Axes, x: NDArray, *, ink: bool = True) -> None:
    """One image, pixel by pixel, framed so that its edge can be seen."""
    color = x.ndim == 3 and len(x) == 3
    shown = x.transpose(1, 2, 0) if color else x.reshape(x.shape[-2:])
    # a pixel stays a square, and the file small
    cmap = "gray_r" if ink else "gray"
    axes.imshow(shown, cmap=cmap, vmin=0, vmax=1, interpolation="nearest")
    axes.axis("on")
    frame(axes)


@styled
def answers(
    x: NDArray,
    probabilities: NDArray,
    labels: Sequence[int] | NDArray,
    classes: Sequence[str],
    *,
    names: Sequence[str] | None = None,
    title: str,
) -> Picture:
    """Each image of x with the classifier's answer, probabilities (N, K), as bars.

    The true class's bar is blue; if another one is higher, that one is orange and hatched.
    """
    names = [f"a {classes[label]}" for label in labels] if names is None else names
    beside = len(x) <= 2  # few images: bars at their side; many: bars below them
    figure, grid = picture(
        1 if beside else 2,
        2 * len(x) if beside else len(x),
        size=(4.9 * len(x), 2.7) if beside else (max(5.0, 1.9 * len(x)), 4.1),
        squeeze=False,
        width_ratios=[1, 1.5] * len(x) if beside else None,
    )
    pairs = grid.reshape(-1, 2) if beside else grid.T
    story = []
    for (above, below), image, p, label, name in zip(
        pairs, x, probabilities, labels, names, strict=True
    ):
        show(above, image)
        above.set_title(name, loc="center")
        answer = bars_of_answer(below, p, label, classes)
        story.append(f"{name}: the answer is {classes[answer]} with {p[answer]:.0%}")
        below.tick_params(axis="x", length=0)
        below.grid(False, axis="x")
        if beside or below is pairs[0][1]:
            below.set_ylabel("probability")
        else:
            below.tick_params(labelleft=False)
    keys = [Patch(color=RIGHT, label="true class")]
    if any(p.argmax() != label for p, label in zip(probabilities, labels, strict=True)):
        keys.append(Patch(fc=WRONG, ec="white", hatch="///", lw=0, label="wrong answer"))
    figure.legend(handles=keys, loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(' '.join(part.split()) for part in story)}."
    return headline(figure, title)


def bars_of_answer(axes: Axes, p: NDArray, label: int, classes: Sequence[str]) -> int:
    """One answer p (K,) as bars, in the colors of ``answers``; returns the class answered."""
    answer = int(p.argmax())
    drawn = axes.bar(range(len(p)), p, color=OTHER)
    drawn[label].set_color(RIGHT)
    if answer != label:
        drawn[answer].set(facecolor=WRONG, edgecolor="white", hatch="///", linewidth=0)
    axes.set(xticks=range(len(p)), xticklabels=classes)
    axes.set(xlabel="class", ylim=(0, 1), yticks=[0, 0.5, 1])
    return answer


@styled
def weight_pictures(
    W: ArrayLike,
    classes: Sequence[str],
    *,
    shape: tuple[int, int] = (28, 28),
    title: str = "One template per class",
) -> Picture:
    """Weights W (D, K) of a softmax as K images: blue speaks for the class, orange against it."""
    W = np.asarray(W)
    columns = min(5, len(classes))
    rows = -(-len(classes) // columns)
    size = 1.7 * columns + 0.8, 1.9 * rows + 0.4
    figure, grid = picture(rows, columns, size=size, squeeze=False)
    limit = np.quantile(np.abs(W), 0.995)  # a few large weights would pale all the others
    for axes in grid.flat:
        axes.axis("off")
    for axes, weights, name in zip(grid.flat, W.T, classes, strict=False):
        image = axes.imshow(weights.reshape(shape), cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
        axes.set_title(name, loc="center")
    figure.colorbar(image, ax=grid, shrink=0.8, extend="both", label="weight")
    figure.alt = (
        f"{len(classes)} pictures of {shape[0]} by {shape[1]} weights, one for each of "
        f"{', '.join(classes)}. Blue pixels raise the score of the class, orange ones lower it."
    )
    return headline(figure, title)
