"""Things to play with: a picture that is drawn again whenever a control moves."""

import ipywidgets


class Explorer(ipywidgets.VBox):
    """Controls above a picture. ``draw(**values)`` makes the ``plots.Picture`` for their values.

    controls: name -> ipywidgets control, in the order to show them. ``picture`` is the one shown
    now. Where no kernel runs, the picture drawn first stays in the page as a plain image.
    """

    def __init__(self, draw, **controls):
        self._draw = draw
        self.controls = controls
        self._image = ipywidgets.HTML()
        super().__init__([*controls.values(), self._image])
        for control in controls.values():
            control.observe(self._redraw, names="value")
        self._redraw()

    def _redraw(self, change=None):
        self.picture = self._draw(**{name: c.value for name, c in self.controls.items()})
        self._image.value = self.picture.html()

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = f"Interactive figure: {self.picture.alt}"
        return bundle


def slider(label, value, low, high, step):
    """A slider for a real number; redraws while it moves."""
    return ipywidgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        style={"description_width": "initial"},
        layout={"width": "28em"},
    )
