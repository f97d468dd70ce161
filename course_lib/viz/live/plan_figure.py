"""The live figure of a network that is built from a plan, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.picture import BLUE, ORANGE, Picture, headline, picture, styled

if TYPE_CHECKING:
    from course_lib.experiments.live import LiveRun
    from course_lib.zoo.plan import Row, Summary


def plan_builder(run: LiveRun) -> LiveFigure:
    """A plan whose layers can be changed; shapes, counts and fields follow."""
    return LiveFigure("plan", run.start, draw_plan(**run.shown))


@styled
def draw_plan(name: str, rows: Sequence[Row], total: Summary) -> Picture:
    """A bar for each layer: its share of the parameters, and of the multiply-adds."""
    figure, panels = picture(1, 2, size=(9.4, 1.4 + 0.3 * len(rows)), sharey=True)
    counts: dict[str, tuple[Callable[[Row], int], int, str]] = {
        "parameters": (lambda row: row.parameters, total.parameters, ORANGE),
        "multiply-adds": (lambda row: row.macs, total.macs, BLUE),
    }
    story = []
    for axes, (what, (number, whole, color)) in zip(panels, counts.items(), strict=True):
        values = [number(row) for row in rows]
        axes.barh(range(len(rows)), np.array(values) / whole, color=color)
        for place, value in enumerate(values):
            axes.text(value / whole + 0.01, place, f"{value:,}", va="center", fontsize="small")
        axes.set(xlim=(0, 1.12), xticks=[], title=f"{whole:,} {what}")
        axes.grid(False)
        most = int(np.argmax(values))
        story.append(f"{values[most] / whole:.0%} of the {what} are in {rows[most].layer}")
    labels = [
        f"{row.layer}   {' × '.join(map(str, row.shape))}   field {row.field:g}" for row in rows
    ]
    panels[0].set_yticks(range(len(rows)), labels)
    panels[0].invert_yaxis()
    figure.alt = (
        f"{name}, layer by layer: {'; '.join(labels)}. {' and '.join(story)}. In the live figure "
        "layers can be changed, added and removed, and all numbers follow."
    )
    return headline(figure, f"{name}: {' and '.join(story)}")
