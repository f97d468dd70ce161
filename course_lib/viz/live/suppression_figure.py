"""The live figure of non-maximum suppression, and its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from course_lib.viz.lectures.segmentation_and_detection import draw_boxes
from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import Picture, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun


def box_suppression(run: LiveRun) -> LiveFigure:
    """What a detector answered, and which of its boxes stay."""
    return LiveFigure("suppression", run.start, draw_suppression(**run.shown))


@styled
def draw_suppression(x: NDArray, before: Any, after: Any) -> Picture:
    """A scene x (1, 48, 48) with the boxes before and after; both have boxes, scores, labels."""
    figure, row = picture(1, 2, size=(7.4, 4.0))
    for axes, found, name in zip(row, (before, after), ("before", "after"), strict=True):
        draw_boxes(axes, x, found.boxes, found.labels, found.scores, words=found is after)
        axes.set_title(f"{name}: {len(found.scores)} boxes", loc="center", weight="normal")
    kept = ", ".join(
        f"{'an' if k == 8 else 'a'} {k} with {score:.3f}"
        for k, score in zip(after.labels, after.scores, strict=True)
    )
    figure.alt = (
        f"A scene with the {len(before.scores)} boxes that a detector answered, and with the "
        f"{len(after.scores)} that non-maximum suppression leaves: {kept}. In the live figure the "
        "boxes go one by one, and score and limit can be changed."
    )
    return headline(
        figure, f"Of {len(before.scores)} overlapping boxes {len(after.scores)} are left"
    )
