"""Figures that move in the page: in JupyterLab, in an exported page and in the book, no kernel.

Here live the ES modules (``*_core.js`` computes, the others draw; ``kit.js`` and ``drawing.js`` are
shared), the functions that put them into an output, and the pictures that stand there where
scripts are stripped. What they begin with, and the numbers of the pictures, come from the runs of
``experiments.live``. Their arithmetic is the library's; tests run both. Figures that need a kernel,
and still pictures, are elsewhere in ``viz``.
"""

from course_lib.viz.live.figures import (
    convolution_by_hand,
    digit_reader,
    learning_network,
    optimizer_race,
    picture_ascent,
)
from course_lib.viz.live.grid_world_figure import learning_in_a_grid
from course_lib.viz.live.html_output import LiveFigure
from course_lib.viz.live.plan_figure import plan_builder
from course_lib.viz.live.spectrogram_figure import moving_spectrogram
from course_lib.viz.live.suppression_figure import box_suppression
from course_lib.viz.live.t_sne_figure import moving_map

__all__ = [
    "LiveFigure",
    "box_suppression",
    "convolution_by_hand",
    "digit_reader",
    "learning_in_a_grid",
    "learning_network",
    "moving_map",
    "moving_spectrogram",
    "optimizer_race",
    "picture_ascent",
    "plan_builder",
]
