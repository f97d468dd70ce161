"""Things to play with: a picture that is drawn again whenever a control moves."""

import os

import ipywidgets
import numpy as np

from course_lib.nn import perceptron, sigmoid, softmax
from course_lib.training import predict
from course_lib.viz import charts, images

# of a slider: its label is shown whole
LOOK = {"style": {"description_width": "initial"}, "layout": {"width": "28em"}}


class Explorer(ipywidgets.VBox):
    """Controls above a picture. ``draw(**values)`` makes the ``charts.Picture`` for their values.

    controls: name -> ipywidgets control, in the order to show them. ``picture`` is the one shown
    now. Where no kernel runs, the page keeps a plain image of it. JupyterLab would rather show
    controls that are not there any more: run a notebook with ``COURSE_STATIC`` in the environment
    to save its images alone.
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
        bundle["text/html"] = self.picture.html()
        if "COURSE_STATIC" in os.environ:
            del bundle["application/vnd.jupyter.widget-view+json"]
        return bundle


def slider(label, value, low, high, step):
    """A slider for a real number; redraws while it moves."""
    return ipywidgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        **LOOK,
    )


def integer_slider(label, value, low, high):
    """A slider for a whole number; redraws while it moves."""
    return ipywidgets.IntSlider(
        value=value,
        min=low,
        max=high,
        description=label,
        **LOOK,
    )


def choice_slider(label, value, options):
    """A slider that stops at each of the ``options``; redraws while it moves."""
    return ipywidgets.SelectionSlider(options=options, value=value, description=label, **LOOK)


def spoil(x, shift=0, noise=0.0, seed=0):
    """Pictures x (..., H, W) moved right by ``shift`` pixels (left if negative), then made noisy.

    noise: standard deviation of the normal noise that is added; the result stays in [0, 1].
    """
    moved = np.roll(x, shift, axis=-1)
    if shift:  # what left at one edge would come back at the other
        moved[..., slice(shift) if shift > 0 else slice(shift, None)] = 0
    if noise:
        moved = moved + noise * np.random.default_rng(seed).standard_normal(x.shape)
    return np.clip(moved, 0, 1).astype(x.dtype)


def ask_a_classifier(model, x, y, classes):
    """Choose a picture of x (N, 1, H, W), spoil it, and see the model's probabilities change."""

    def draw(picture, shift, noise):
        chosen = slice(picture, picture + 1)
        changed = spoil(x[chosen], shift, noise)
        return images.answers(
            np.concatenate([x[chosen], changed]),
            softmax(np.concatenate([predict(model, x[chosen]), predict(model, changed)])),
            np.repeat(y[chosen], 2),
            classes,
            names=["as it was", "as it is now"],
            title=f"Picture {picture}, a {classes[y[picture]]}",
        )

    return Explorer(
        draw,
        picture=integer_slider("picture", 0, 0, len(x) - 1),
        shift=integer_slider("shift to the right, in pixels", 0, -8, 8),
        noise=slider("noise", 0.0, 0.0, 0.8, 0.05),
    )


def perceptron_by_hand(X, y, *, w, b, title="By hand", **names):
    """Weights and bias of a perceptron on sliders, over the samples X (N, 2) with labels y.

    The title counts the samples on the wrong side. names: as in ``charts.decision_boundary``.
    """
    X, y = np.asarray(X), np.asarray(y)

    def draw(w1, w2, b):
        def decide(x):
            return perceptron(x, np.array([w1, w2]), b)

        shown = f"{title}: {np.sum(decide(X) != y)} of {len(y)} on the wrong side"
        return charts.decision_boundary(decide, X, y, title=shown, **names)

    return Explorer(
        draw,
        w1=slider("w1", w[0], -3, 3, 0.1),
        w2=slider("w2", w[1], -3, 3, 0.1),
        b=slider("b", b, -3, 3, 0.1),
    )


def sigmoid_by_hand(*, w=1.0, b=0.0):
    """One sigmoid neuron, sigmoid(w * x + b), with weight and bias on sliders."""
    x = np.linspace(-6, 6, 201)

    def draw(w, b):
        return charts.lines(
            {"a neuron": (x, sigmoid(w * x + b)), "a step": (x, (x > 0).astype(float))},
            xlabel="input x",
            ylabel="output",
            title=f"A neuron with weight {w:g} and bias {b:g}",
            ylim=(-0.05, 1.05),
        )

    return Explorer(draw, w=slider("weight w", w, -5, 5, 0.5), b=slider("bias b", b, -5, 5, 0.5))
