"""Figures of lecture 00: the first slider."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course_lib.viz.charts import lines
from course_lib.viz.controls import Explorer, slider
from course_lib.viz.picture import Picture


def neuron_by_hand(
    activation: Callable[[NDArray], NDArray], *, w: float = 1.0, b: float = 0.0
) -> Explorer:
    """One neuron, activation(w * x + b), with weight and bias on sliders, beside a step."""
    x = np.linspace(-6, 6, 201)

    def draw(w: float, b: float) -> Picture:
        return lines(
            {"a neuron": (x, activation(w * x + b)), "a step": ([-6, 0, 0, 6], [0, 0, 1, 1])},
            xlabel="input x",
            ylabel="output",
            title=f"A neuron with weight {w:g} and bias {b:g}",
            ylim=(-0.05, 1.05),
        )

    return Explorer(draw, w=slider("weight w", w, -5, 5, 0.5), b=slider("bias b", b, -5, 5, 0.5))
