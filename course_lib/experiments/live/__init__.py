"""The library's own runs behind the live figures of ``viz.live``.

Each function returns a ``LiveRun``: what the page begins with, and what the picture shows that
stands there where nothing moves. The tests compare these runs with those in the page. Nothing here
draws; the ES modules are in ``viz.live``.
"""

from course_lib.experiments.live.convolution import convolution_by_hand
from course_lib.experiments.live.digits import digit_reader
from course_lib.experiments.live.network import learning_network
from course_lib.experiments.live.optimizers import optimizer_race
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.live.suppression import box_suppression

__all__ = [
    "LiveRun",
    "box_suppression",
    "convolution_by_hand",
    "digit_reader",
    "learning_network",
    "optimizer_race",
]
