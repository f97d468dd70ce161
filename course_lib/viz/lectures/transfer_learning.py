"""Figures of lecture 14: ways to take over a network, neighbors, accuracies, maps of codes."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from numpy.typing import NDArray

from course_lib.viz.images import RIGHT, WRONG, show
from course_lib.viz.picture import (
    COLORS,
    GRAY,
    LINES,
    MARKERS,
    PALE_BLUE,
    Picture,
    bare,
    headline,
    picture,
    styled,
)

FROZEN, TUNED = COLORS[0], COLORS[1]
# How a layer is drawn: (color, hatch)
LOOKS = {"new": ("white", ""), "frozen": (PALE_BLUE, ""), "goes on": ("#fbe3d0", "///")}


@styled
def ways(rows: Mapping[str, Sequence[str]], layers: Sequence[str]) -> Picture:
    """How each way treats each layer: {way: (a key of LOOKS for each of ``layers``)}."""
    figure, axes = picture(size=(7.6, 0.75 * len(rows) + 0.8))
    for row, treated in enumerate(rows.values()):
        for column, kind in enumerate(treated):
            color, hatch = LOOKS[kind]
            axes.add_patch(
                FancyBboxPatch(
                    (column, -row), 0.8, 0.55, boxstyle="round,pad=0,rounding_size=0.06",
                    facecolor=color, hatch=hatch, edgecolor="#777777",
                )
            )  # fmt: skip
            axes.text(column + 0.4, 0.275 - row, kind, ha="center", va="center", size="small",
                      bbox={"facecolor": color, "edgecolor": "none", "pad": 1})  # fmt: skip
    for column, name in enumerate(layers):
        axes.text(column + 0.4, 0.75, name, ha="center", size="small")
    for row, name in enumerate(rows):
        axes.text(-0.15, 0.275 - row, name, ha="right", va="center")
    axes.set(xlim=(-1.9, len(layers)), ylim=(-len(rows) + 0.8, 1.1))
    bare(axes)
    axes.set_title("Layers are new, frozen, or go on learning", loc="left")
    figure.alt = "What happens to the layers " + ", ".join(layers) + ". " + " ".join(
        f"{name}: {', '.join(treated)}." for name, treated in rows.items()
    )  # fmt: skip
    return figure


@styled
def neighbors(
    rows: Mapping[str, Sequence[NDArray]], right: Mapping[str, Sequence[bool]], *, title: str
) -> Picture:
    """Pictures in rows, {row: (3, H, W) each}; those of a row in ``right`` have a frame.

    Blue and thin where they are of the same photo as the picture above, orange and thick otherwise.
    """
    count = len(next(iter(rows.values())))
    figure, grid = picture(len(rows), count, size=(1.15 * count + 1.2, 1.2 * len(rows) + 0.4))
    for line, (name, pictures) in zip(grid, rows.items(), strict=True):
        line[0].set_ylabel(name, rotation=0, ha="right", va="center")
        for index, (axes, image) in enumerate(zip(line, pictures, strict=True)):
            show(axes, image)
            if name in right:
                good = right[name][index]
                axes.spines[:].set(color=RIGHT if good else WRONG, linewidth=2 if good else 5)
    figure.alt = f"{title}. {count} cutouts and what lies nearest to them. " + " ".join(
        f"{name}: {sum(flags)} of {count} are of the same photo." for name, flags in right.items()
    )
    return headline(figure, title)


@styled
def by_layer(
    curves: Mapping[str, NDArray],
    layers: Sequence[str],
    *,
    levels: Mapping[str, NDArray] | None = None,
    title: str,
    ylabel: str = "test accuracy, %",
) -> Picture:
    """Shares over the layers: {name: (layers, draws)}, a line at the mean, a bar from low to high.

    levels: {name: (draws,)} of what has no layers, a horizontal line each in the color of the curve
    of the same place.
    """
    figure, axes = picture(size=(7.2, 4.0))
    places = np.arange(len(layers))
    story = []
    for index, (name, runs) in enumerate(curves.items()):
        look = dict(color=COLORS[index], marker=MARKERS[index], ls=LINES[index % len(LINES)])
        runs = 100 * np.asarray(runs)
        mean = runs.mean(axis=1)
        around = np.stack([mean - runs.min(axis=1), runs.max(axis=1) - mean])
        axes.errorbar(places, mean, around, capsize=3, label=name, **look)  # type: ignore[arg-type]
        values = ", ".join(f"{x} {v:.1f}" for x, v in zip(layers, mean, strict=True))
        story.append(f"{name}: {values}")
    for index, (name, runs) in enumerate((levels or {}).items()):
        level = 100 * np.mean(runs)
        axes.axhline(level, color=COLORS[index], lw=1.5, ls=":")
        axes.text(len(layers) - 0.55, level, name, color=COLORS[index], va="center",
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
        story.append(f"{name}: {level:.1f}")
    axes.set_xticks(places, layers)
    axes.set(xlabel="layer whose code is used", ylabel=ylabel, title=title)
    axes.set_xlim(-0.5, len(layers) + (0.9 if levels else -0.5))
    axes.legend(loc="lower center")
    figure.alt = f"{title}. {ylabel}: {'; '.join(story)}."
    return figure


@styled
def four_cases(cases: Mapping[str, Mapping[str, NDArray]], *, title: str) -> Picture:
    """Accuracy over the number of layers copied, a panel a case.

    cases: {case: {"frozen": (layers + 1, draws), "tuned": the same, "pixels": (draws,)}}; the first
    row of both curves is the network from scratch. A small dot is a draw.
    """
    rows = len(cases) // 2
    figure, grid = picture(rows, 2, size=(8.4, 3.1 * rows), sharex=True, sharey="row",
                           squeeze=False)  # fmt: skip
    story = []
    for axes, (case, runs) in zip(grid.flat, cases.items(), strict=True):
        curves = (("frozen", FROZEN, "-", "o"), ("tuned", TUNED, "--", "s"))
        for kind, color, line, marker in curves:
            values = 100 * np.asarray(runs[kind])
            layers = np.arange(len(values))
            axes.plot(layers, values, ".", color=color, ms=4, alpha=0.6)
            axes.plot(layers, values.mean(axis=1), color=color, ls=line, marker=marker,
                      mfc="white", label=f"copies {kind}")  # fmt: skip
            means = ", ".join(f"{v:.1f}" for v in values.mean(axis=1))
            story.append(f"{case}, {kind}: {means}")
        level = 100 * np.mean(runs["pixels"])
        axes.axhline(level, color=GRAY, ls=":", label="linear classifier of the pixels")
        axes.set_title(case)
        axes.set_xticks(layers, ["none:\nfrom scratch", *map(str, layers[1:])])
    for axes in grid[-1]:
        axes.set_xlabel("layers copied from the reader of 0 to 4")
    for axes in grid[:, 0]:
        axes.set_ylabel("test accuracy, %")
    figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.alt = f"{title}. Mean test accuracy in per cent over the layers copied, 0 first. " + (
        "; ".join(story) + "."
    )
    return headline(figure, title)


@styled
def rates(runs: Mapping[str, Mapping[str, NDArray]], *, title: str) -> Picture:
    """Accuracies of ways to set the rates, a panel a case: {case: {way: (draws,)}}."""
    figure, row = picture(1, len(runs), size=(2.35 * len(runs) + 1.2, 2.6), sharey=True)
    story = []
    for axes, (case, ways_) in zip(row, runs.items(), strict=True):
        for place, (way, values) in enumerate(ways_.items()):
            shares = 100 * np.asarray(values)
            axes.plot(shares, [place] * len(shares), "o", color=COLORS[0], alpha=0.6, ms=5)
            axes.plot([shares.mean()] * 2, [place - 0.3, place + 0.3], color=COLORS[1], lw=2)
            story.append(f"{case}, {way}: {shares.mean():.1f}")
        axes.set_title(case, size="small")
        axes.set_xlabel("test accuracy, %")
        axes.set_yticks(range(len(ways_)), list(ways_))
    row[0].invert_yaxis()
    figure.alt = f"{title}. Mean test accuracy in per cent: {'; '.join(story)}."
    return headline(figure, title)


@styled
def maps(
    panels: Mapping[str, NDArray],
    labels: NDArray | Mapping[str, NDArray],
    classes: Sequence[str] | None = None,
    *,
    title: str,
    columns: int = 4,
    note: str = "",
) -> Picture:
    """Maps of points side by side: {title: (N, 2)}, colored and shaped by label, without axes.

    labels: (N,) for all panels, or {title: (N,)}; classes: names for a legend.
    """
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    wide = 9.4 / columns if columns > 2 else 4.2
    figure, grid = picture(rows, columns, size=(wide * columns, wide * rows + 0.7), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, (name, y) in zip(grid.flat, panels.items(), strict=False):
        axes.axis("on")
        _points(axes, y, labels[name] if isinstance(labels, Mapping) else labels, classes)
        axes.set_title(name, size="medium" if columns < 3 else "small", weight="normal")
        axes.set_aspect("equal", adjustable="datalim")
        bare(axes)
        axes.spines[:].set(visible=True, color="#cccccc")
    if classes:
        handles = grid[0, 0].get_legend_handles_labels()
        figure.legend(*handles, loc="outside lower center", ncols=len(classes))
    figure.alt = (
        f"{title}. Maps of points: {'; '.join(' '.join(p.split()) for p in panels)}. {note}"
    )
    return headline(figure, title)


def _points(axes: Axes, y: NDArray, labels: NDArray, classes: Sequence[str] | None) -> None:
    size = 5 if len(y) <= 250 else 3
    for label in np.unique(labels):
        name = classes[label] if classes else None
        axes.plot(*y[labels == label].T, MARKERS[label], color=COLORS[label], ms=size, mec="white",
                  mew=0.4, label=name)  # fmt: skip
