"""A curve and its tangent: how steep a function is at one place."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.viz.controls import Explorer, choice, slider
from course_lib.viz.picture import ORANGE, Picture, picture, styled


@styled
def tangent(
    x: NDArray,
    y: NDArray,
    place: float,
    value: float,
    slope: float,
    *,
    name: str,
    xlabel: str = "x",
    ylim: tuple[float, float] | None = None,
) -> Picture:
    """A curve y over x, called ``name``, and its tangent at one place of this value and slope.

    ylim: range of the vertical axis; the curve's own if None.
    """
    figure, axes = picture(size=(6.0, 3.6))
    axes.plot(x, y, label=name)
    near = place + np.array([-1, 1]) * np.ptp(x) / 8
    axes.plot(near, value + slope * (near - place), "--", color=ORANGE, lw=2.5, label="tangent")
    axes.plot(place, value, "o", color="black", ms=8)
    air = 0.15 * np.ptp(y)
    axes.set(xlabel=xlabel, ylabel="value", xlim=(x[0], x[-1]))
    axes.set_ylim((min(y) - air, max(y) + air) if ylim is None else ylim)
    axes.set_title(f"{name} at {xlabel} = {place:g}: value {value:.3f}, slope {slope:.3f}")
    axes.legend()
    figure.alt = (
        f"The curve of {name} and its tangent at {xlabel} = {place:g}. "
        f"The value there is {value:.3f}, the slope {slope:.3f}."
    )
    return figure


def tangent_by_hand(
    functions: Mapping[str, Any],
    differentiate: Callable[[Any, NDArray], tuple[ArrayLike, ArrayLike]],
    *,
    place: float = 1.0,
    reach: float = 3.0,
    step: float = 0.1,
    xlabel: str = "x",
    ylim: tuple[float, float] | None = None,
) -> Explorer:
    """Choose a function and a place between -reach and reach; see the tangent.

    functions: {name: what ``differentiate`` takes}; differentiate: function of one of them and of
    an array of places, which returns values and slopes there.
    """
    x = np.linspace(-reach, reach, 401)

    def draw(place: float, function: str) -> Picture:
        f = functions[function]
        curve, _ = differentiate(f, x)
        value, slope = (np.asarray(found).item() for found in differentiate(f, np.array([place])))
        return tangent(
            x, np.asarray(curve), place, value, slope, name=function, xlabel=xlabel, ylim=ylim
        )

    return Explorer(
        draw,
        place=slider(xlabel, place, -reach, reach, step),
        function=choice("function", list(functions)),
    )
