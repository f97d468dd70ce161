"""Figures of lecture 11: what a convolutional network holds: filters, feature maps, parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.gridspec import SubplotSpec
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.viz.controls import Explorer, choice, integer_slider, slider
from course_lib.viz.images import RIGHT, bars_of_answer, show
from course_lib.viz.picture import (
    BLUE_ORANGE,
    COLORS,
    LINES,
    PALE_BLUE,
    Picture,
    bare,
    headline,
    picture,
    styled,
)

Maps = Mapping[str, NDArray]  # {name of the stage: maps (K, H, W)}


def montage(tiles: NDArray, columns: int) -> NDArray:
    """Tiles (K, H, W) in rows of ``columns``, with a line of NaN between them: one matrix."""
    K, H, W = tiles.shape
    rows = -(-K // columns)
    sheet = np.full((rows * (H + 1) - 1, columns * (W + 1) - 1), np.nan)
    for k, tile in enumerate(tiles):
        row, column = divmod(k, columns)
        top, left = row * (H + 1), column * (W + 1)
        sheet[top : top + H, left : left + W] = tile
    return sheet


@styled
def filters(W: NDArray, *, title: str) -> Picture:
    """Filters W (K, C, kH, kW) as pictures: a column per filter, a row per channel it looks at."""
    K, C = W.shape[:2]
    figure, grid = picture(C, K, size=(0.95 * K + 1.2, 0.95 * C + 0.9), squeeze=False)
    limit = np.abs(W).max()
    for (channel, k), axes in np.ndenumerate(grid):
        image = axes.imshow(W[k, channel], cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
        bare(axes)
        if channel == 0:
            axes.set_title(f"{k}", loc="center", weight="normal")
        if k == 0:
            axes.set_ylabel(f"map {channel}" if C > 1 else "picture", size="small")
    figure.colorbar(image, ax=grid, shrink=0.8, label="weight")
    figure.alt = (
        f"{title}. {K} filters, each with {C} × {W.shape[2]} × {W.shape[3]} weights between "
        "minus and plus a common limit; blue is positive, orange negative."
    )
    return headline(figure, title)


@styled
def feature_maps(x: NDArray, maps: Maps, *, title: str) -> Picture:
    """A picture x (H, W) above its feature maps, {name: (K, H, W)}, one stage below the other."""
    figure = Picture(figsize=(8.0, 2.1 + 1.25 * len(maps)))
    grid = figure.add_gridspec(1 + len(maps), 1, height_ratios=[1.5, *[1.2] * len(maps)])
    show(figure.add_subplot(grid[0]), x)
    _draw_stages(figure, grid[1:, 0], maps)
    figure.alt = f"{title}. A picture and below it {'; '.join(maps)}. Dark is a high value."
    return headline(figure, title)


@styled
def parameters(counts: Mapping[str, int], *, title: str) -> Picture:
    """The number of parameters of each layer, {name: number}, as bars with numbers."""
    names, values = list(counts), np.array(list(counts.values()))
    figure, axes = picture(size=(7.4, 0.42 * len(names) + 1.0))
    bars = axes.barh(names, values, color=RIGHT)
    shares = [f" {v:,} ({v / values.sum():.1%})" for v in values]
    axes.bar_label(bars, shares, size="small")
    axes.set(xlabel="parameters", title=title, xlim=(0, 1.3 * values.max()))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    each = ", ".join(f"{name} {value:,}" for name, value in counts.items())
    figure.alt = f"{title}. {each}; {values.sum():,} in all."
    return figure


@styled
def architecture(stages: Sequence[tuple[str, tuple[int, ...], int]], *, title: str) -> Picture:
    """A network as stacks of maps and columns of units, each as large as it is.

    stages: from left to right the name, the shape behind it, (maps, side, side) or (units,), and
    the number of its parameters. A stack has at most eight sheets.
    """
    figure, axes = picture(size=(9.4, 3.0))
    left, story = 0.0, []
    for name, shape, count in stages:
        maps, side, width = (*shape[:2], shape[1]) if len(shape) == 3 else (1, shape[0] / 4, 1.5)
        corners = 1.2 * np.arange(min(maps, 8))[::-1]  # the stack's last sheet first, behind all
        slot = max(width + corners[0], 15)
        start = left + (slot - width - corners[0]) / 2
        for corner in corners:
            place = start + corner, corner - side / 2
            axes.add_patch(Rectangle(place, width, side, fc=PALE_BLUE, ec="black", lw=0.8))
        size, learnt = " × ".join(map(str, shape)), f"{count:,}" if count else ""
        axes.text(left + slot / 2, 28, size, ha="center", size="small")
        words = f"{name}\n{learnt}"
        axes.text(left + slot / 2, -22, words, ha="center", va="top", size="small")
        story.append(f"{name}: {size}" + (f", {learnt} parameters" if learnt else ""))
        left += slot + 6
    axes.set(xlim=(-6, left), ylim=(-33, 33), aspect="equal", title=title)
    axes.set_axis_off()
    figure.alt = f"{title}. {'; '.join(story)}."
    return figure


@styled
def answer_and_maps(
    x: NDArray, maps: Maps, p: NDArray, label: int, classes: Sequence[str], *, title: str
) -> Picture:
    """A picture x (1, H, W), the network's probabilities p (K,) as bars, its feature maps below."""
    figure = Picture(figsize=(8.0, 2.5 + 1.25 * len(maps)))
    heights = [1.9, *[1.2] * len(maps)]
    grid = figure.add_gridspec(1 + len(maps), 2, height_ratios=heights, width_ratios=[1, 2.4])
    show(figure.add_subplot(grid[0, 0]), x)
    bars = figure.add_subplot(grid[0, 1])
    answer = bars_of_answer(bars, p, label, classes)
    bars.set_ylabel("probability")
    verdict = "right" if answer == label else "wrong"
    bars.set_title(f"{verdict}: {classes[answer]} with {p[answer]:.0%}", loc="center")
    _draw_stages(figure, grid[1:, :], maps)
    figure.alt = (
        f"{title}. The true class is {classes[label]}; the answer is {classes[answer]} with "
        f"{p[answer]:.0%}, {verdict}. Below the picture: {'; '.join(maps)}."
    )
    return headline(figure, title)


