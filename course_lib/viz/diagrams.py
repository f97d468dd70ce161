"""Diagrams: what is connected with what."""

import numpy as np

from course_lib.viz.charts import picture, styled


@styled
def network(layers, weights, biases=(), *, title):
    """A network as circles and arrows, from left to right.

    layers: lists of names, the inputs first; weights: {(from, to): value}, an arrow each;
    biases: {name: value}, written below the unit.
    """
    biases = dict(biases)
    places = {
        name: (1.6 * i, (len(layer) - 1) / 2 - k)
        for i, layer in enumerate(layers)
        for k, name in enumerate(layer)
    }
    tallest = max(len(layer) for layer in layers)
    figure, axes = picture("", size=(2.3 * len(layers), 1.3 * tallest + 0.6))
    for (start, end), value in weights.items():
        tail, head = np.array(places[start]), np.array(places[end])
        arrow = {"arrowstyle": "-|>", "color": "0.35", "shrinkA": 23, "shrinkB": 23}
        axes.annotate("", head, tail, arrowprops=arrow)
        back = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        axes.text(*(0.72 * tail + 0.28 * head), f"{value:g}", ha="center", va="center", bbox=back)
    for name, place in places.items():
        colour = "#ffffff" if name in layers[0] else "#cfe6f3"
        axes.plot(*place, "o", ms=44, mfc=colour, mec="black")
        axes.text(*place, name, ha="center", va="center", fontsize="small")
        if name in biases:
            below = place[0], place[1] - 0.42
            axes.text(*below, f"b = {biases[name]:g}", ha="center", va="center", fontsize="small")
    axes.set(title=title, xlim=(-0.5, 1.6 * len(layers) - 1.1))
    axes.set_ylim(-(tallest - 1) / 2 - 0.6, (tallest - 1) / 2 + 0.5)
    axes.axis("off")
    story = [f"weight {value:g} from {start} to {end}" for (start, end), value in weights.items()]
    story += [f"bias {value:g} of {name}" for name, value in biases.items()]
    shown = "; ".join(", ".join(layer) for layer in layers)
    text = f"{title}. Layers from left to right: {shown}. {', '.join(story)}."
    figure.alt = text.replace("\n", " ")
    return figure
