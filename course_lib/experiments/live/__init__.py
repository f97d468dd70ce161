"""The library's own runs behind the live figures of ``viz.live``.

Each function returns a ``LiveRun``: what the page begins with, and what the picture shows that
stands there where nothing moves. The tests compare these runs with those in the page. Nothing here
draws; the ES modules are in ``viz.live``.
"""

from course_lib.experiments.live.ascent import picture_ascent
from course_lib.experiments.live.convolution import convolution_by_hand
from course_lib.experiments.live.digits import digit_reader
from course_lib.experiments.live.grid_world import learning_in_a_grid
from course_lib.experiments.live.network import learning_network
from course_lib.experiments.live.optimizers import optimizer_race
from course_lib.experiments.live.plan import plan_builder
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.live.spectrogram import moving_spectrogram
from course_lib.experiments.live.suppression import box_suppression
from course_lib.experiments.live.t_sne import moving_map

__all__ = [
    "LiveRun",
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
