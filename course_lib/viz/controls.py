"""Things to play with: a picture that is drawn again whenever a control moves."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from course_lib.viz.picture import CachedLayout, Picture

# its label is shown whole
LOOK: dict[str, Any] = {"style": {"description_width": "initial"}, "layout": {"width": "28em"}}


class Explorer(ipywidgets.VBox):
    """Controls above a picture. ``draw(**values)`` makes the ``Picture`` for their values.

    controls: name -> one of the controls below, in the order to show them. ``picture`` is the one
    shown now. Where no kernel runs, the page keeps a plain image of it. JupyterLab would rather
    show controls that are not there any more: run a notebook with ``COURSE_STATIC`` in the
    environment to save its images alone.
    """

    def __init__(self, draw: Callable[..., Picture], **controls: ipywidgets.Widget) -> None:
        self._draw, self._layout = draw, CachedLayout()
        self.controls = controls
        self._image = ipywidgets.HTML()
        super().__init__([*controls.values(), self._image])
        for control in controls.values():
            control.observe(self._redraw, names="value")
        self._redraw()

    def _redraw(self, change: Any = None) -> None:
        self.picture = self._draw(**{name: c.value for name, c in self.controls.items()})
        self.picture.set_layout_engine(self._layout)
        self._image.value = self.picture.html(quick=True)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict:
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = f"Interactive figure: {self.picture.alt}"
        bundle["text/html"] = self.picture.html()
        if "COURSE_STATIC" in os.environ:
            del bundle["application/vnd.jupyter.widget-view+json"]
        return bundle


def slider(
    label: str, value: float, low: float, high: float, step: float
) -> ipywidgets.FloatSlider:
    """A slider for a real number; redraws while it moves."""
    return ipywidgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=label, **LOOK
    )


def integer_slider(label: str, value: int, low: int, high: int) -> ipywidgets.IntSlider:
    """A slider for a whole number; redraws while it moves."""
    return ipywidgets.IntSlider(value=value, min=low, max=high, description=label, **LOOK)


def choice_slider(label: str, value: Any, options: Sequence) -> ipywidgets.SelectionSlider:
    """A slider that stops at each of the ``options``; redraws while it moves."""
    return ipywidgets.SelectionSlider(options=options, value=value, description=label, **LOOK)


def power_slider(
    label: str, value: float, low: float, high: float, step: float, *, live: bool = True
) -> ipywidgets.FloatLogSlider:
    """A slider for a positive number; ``low``, ``high`` and ``step`` are powers of ten.

    live: redraw while it moves; else, where drawing takes long, when it is let go.
    """
    return ipywidgets.FloatLogSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        readout_format=".2g",
        continuous_update=live,
        **LOOK,
    )


def choice(label: str, options: Sequence[str], value: str | None = None) -> ipywidgets.Widget:
    """One of some words: buttons if all fit in a line, else a list that folds out.

    value: the word chosen at first, the first of the options if None.
    """
    options = list(options)
    fits = sum(map(len, options)) <= 32 and len(options) <= 6
    kind = ipywidgets.ToggleButtons if fits else ipywidgets.Dropdown
    look = {"style": {"button_width": "auto"}} if fits else {"style": LOOK["style"]}
    first = options[0] if value is None else value
    return kind(options=options, value=first, description=label, **look)


def switch(label: str) -> ipywidgets.Checkbox:
    """On or off; off at first."""
    return ipywidgets.Checkbox(value=False, description=label)
