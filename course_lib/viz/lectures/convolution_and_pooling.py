"""Figures of a small window that walks over a picture: patches, filters, feature maps, sizes."""

import ipywidgets
import matplotlib as mpl
import numpy as np
from matplotlib.cbook import get_sample_data

from course_lib.nn import conv2d, output_size
from course_lib.viz.charts import BLUE_ORANGE, bare, frame, headline, picture, styled
from course_lib.viz.controls import Explorer, integer_slider

SOBEL_VERTICAL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_HORIZONTAL = SOBEL_VERTICAL.T
PATCH = "#D55E00"
PIXELS = {"interpolation": "nearest"}  # a pixel stays a square, and the file small
SHADES = mpl.colors.LinearSegmentedColormap.from_list(
    "shades", ["#f3c9a5", "#ffffff", "#a9d2ec"]
)  # pale enough for black numbers


def photo():
    """Grace Hopper, who wrote one of the first compilers: (3, 150, 128) in [0, 1], float32.

    The picture is in the public domain (US Navy, 1984) and comes with matplotlib.
    """
    with get_sample_data("grace_hopper.jpg") as file:
        pixels = mpl.image.imread(file, format="jpg").astype(np.float32) / 255
    quarter = pixels.reshape(150, 4, 128, 4, 3).mean(axis=(1, 3))
    return quarter.transpose(2, 0, 1)


def slide(x, W, places=None, stride=1):
    """Scores of the filter W (kH, kW) on the picture x (H, W), at its first ``places`` places.

    Returns the scores, NaN where the filter has not been yet, and the corner (row, column) of the
    last patch.
    """
    scores = conv2d(x[np.newaxis, np.newaxis], W[np.newaxis, np.newaxis], np.zeros(1), stride)[0, 0]
    places = scores.size if places is None else places
    row, column = divmod(places - 1, scores.shape[1])
    scores.flat[places:] = np.nan
    return scores, (row * stride, column * stride)


@styled
def numbers(grids, *, title, marks=None, width=9.0):
    """Matrices side by side, as numbers in shaded cells: ``grids`` is {name: (H, W)}.

    NaN stays an empty cell. marks: {name: (row, column, height, width)}, a frame to draw there.
    """
    marks = marks or {}
    grids = {name: np.asarray(values, float) for name, values in grids.items()}
    shares = [values.shape[1] + 0.6 for values in grids.values()]
    tallest = max(values.shape[0] for values in grids.values())
    cell = min(0.62, width / sum(shares))
    size = max(cell * sum(shares), 3.6), cell * tallest + 0.9
    figure, row = picture("", 1, len(grids), size=size, squeeze=False, width_ratios=shares)
    for axes, (name, values) in zip(row.flat, grids.items(), strict=True):
        _cells(axes, values)
        axes.set_title(name, loc="center", weight="normal")
        if name in marks:
            _mark(axes, marks[name])
    story = [f"{name}: {_in_words(values)}" for name, values in grids.items()]
    figure.alt = f"{title}. {'. '.join(story)}."
    return headline(figure, title)


def sliding(x, W, place):
    """The filter W (kH, kW) on its way over x (H, W): patch, products and scores up to ``place``.

    Places are counted from 1, row by row.
    """
    scores, (row, column) = slide(x, W, place)
    patch = x[row : row + W.shape[0], column : column + W.shape[1]]
    total = scores.flat[place - 1]
    return numbers(
        {"picture": x, "filter": W, "patch × filter": patch * W, "scores": scores},
        marks={
            "picture": (row, column, *W.shape),
            "scores": (*divmod(place - 1, scores.shape[1]), 1, 1),
        },
        title=f"Place {place} of {scores.size}: the products add up to {total:g}",
    )


def slide_by_hand(x, filters):
    """Choose one of the ``filters``, {name: (kH, kW)}, all of one size, and walk it over x."""
    names = list(filters)
    places = slide(x, filters[names[0]])[0].size
    return Explorer(
        lambda filter, place: sliding(x, filters[filter], place),
        filter=ipywidgets.Dropdown(options=names, description="filter"),
        place=integer_slider("place", 1, 1, places),
    )


@styled
def patches(x, W, *, title):
    """Every patch of x (H, W) that the filter W (kH, kW) meets, under its score."""
    scores, _ = slide(x, W)
    seen = np.lib.stride_tricks.sliding_window_view(x, W.shape)
    rows, columns = scores.shape
    figure, grid = picture("", rows, columns, size=(max(1.5 * columns, 5.4), 1.35 * rows + 0.4))
    for axes, (place, score) in zip(grid.flat, np.ndenumerate(scores), strict=True):
        _cells(axes, seen[place], limit=np.abs(x).max())
        axes.set_title(f"{score:g}", loc="center", color="black")
        if score == scores.max():
            _mark(axes, (0, 0, *W.shape))
    figure.alt = f"{title}. The scores, row by row: {_in_words(scores)}."
    return headline(figure, title)


