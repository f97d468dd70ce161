"""Figures of lecture 10: a small window that walks over a picture; its scores and their sizes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import imread
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.controls import Explorer, choice, integer_slider
from course_lib.viz.images import show
from course_lib.viz.picture import (
    BLUE_ORANGE,
    ORANGE,
    Picture,
    bare,
    frame,
    headline,
    picture,
    styled,
)

WIDTH = 9.0  # of a row of matrices, in inches
SHADES = LinearSegmentedColormap.from_list(
    "shades", ["#f3c9a5", "#ffffff", "#a9d2ec"]
)  # pale enough for black numbers

Region = tuple[int, int, int, int]  # row, column, height, width


def photo() -> NDArray:
    """Grace Hopper, who wrote one of the first compilers: (3, 150, 128) in [0, 1], float32.

    The picture is in the public domain (US Navy, 1984) and comes with matplotlib.
    """
    file = Path(mpl.get_data_path(), "sample_data", "grace_hopper.jpg")
    pixels = imread(file).astype(np.float32) / 255
    quarter = pixels.reshape(150, 4, 128, 4, 3).mean(axis=(1, 3))
    return quarter.transpose(2, 0, 1)


@styled
def numbers(
    grids: Mapping[str, ArrayLike], *, title: str, marks: Mapping[str, Region] | None = None
) -> Picture:
    """Matrices side by side, as numbers in shaded cells: ``grids`` is {name: (H, W)}.

    NaN stays an empty cell. marks: {name: (row, column, height, width)}, a frame to draw there.
    """
    marks = marks or {}
    matrices = {name: np.asarray(values, float) for name, values in grids.items()}
    shares = [values.shape[1] + 0.6 for values in matrices.values()]
    tallest = max(values.shape[0] for values in matrices.values())
    cell = min(0.62, WIDTH / sum(shares))
    size = max(cell * sum(shares), 3.6), cell * tallest + 0.9
    figure, row = picture(1, len(matrices), size=size, squeeze=False, width_ratios=shares)
    for axes, (name, values) in zip(row.flat, matrices.items(), strict=True):
        _cells(axes, values)
        axes.set_title(name, loc="center", weight="normal")
        if name in marks:
            _mark(axes, marks[name])
    story = [f"{name}: {_in_words(values)}" for name, values in matrices.items()]
    figure.alt = f"{title}. {'. '.join(story)}."
    return headline(figure, title)


def sliding(x: NDArray, W: NDArray, scores: NDArray, place: int) -> Picture:
    """The filter W (kH, kW) on its way over x (H, W): patch, products and scores up to ``place``.

    Places are counted from 1, row by row; scores: of all places.
    """
    row, column = divmod(place - 1, scores.shape[1])
    patch = x[row : row + W.shape[0], column : column + W.shape[1]]
    until_now = np.where(np.arange(scores.size).reshape(scores.shape) < place, scores, np.nan)
    return numbers(
        {"picture": x, "filter": W, "patch × filter": patch * W, "scores": until_now},
        marks={"picture": (row, column, *W.shape), "scores": (row, column, 1, 1)},
        title=f"Place {place} of {scores.size}: the products add up to {scores[row, column]:g}",
    )


@styled
def patches(x: NDArray, W: NDArray, scores: NDArray, *, title: str) -> Picture:
    """Every patch of x (H, W) that the filter W (kH, kW) meets, under its score."""
    seen = np.lib.stride_tricks.sliding_window_view(x, W.shape)
    rows, columns = scores.shape
    figure, grid = picture(rows, columns, size=(max(1.5 * columns, 5.4), 1.35 * rows + 0.4))
    for axes, (place, score) in zip(grid.flat, np.ndenumerate(scores), strict=True):
        _cells(axes, seen[place], limit=np.abs(x).max())
        axes.set_title(f"{score:g}", loc="center", color="black")
        if score == scores.max():
            _mark(axes, (0, 0, *W.shape))
    figure.alt = f"{title}. The scores, row by row: {_in_words(scores)}."
    return headline(figure, title)


@styled
def score_maps(x: NDArray, maps: Mapping[str, NDArray], *, title: str) -> Picture:
    """A picture x, (H, W) or (3, H, W), beside what filters say about it: {name: (H, W)}.

    Blue is a positive score, orange a negative one, white is zero.
    """
    panels = 1 + len(maps)
    width = min(2.4, 7.6 / panels)
    height = width * x.shape[-2] / x.shape[-1] + 0.7
    figure, row = picture(1, panels, size=(width * panels + 0.9, height))
    show(row[0], x, ink=False)
    row[0].set_title("picture", loc="center", weight="normal")
    limit = float(max(np.quantile(np.abs(values), 0.995) for values in maps.values()))
    for axes, (name, values) in zip(row[1:], maps.items(), strict=True):
        _draw_map(axes, values, limit, name)
    figure.colorbar(row[1].images[0], ax=row, shrink=0.7, extend="both", label="score")
    sizes = ", ".join(f"{n} ({v.shape[0]} × {v.shape[1]})" for n, v in maps.items())
    figure.alt = f"{title}. The picture beside its feature maps: {sizes}."
    return headline(figure, title)


@styled
def strongest(layers: Mapping[str, NDArray], *, title: str) -> Picture:
    """Patches that filters answer to most, {layer: (filters, patches, F, F)}: a row a filter."""
    rows, columns = next(iter(layers.values())).shape[:2]
    figure, blocks = picture(1, len(layers), size=(9.5, 0.55 * rows + 0.75))
    for axes, (name, found) in zip(np.atleast_1d(blocks), layers.items(), strict=True):
        F = found.shape[-1]
        gap = 1  # of pixels, so that patches don't run into one another
        sheet = np.full((rows * (F + gap) - gap, columns * (F + gap) - gap), np.nan)
        for (k, place), _ in np.ndenumerate(found[..., 0, 0]):
            row, column = k * (F + gap), place * (F + gap)
            sheet[row : row + F, column : column + F] = found[k, place]
        shades = mpl.colormaps["gray_r"].with_extremes(bad="#8db8d8")
        axes.imshow(sheet, cmap=shades, vmin=0, vmax=1, interpolation="nearest")
        bare(axes)
        for k in range(rows):
            middle = k * (F + gap) + (F - 1) / 2
            axes.text(-gap - 0.5, middle, f"filter {k}", ha="right", va="center", size="small")
        axes.set_title(name, loc="center", weight="normal")
    words = ", ".join(f"{len(found)} filters of the {name}" for name, found in layers.items())
    figure.alt = f"{title}. The {columns} patches with the highest answers: {words}."
    return headline(figure, title)


@styled
def filtered(x: NDArray, W: NDArray, scores: NDArray, padding: int, *, title: str) -> Picture:
    """The picture x (H, W) in its border of zeros, and its map under W (kH, kW), pixel by pixel."""
    figure, (left, right) = picture(1, 2, size=(7.6, 4.3))
    show(left, np.pad(x, padding), ink=False)
    words = f"picture {x.shape[0]} × {x.shape[1]}, border {padding}"
    left.set_title(words, loc="center", weight="normal")
    _mark(left, (0, 0, *W.shape))
    limit = np.abs(W).sum() / 2  # the same for every picture, stride and padding
    size = f"{scores.shape[0]} × {scores.shape[1]}"
    _draw_map(right, scores, limit, f"map {size}")
    figure.colorbar(right.images[0], ax=right, shrink=0.75, extend="both", label="score")
    figure.alt = (
        f"{title}. A picture of {x.shape[0]} × {x.shape[1]} with a border of {padding} gives a map "
        f"of {size}; scores go from {scores.min():.1f} to {scores.max():.1f}."
    )
    return headline(figure, title)


def explore_filters(
    convolve: Callable[[NDArray, NDArray, int, int], NDArray],
    pictures: Mapping[str, NDArray],
    filters: Mapping[str, NDArray],
) -> Explorer:
    """Filter, stride and padding on a picture: ``pictures`` {name: (H, W)}, ``filters`` alike.

    convolve: function of (picture, filter, stride, padding) that returns the map. The title works
    out its number of rows.
    """

    def draw(picture: str, filter: str, stride: int, padding: int) -> Picture:
        x, W = pictures[picture], filters[filter]
        scores = convolve(x, W, stride, padding)
        size, window = x.shape[0], W.shape[0]
        sum_ = f"({size} - {window} + 2 · {padding}) / {stride} + 1"
        rounded = "" if (size - window + 2 * padding) % stride == 0 else ", rounded down,"
        title = f"Rows: {sum_}{rounded} = {len(scores)}"
        return filtered(x, W, scores, padding, title=title)

    return Explorer(
        draw,
        picture=choice("picture", list(pictures)),
        filter=choice("filter", list(filters)),
        stride=integer_slider("stride", 1, 1, 6),
        padding=integer_slider("padding", 0, 0, 8),
    )


def _cells(axes: Axes, values: NDArray, limit: float | None = None) -> None:
    """Numbers in cells: blue the larger, orange the more negative."""
    limit = limit or np.nanmax(np.abs(values)) or 1
    axes.imshow(values, cmap=SHADES, vmin=-limit, vmax=limit)
    size = "small" if values.shape[1] > 6 else "medium"
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.text(column, row, f"{value:g}", ha="center", va="center", size=size)
    bare(axes)
    for line, count in ((axes.axhline, len(values)), (axes.axvline, values.shape[1])):
        for edge in range(count + 1):
            line(edge - 0.5, color="#b0b0b0", lw=0.8)


def _mark(axes: Axes, region: Region) -> None:
    """A thick frame around ``region``."""
    row, column, height, width = region
    look: dict[str, Any] = dict(fill=False, ec=ORANGE, lw=3, clip_on=False)
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), width, height, **look))


def _draw_map(axes: Axes, scores: NDArray, limit: float, name: str) -> None:
    axes.imshow(scores, cmap=BLUE_ORANGE, vmin=-limit, vmax=limit, interpolation="nearest")
    frame(axes)
    axes.set_title(name, loc="center", weight="normal")


def _in_words(values: NDArray) -> str:
    """A matrix row by row: "1 2; 3 4"; "-" for an empty cell."""
    return "; ".join(
        " ".join("-" if np.isnan(value) else f"{value:g}" for value in row) for row in values
    )
