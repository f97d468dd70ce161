"""Figures of what a convolutional network holds: its filters, its feature maps, its parameters."""

import ipywidgets
import numpy as np

from course_lib.data.augment import transform
from course_lib.nn import Conv2d, ReLU, softmax
from course_lib.training import predict
from course_lib.viz.charts import BLUE_ORANGE, Picture, bare, headline, picture, styled
from course_lib.viz.controls import Explorer, integer_slider, slider
from course_lib.viz.images import RIGHT, bars_of_answer, ink


def montage(tiles, columns):
    """Tiles (K, H, W) in rows of ``columns``, with a line of NaN between them: one matrix."""
    K, H, W = tiles.shape
    rows = -(-K // columns)
    sheet = np.full((rows * (H + 1) - 1, columns * (W + 1) - 1), np.nan)
    for k, tile in enumerate(tiles):
        row, column = divmod(k, columns)
        top, left = row * (H + 1), column * (W + 1)
        sheet[top : top + H, left : left + W] = tile
    return sheet


def stages(model, x):
    """What each convolution's ReLU says about one picture x (1, C, H, W), in evaluation mode.

    Returns {name: maps (K, H, W)}.
    """
    model.eval()
    found, convolutions = {}, 0
    for layer in model.layers:
        x = layer.forward(x)
        convolutions += isinstance(layer, Conv2d)
        if isinstance(layer, ReLU) and x.ndim == 4:
            K, H, W = x.shape[1:]
            found[f"convolution {convolutions}: {K} maps of {H} × {W}"] = x[0]
    return found


@styled
def filters(W, *, title):
    """Filters W (K, C, kH, kW) as pictures: a column per filter, a row per channel it looks at."""
    K, C = W.shape[:2]
    figure, grid = picture("", C, K, size=(0.95 * K + 1.2, 0.95 * C + 0.9), squeeze=False)
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
def feature_maps(x, maps, *, title):
    """A picture x (H, W) above its feature maps, {name: (K, H, W)}, one stage below the other."""
    figure = Picture("", figsize=(8.0, 2.1 + 1.25 * len(maps)))
    grid = figure.add_gridspec(1 + len(maps), 1, height_ratios=[1.5, *[1.2] * len(maps)])
    ink(figure.add_subplot(grid[0]), x)
    _draw_stages(figure, grid[1:, 0], maps)
    figure.alt = f"{title}. A picture and below it {'; '.join(maps)}. Dark is a high value."
    return headline(figure, title)


@styled
def parameters(counts, *, title):
    """The number of parameters of each layer, {name: number}, as bars with numbers."""
    names, values = list(counts), np.array(list(counts.values()))
    figure, axes = picture("", size=(7.4, 0.42 * len(names) + 1.0))
    bars = axes.barh(names, values, color=RIGHT)
    shares = [f" {v:,} ({v / values.sum():.1%})" for v in values]
    axes.bar_label(bars, shares, size="small")
    axes.set(xlabel="parameters", title=title, xlim=(0, 1.3 * values.max()))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    told = ", ".join(f"{name} {value:,}" for name, value in counts.items())
    figure.alt = f"{title}. {told}; {values.sum():,} in all."
    return figure


@styled
def networks_answer(model, x, label, classes, *, title):
    """A picture x (1, 1, H, W), its feature maps, and the network's probabilities as bars."""
    maps, p = stages(model, x), softmax(predict(model, x))[0]
    figure = Picture("", figsize=(8.0, 2.5 + 1.25 * len(maps)))
    heights = [1.9, *[1.2] * len(maps)]
    grid = figure.add_gridspec(1 + len(maps), 2, height_ratios=heights, width_ratios=[1, 2.4])
    ink(figure.add_subplot(grid[0, 0]), x[0, 0])
    bars = figure.add_subplot(grid[0, 1])
    said = bars_of_answer(bars, p, label, classes)
    bars.set_ylabel("probability")
    verdict = "right" if said == label else "wrong"
    bars.set_title(f"{verdict}: {classes[said]} with {p[said]:.0%}", loc="center")
    _draw_stages(figure, grid[1:, :], maps)
    figure.alt = (
        f"{title}. The true class is {classes[label]}; the answer is {classes[said]} with "
        f"{p[said]:.0%}, {verdict}. Below the picture: {'; '.join(maps)}."
    )
    return headline(figure, title)


def ask_networks(models, x, y, classes):
    """Choose one of ``models``, {name: model}, and a picture of x; shift it, turn it, look in."""

    def draw(network, picture, right, down, degrees):
        one = x[picture : picture + 1]
        moved = transform(one, np.array([degrees]), np.array([[down, right]]), np.ones(1))
        title = f"A {classes[y[picture]]}, {right:g} right, {down:g} down, turned by {degrees:g}°"
        return networks_answer(models[network], moved, y[picture], classes, title=title)

    return Explorer(
        draw,
        network=ipywidgets.Dropdown(options=list(models), description="network"),
        picture=integer_slider("picture", 0, 0, len(x) - 1),
        right=integer_slider("pixels to the right", 0, -8, 8),
        down=integer_slider("pixels down", 0, -8, 8),
        degrees=slider("degrees, counter-clockwise", 0.0, -90, 90, 5),
    )


def _draw_stages(figure, place, maps):
    rows = place.subgridspec(len(maps), 1)
    for cell, (name, values) in zip(rows, maps.items(), strict=True):
        axes = figure.add_subplot(cell)
        sheet = montage(values, columns=min(12, len(values)))
        axes.imshow(sheet, cmap="Blues", vmin=0, vmax=max(values.max(), 1e-6))
        axes.set_facecolor("#d0d0d0")
        axes.set_title(name, loc="center", weight="normal", size="small")
        bare(axes)