@styled
def feature_maps(x, maps, *, title, name="picture", label="score"):
    """A picture x, (H, W) or (3, H, W), beside what filters say about it: {name: (H, W)}.

    Blue is a positive score, orange a negative one, white is zero.
    """
    panels = 1 + len(maps)
    width = min(2.4, 7.6 / panels)
    height = width * x.shape[-2] / x.shape[-1] + 0.7
    figure, row = picture("", 1, panels, size=(width * panels + 0.9, height))
    _show(row[0], x, name)
    limit = max(np.quantile(np.abs(values), 0.995) for values in maps.values())
    for axes, (filter_name, values) in zip(row[1:], maps.items(), strict=True):
        image = axes.imshow(values, cmap=BLUE_ORANGE, vmin=-limit, vmax=limit, **PIXELS)
        _name(axes, filter_name)
    figure.colorbar(image, ax=row, shrink=0.7, extend="both", label=label)
    sizes = ", ".join(f"{n} ({v.shape[0]} × {v.shape[1]})" for n, v in maps.items())
    figure.alt = f"{title}. The {name} beside its feature maps: {sizes}."
    return headline(figure, title)


@styled
def pictures(shown, *, title):
    """Pictures of different sizes, (H, W) or (3, H, W), drawn equally large: {name: picture}."""
    figure, row = picture("", 1, len(shown), size=(2.4 * len(shown), 3.3), squeeze=False)
    for axes, (name, x) in zip(row.flat, shown.items(), strict=True):
        _show(axes, x, f"{name}\n{x.shape[-2]} × {x.shape[-1]}")
    figure.alt = f"{title}. " + "; ".join(
        f"{name}, {x.shape[-2]} × {x.shape[-1]}" for name, x in shown.items()
    )
    return headline(figure, title)


@styled
def filtered(x, W, stride, padding, *, title):
    """The picture x (H, W) in its border of zeros, and its map under W (kH, kW), pixel by pixel."""
    z = conv2d(x[None, None], W[None, None].astype(x.dtype), np.zeros(1, x.dtype), stride, padding)
    z = z[0, 0]
    figure, (left, right) = picture("", 1, 2, size=(7.6, 4.3))
    bordered = np.pad(x, padding)
    left.imshow(bordered, cmap="gray", vmin=0, vmax=1, **PIXELS)
    _name(left, f"picture {x.shape[0]} × {x.shape[1]}, border {padding}")
    _mark(left, (0, 0, *W.shape))
    limit = np.abs(W).sum() / 2  # the same for every picture, stride and padding
    image = right.imshow(z, cmap=BLUE_ORANGE, vmin=-limit, vmax=limit, **PIXELS)
    _name(right, f"map {z.shape[0]} × {z.shape[1]}")
    figure.colorbar(image, ax=right, shrink=0.75, extend="both", label="score")
    figure.alt = (
        f"{title}. A picture of {x.shape[0]} × {x.shape[1]} with a border of {padding} gives a map "
        f"of {z.shape[0]} × {z.shape[1]}; scores go from {z.min():.1f} to {z.max():.1f}."
    )
    return headline(figure, title)


def explore_filters(pictures, filters):
    """Filter, stride and padding on a picture: ``pictures`` {name: (H, W)}, ``filters`` alike.

    The title works out the number of rows.
    """

    def draw(picture, filter, stride, padding):
        x, W = pictures[picture], filters[filter]
        size, window = x.shape[0], W.shape[0]
        rows = output_size(size, window, stride, padding)
        sum_ = f"({size} - {window} + 2 · {padding}) / {stride} + 1"
        rounded = "" if (size - window + 2 * padding) % stride == 0 else ", rounded down,"
        return filtered(x, W, stride, padding, title=f"Rows: {sum_}{rounded} = {rows}")

    return Explorer(
        draw,
        picture=ipywidgets.Dropdown(options=list(pictures), description="picture"),
        filter=ipywidgets.Dropdown(options=list(filters), description="filter"),
        stride=integer_slider("stride", 1, 1, 6),
        padding=integer_slider("padding", 0, 0, 8),
    )


def _cells(axes, values, limit=None):
    """Numbers in cells: blue the larger, orange the more negative."""
    limit = limit or np.nanmax(np.abs(values)) or 1
    axes.imshow(values, cmap=SHADES, vmin=-limit, vmax=limit)
    small = values.shape[1] > 6
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            look = {"size": "small" if small else "medium"}
            axes.text(column, row, f"{value:g}", ha="center", va="center", **look)
    bare(axes)
    for side, length in enumerate(values.shape):
        for edge in range(length + 1):
            line = axes.axhline if side == 0 else axes.axvline
            line(edge - 0.5, color="#b0b0b0", lw=0.8)


def _mark(axes, box):
    """A thick frame around ``box``, (row, column, height, width)."""
    row, column, height, width = box
    corner = column - 0.5, row - 0.5
    axes.add_patch(
        mpl.patches.Rectangle(corner, width, height, fill=False, ec=PATCH, lw=3, clip_on=False)
    )


def _show(axes, x, name):
    axes.imshow(x if x.ndim == 2 else x.transpose(1, 2, 0), cmap="gray", vmin=0, vmax=1, **PIXELS)
    _name(axes, name)


def _name(axes, name):
    frame(axes)
    axes.set_title(name, loc="center", weight="normal")


def _in_words(values):
    """A matrix row by row: "1 2; 3 4"; "-" for an empty cell."""
    return "; ".join(
        " ".join("-" if np.isnan(value) else f"{value:g}" for value in row) for row in values
    )