def ask_networks(
    models: Mapping[str, Any],
    look_into: Callable[[Any, NDArray], tuple[Maps, NDArray]],
    move: Callable[[NDArray, float, float, float], NDArray],
    x: NDArray,
    y: NDArray,
    classes: Sequence[str],
) -> Explorer:
    """Choose one of ``models``, {name: model}, and a picture of x; shift it, turn it, look in.

    look_into: function of a model and pictures (1, 1, H, W) that returns feature maps and
    probabilities (K,); move: function of pictures, pixels right, pixels down and degrees.
    """

    def draw(network: str, picture: int, right: int, down: int, degrees: float) -> Picture:
        moved = move(x[picture : picture + 1], right, down, degrees)
        maps, p = look_into(models[network], moved)
        label = y[picture]
        title = f"A {classes[label]}, {right:g} right, {down:g} down, turned by {degrees:g}°"
        return answer_and_maps(moved[0], maps, p, label, classes, title=title)

    return Explorer(
        draw,
        network=choice("network", list(models)),
        picture=integer_slider("picture", 0, 0, len(x) - 1),
        right=integer_slider("pixels to the right", 0, -8, 8),
        down=integer_slider("pixels down", 0, -8, 8),
        degrees=slider("degrees, counter-clockwise", 0.0, -90, 90, 5),
    )


def _draw_stages(figure: Picture, cell: SubplotSpec, maps: Maps) -> None:
    rows = cell.subgridspec(len(maps), 1)
    for k, (name, values) in enumerate(maps.items()):
        axes = figure.add_subplot(rows[k])
        sheet = montage(values, columns=min(12, len(values)))
        axes.imshow(sheet, cmap="Blues", vmin=0, vmax=max(values.max(), 1e-6))
        axes.set_facecolor("#d0d0d0")
        axes.set_title(name, loc="center", weight="normal", size="small")
        bare(axes)


@styled
def rungs(
    errors: Mapping[str, Sequence[float]], published: Mapping[str, str], *, title: str
) -> Picture:
    """Shares of test digits misread, {rung: one for each seed}, a row a rung, a point a seed.

    published: {rung: what was published, in words}, written beside the points.
    """
    figure, axes = picture(size=(7.6, 0.5 * len(errors) + 1.3))
    story = []
    for row, (name, values) in enumerate(errors.items()):
        axes.plot(values, [row] * len(values), "o", color=RIGHT, ms=8, alpha=0.6)
        mean = float(np.mean(values))
        axes.text(max(values) * 1.08, row, f"{mean:.2%}", va="center", size="small")
        axes.text(1.01, row, published[name], va="center", size="small",
                  transform=axes.get_yaxis_transform())  # fmt: skip
        story.append(f"{name} {mean:.2%} ({len(values)} seeds)")
    axes.text(1.01, -0.75, "published", size="small", weight="bold", va="center",
              transform=axes.get_yaxis_transform())  # fmt: skip
    axes.set_yticks(range(len(errors)), list(errors))
    axes.invert_yaxis()
    ticks = [0.0025, 0.005, 0.01, 0.02, 0.04, 0.08]
    axes.set(xscale="log", xlim=(0.0025, 0.11), title=title)
    axes.set_xticks(ticks, [f"{100 * tick:g} %" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("test digits misread at the end of training (each step to the left halves it)")
    figure.alt = f"{title}. Test digits misread, from rung to rung: {', '.join(story)}."
    return figure


@styled
def losses(pairs: Mapping[str, Mapping[str, Sequence[float]]], *, title: str) -> Picture:
    """Training and test loss by epoch, a panel a network: {name: {"train": (E,), "test": (E,)}}."""
    figure, row = picture(1, len(pairs), size=(8.4, 3.6), sharey=True, squeeze=False)
    story = []
    for axes, (name, curves) in zip(row.flat, pairs.items(), strict=True):
        for index, (part, values) in enumerate(curves.items()):
            epochs = np.arange(1, len(values) + 1)
            axes.plot(epochs, values, LINES[index], color=COLORS[index], label=f"{part} loss")
        axes.set(xlabel="epoch", yscale="log", ylabel="loss" if axes is row.flat[0] else "")
        axes.set_title(name, loc="center", weight="normal")
        ends = ", ".join(f"{part} {values[-1]:.2g}" for part, values in curves.items())
        story.append(f"{name}: at the end {ends}")
    row.flat[0].legend()
    figure.alt = f"{title}. Losses by epoch, on a logarithmic axis. {'. '.join(story)}."
    return headline(figure, title)
