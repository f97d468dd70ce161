"""The live figure of t-SNE, and the picture that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import COLORS, MARKERS, Picture, bare, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun


def moving_map(run: LiveRun) -> LiveFigure:
    """A map of t-SNE that finds its shape while you watch."""
    return LiveFigure("t_sne", run.start, draw_maps(**run.shown))


@styled
def draw_maps(
    data: str,
    labels: NDArray,
    classes: list[str],
    steps: int,
    maps: dict[int, tuple[NDArray, float]],
) -> Picture:
    """The map after all steps, at each perplexity."""
    figure, row = picture(1, len(maps), size=(9.4, 3.9), squeeze=False)
    for axes, (perplexity, (y, loss)) in zip(row.flat, maps.items(), strict=True):
        for label in np.unique(labels):
            axes.plot(*y[labels == label].T, MARKERS[label], color=COLORS[label], ms=5,
                      mec="white", mew=0.4, label=classes[label])  # fmt: skip
        axes.set_title(f"perplexity {perplexity}, divergence {loss:.2f}", weight="normal")
        axes.set_aspect("equal", adjustable="datalim")
        bare(axes)
        axes.spines[:].set(visible=True, color="#cccccc")
    handles = row.flat[0].get_legend_handles_labels()
    figure.legend(*handles, loc="outside lower center", ncols=len(classes))
    figure.alt = (
        f"{len(labels)} points, {data}, as t-SNE draws them after {steps} steps: "
        + "; ".join(f"perplexity {p}, divergence {loss:.2f}" for p, (_, loss) in maps.items())
        + ". In the live figure the points move, and data and perplexity can be changed."
    )
    return headline(figure, f"t-SNE of {data} at {len(maps)} perplexities")
