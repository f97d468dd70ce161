"""Figures of lecture 15: filters in color, patches that excite a unit, maps beside pictures."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import colormaps
from numpy.typing import NDArray

from course_lib.viz.images import show
from course_lib.viz.picture import BLUE_ORANGE, Picture, bare, headline, picture, styled

BLUES = colormaps["Blues"].resampled(16)  # steps that nobody sees keep the files small


@styled
def color_filters(sets: Mapping[str, NDArray], *, title: str) -> Picture:
    """Filters of red, green and blue side by side, {name: W (K, 3, kH, kW)}: grey is no weight."""
    figure, row = picture(1, len(sets), size=(4.5 * len(sets), 2.9), squeeze=False)
    figure.get_layout_engine().set(wspace=0.08)  # else they look like a single sheet
    for axes, (name, W) in zip(row.flat, sets.items(), strict=True):
        columns = int(np.ceil(np.sqrt(2 * len(W))))
        limit = np.abs(W).max()
        axes.imshow(_sheet(0.5 + W / (2 * limit), columns), interpolation="nearest")
        axes.set_title(name, loc="center", weight="normal")
        bare(axes)
    figure.alt = f"{title}. " + "; ".join(
        f"{name}: {len(W)} filters of {W.shape[2]} × {W.shape[3]} weights for each of red,"
        " green and blue, drawn as colors around a grey of no weight"
        for name, W in sets.items()
    ) + "."  # fmt: skip
    return headline(figure, title)


def _sheet(tiles: NDArray, columns: int) -> NDArray:
    """Tiles (K, 3, H, W) in rows of ``columns`` with white lines between: (rows, columns, 3)."""
    K, _, H, W = tiles.shape
    rows = -(-K // columns)
    sheet = np.ones((rows * (H + 1) - 1, columns * (W + 1) - 1, 3))
    for k, tile in enumerate(tiles):
        row, column = divmod(k, columns)
        top, left = row * (H + 1), column * (W + 1)
        sheet[top : top + H, left : left + W] = tile.transpose(1, 2, 0)
    return sheet


@styled
def patch_rows(patches: NDArray, *, title: str) -> Picture:
    """Patches (K, count, H, W), ink on paper: a row for each of K units, two units a line."""
    K, count = patches.shape[:2]
    lines = -(-K // 2)
    figure, grid = picture(
        lines, 2 * count + 1, size=(9.6, 0.58 * lines + 0.4), squeeze=False,
        width_ratios=[1] * count + [0.9] + [1] * count,
    )  # fmt: skip
    for axes in grid.flat:
        axes.axis("off")
    for k in range(K):
        line, half = divmod(k, 2)
        for place in range(count):
            axes = grid[line, half * (count + 1) + place]
            show(axes, patches[k, place])
            if place == 0:
                axes.set_ylabel(f"{k}", rotation=0, ha="right", va="center", size="small")
    figure.alt = (
        f"{title}. For each of {K} units the {count} patches of {patches.shape[2]} × "
        f"{patches.shape[3]} pixels that excite it most."
    )
    return headline(figure, title)


@styled
def map_rows(
    x: Sequence[NDArray], names: Sequence[str], maps: Mapping[str, Sequence[NDArray]], *,
    title: str, ink: bool = False, signed: bool = False,
) -> Picture:  # fmt: skip
    """A row for each picture of x: itself under its name, then its map of every kind.

    maps: {kind: one (H, W) for each picture}, scaled each by itself: dark blue is the largest, or,
    if signed, blue above and orange below zero
    """
    wide = min(1.6, 9.6 / (1 + len(maps)))
    figure, grid = picture(
        len(x), 1 + len(maps), size=(wide * (1 + len(maps)), (wide + 0.25) * len(x) + 0.35),
        squeeze=False,
    )  # fmt: skip
    for n, row in enumerate(grid):
        show(row[0], x[n], ink=ink)
        row[0].set_title(names[n], loc="center", weight="normal", size="small")
        for axes, (kind, values) in zip(row[1:], maps.items(), strict=True):
            limit = np.quantile(np.abs(values[n]), 0.995) + 1e-12  # a few large ones would pale all
            look = dict(cmap=BLUE_ORANGE, vmin=-limit) if signed else dict(cmap=BLUES, vmin=0)
            axes.imshow(values[n], vmax=limit, interpolation="nearest", **look)
            bare(axes)
            if n == 0 or signed:
                axes.set_title(kind, loc="center", weight="normal", size="small")
    scale = "Blue is positive, orange negative." if signed else "Dark is a high value."
    figure.alt = (
        f"{title}. A row for each of {', '.join(names)}: the picture, and beside it "
        f"{', '.join(' '.join(kind.split()) for kind in maps)}. {scale}"
    )
    return headline(figure, title)
