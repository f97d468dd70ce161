"""Figures and playthings about neurons, layers and the networks that are made of them."""

import functools
from itertools import pairwise

import ipywidgets
import numpy as np

from course_lib import data, nn, training
from course_lib.optim import Adam
from course_lib.viz import charts, controls
from course_lib.viz.charts import COLOURS, headline, picture, styled

# name: function, its backward, its layer
ACTIVATIONS = {
    "sigmoid": (nn.sigmoid, nn.sigmoid_backward, nn.Sigmoid),
    "tanh": (nn.tanh, nn.tanh_backward, nn.Tanh),
    "ReLU": (nn.relu, nn.relu_backward, nn.ReLU),
    "leaky ReLU": (nn.leaky_relu, nn.leaky_relu_backward, nn.LeakyReLU),
}
NO_ACTIVATION = "none"


def slope(name, z):
    """Derivative of the activation ``name`` at each z."""
    z = np.asarray(z, float)
    return ACTIVATIONS[name][1](np.ones_like(z), z)


@styled
def activations(names=tuple(ACTIVATIONS), *, reach=5, title="Above what it says, below its slope"):
    """Each activation over -reach to reach, and its derivative below it."""
    z = np.linspace(-reach, reach, 401)
    figure, grid = picture(
        "",
        2,
        len(names),
        size=(2.4 * len(names), 4.2),
        squeeze=False,
        sharex=True,
        sharey="row",
    )
    story = []
    for (above, below), name in zip(grid.T, names, strict=True):
        above.plot(z, ACTIVATIONS[name][0](z))
        below.plot(z, slope(name, z), "--", color=COLOURS[1])
        above.set_title(name, loc="center")
        above.set_ylim(-1.3, 2.6)
        below.set(xlabel="z", ylim=(-0.1, 1.1))
        story.append(f"{name}: slope from {slope(name, z).min():.2g} to {slope(name, z).max():.2g}")
    grid[0, 0].set_ylabel("activation")
    grid[1, 0].set_ylabel("slope")
    figure.alt = f"{title}. Curves over z from {-reach} to {reach}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def tangent(name, z, *, reach=8):
    """The activation ``name`` with its tangent at z: how much a nudge of z is felt."""
    value, steep = float(ACTIVATIONS[name][0](z)), float(slope(name, z))
    figure, axes = picture("", size=(6.0, 3.6))
    x = np.linspace(-reach, reach, 401)
    axes.plot(x, ACTIVATIONS[name][0](x), label=name)
    near = np.array([z - 1.5, z + 1.5])
    axes.plot(near, value + steep * (near - z), "--", color=COLOURS[1], lw=2.5, label="tangent")
    axes.plot(z, value, "o", color="black", ms=7)
    axes.set(xlabel="weighted sum z", ylabel="output", xlim=(-reach, reach), ylim=(-1.4, 3))
    axes.set_title(f"{name} at z = {z:g}: output {value:.3f}, slope {steep:.3f}")
    axes.legend()
    figure.alt = (
        f"The curve of {name} and its tangent at z = {z:g}. "
        f"The output there is {value:.3f}, the slope {steep:.3f}."
    )
    return figure


def tangent_by_hand(*, z=0.0):
    """Move z and choose the activation: the tangent shows where a neuron can still learn."""
    return controls.Explorer(
        lambda z, activation: tangent(activation, z),
        z=controls.slider("weighted sum z", z, -8, 8, 0.5),
        activation=ipywidgets.ToggleButtons(options=list(ACTIVATIONS), description="activation"),
    )


@styled
def update_directions(inputs, *, title):
    """Where one step can move the two weights of a neuron: ``inputs`` is {name: x (N, 2)}.

    A sample x moves the weights along x or against it, as the error has one sign or the other.
    """
    figure, grid = picture("", 1, len(inputs), size=(3.9 * len(inputs), 4.7), squeeze=False)
    looks = ((-1, "-", "output too high"), (1, "--", "output too low"))
    story = []
    for axes, (name, x) in zip(grid.flat, inputs.items(), strict=True):
        for k, (sign, style, label) in enumerate(looks):
            for step in sign * x:
                axes.plot([0, step[0]], [0, step[1]], style, color=COLOURS[k], lw=1)
            axes.plot(*(sign * x).T, charts.MARKERS[k], color=COLOURS[k], ms=5, label=label)
        axes.axhline(0, color="black", lw=0.8)
        axes.axvline(0, color="black", lw=0.8)
        limits = np.array([-1.15, 1.15]) * np.abs(x).max()
        axes.set(xlabel="change of w1", ylabel="change of w2", aspect="equal")
        axes.set(xlim=limits, ylim=limits)
        axes.set_title(name, loc="center")
        same = np.mean(x[:, 0] * x[:, 1] > 0)
        story.append(f"{name}: in {same:.0%} of the steps both weights move the same way")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def fully_connected(sizes, *, most=8, title):
    """A fully connected network with ``sizes`` units per layer, the inputs first.

    No layer is drawn with more than ``most`` circles; the number above it is the real one.
    """
    figure, axes = picture("", size=(1.9 * len(sizes) + 0.6, 4.2))
    columns = [np.arange(min(n, most)) - (min(n, most) - 1) / 2 for n in sizes]
    for i, (left, right) in enumerate(pairwise(columns)):
        for start in left:
            for end in right:
                axes.plot([i, i + 1], [start, end], color="#b8b8b8", lw=0.5, zorder=1)
        weights = f"{sizes[i]:,} · {sizes[i + 1]:,}\n+ {sizes[i + 1]:,}"
        axes.text(i + 0.5, -most / 2 - 0.5, weights, ha="center", va="top", size="small")
    for i, (n, places) in enumerate(zip(sizes, columns, strict=True)):
        colour = "white" if i == 0 else "#cfe6f3"
        axes.plot(np.full(len(places), i), places, "o", ms=13, mfc=colour, mec="black")
        name = "inputs" if i == 0 else f"layer {i}"
        axes.text(i, most / 2 + 0.2, f"{name}\n{n:,}", ha="center", va="bottom", size="small")
    axes.text(-0.45, -most / 2 - 0.5, "weights\n+ biases", ha="center", va="top", size="small")
    axes.set(title=title, xlim=(-0.8, len(sizes) - 0.6), ylim=(-most / 2 - 1.7, most / 2 + 1.3))
    axes.axis("off")
    total = sum((n + 1) * k for n, k in pairwise(sizes))
    figure.alt = (
        f"{title}. {sizes[0]:,} inputs, then {len(sizes) - 1} layers of "
        f"{', '.join(f'{n:,}' for n in sizes[1:])} units, each connected with all of the layer "
        f"before: {total:,} weights and biases."
    )
    return figure


@styled
def affine(X, W, b, row, column):
    """``X @ W + b`` in numbers, with all that makes the one element at (row, column) framed."""
    X, W, b = np.asarray(X), np.asarray(W), np.asarray(b)
    Z = nn.linear(X, W, b)
    # what stands between the matrices, and which cells are framed in each of them
    repeated = np.broadcast_to(b, Z.shape)
    parts = [("X", X, "@"), ("W", W, "+"), ("b, for each row", repeated, "="), ("Z", Z, "")]
    framed = [(row, slice(None)), (slice(None), column), (row, column), (row, column)]
    high, wide = max(len(X), len(W)), sum(part.shape[1] for _, part, _ in parts) + len(parts)
    figure, axes = picture("", size=(0.52 * wide + 0.6, 0.42 * high + 1.3))
    left = 0
    for k, ((name, values, sign), where) in enumerate(zip(parts, framed, strict=True)):
        rows, columns = values.shape
        below = (rows - 1) / 2  # the matrices are centred on one height
        marked = np.zeros(values.shape, bool)
        marked[where] = True
        for (i, j), value in np.ndenumerate(values):
            place, tint = (left + j, below - i), COLOURS[[0, 1, 2, 3][k]]
            if marked[i, j]:
                box = {"facecolor": tint, "alpha": 0.25, "edgecolor": "black"}
                axes.add_patch(charts.mpl.patches.Rectangle(np.subtract(place, 0.5), 1, 1, **box))
            pale = "#8a8a8a" if k == 2 and i > 0 and not marked[i, j] else "black"
            weight = "bold" if marked[i, j] else "normal"
            axes.text(*place, f"{value:g}", ha="center", va="center", color=pale, weight=weight)
        shape = b.shape if k == 2 else values.shape
        middle = left + (columns - 1) / 2
        axes.text(middle, below + 0.75, f"{name}\n{shape}", ha="center", va="bottom", size="small")
        axes.text(left + columns, 0, sign, ha="center", va="center", size="x-large")
        left += columns + 1
    pairs = zip(X[row], W[:, column], strict=True)
    products = " + ".join(f"{x:g}·{w:g}" if w >= 0 else f"{x:g}·({w:g})" for x, w in pairs)
    title = f"Z[{row}, {column}] = {products} + {b[column]:g} = {Z[row, column]:g}"
    axes.set(title=title, xlim=(-0.8, left - 1.2), ylim=(-high / 2 - 0.2, high / 2 + 1.6))
    axes.set_aspect("equal")
    axes.axis("off")
    figure.alt = (
        f"X {X.shape} @ W {W.shape} + b {b.shape} = Z {Z.shape} in numbers. "
        f"Framed: row {row} of X, column {column} of W and element {column} of b. {title}."
    )
    return figure


def affine_by_hand(X, W, b):
    """Choose an element of ``X @ W + b`` and see what makes it."""
    return controls.Explorer(
        lambda row, column: affine(X, W, b, row, column),
        row=controls.integer_slider("row: which sample", 0, 0, len(X) - 1),
        column=controls.integer_slider("column: which neuron", 0, 0, W.shape[1] - 1),
    )


@styled
def spaces(panels, y, *, classes=("0", "1"), title):
    """The same samples in several planes, with the regions decided in each.

    panels: {name: (points (N, 2), predict, names of the two axes)}
    """
    figure, grid = picture("", 1, len(panels), size=(4.3 * len(panels), 4.2), squeeze=False)
    story = []
    for axes, (name, (points, predict, features)) in zip(grid.flat, panels.items(), strict=True):
        wrong = charts.regions(axes, predict, points, y, classes, charts.around(points, 0.15))
        axes.set(title=name, xlabel=features[0], ylabel=features[1])
        story.append(f"{name}, by {features[0]} and {features[1]}: {wrong} of {len(y)} wrong")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


def build(depth, width, activation, classes, *, inputs=2, seed=0):
    """A ``Sequential`` with ``depth`` hidden layers of ``width`` units and ``classes`` outputs.

    activation: a name in ``ACTIVATIONS``, or "none" for hidden layers that are linear.
    """
    rng = np.random.default_rng(seed)
    layers, n = [], inputs
    for _ in range(depth):
        init = nn.he_normal if "ReLU" in activation else nn.xavier_normal
        layers.append(nn.Linear(n, width, rng=rng, init=init, dtype=float))
        if activation != NO_ACTIVATION:
            layers.append(ACTIVATIONS[activation][2]())
        n = width
    return nn.Sequential(*layers, nn.Linear(n, classes, rng=rng, dtype=float))


@functools.lru_cache(maxsize=256)
def trained(samples, depth, width, activation, seed=0):
    """A network of ``build`` after 200 epochs of Adam on the toy set named ``samples``.

    Takes half a second at most; what was trained once is kept, so do not change it.
    """
    toy = getattr(data, samples)()
    model = build(depth, width, activation, len(toy.classes), seed=seed)
    training.fit(model, toy, Adam(lr=0.02), epochs=200, batch_size=30, progress=False)
    return model


def decide(model):
    """The class that ``model`` answers, as a function of points (N, 2)."""
    return lambda x: model.forward(np.asarray(x, float)).argmax(axis=1)


def network_boundary(samples, depth, width, activation, seed=0):
    """The decision regions of one ``trained`` network, with its training and validation share."""
    toy, answer = getattr(data, samples)(), decide(trained(samples, depth, width, activation, seed))
    shares = [
        np.mean(answer(x) == y) for x, y in ((toy.X_train, toy.y_train), (toy.X_val, toy.y_val))
    ]
    hidden = "no hidden layer" if depth == 0 else f"{depth} × {width} {activation}"
    title = f"{hidden}: {shares[0]:.0%} right in training, {shares[1]:.0%} in validation"
    return charts.decision_boundary(
        answer, toy.X_train, toy.y_train, title=title, classes=toy.classes
    )


def network_by_hand(*, samples="moons", depth=1, width=4, activation="tanh"):
    """Depth, width and activation on controls; each change trains a new network and draws it."""
    names = [*ACTIVATIONS, NO_ACTIVATION]
    return controls.Explorer(
        network_boundary,
        depth=controls.integer_slider("hidden layers", depth, 0, 4),
        width=controls.choice_slider("units per layer", width, [1, 2, 3, 4, 6, 8, 16, 32]),
        activation=ipywidgets.ToggleButtons(
            options=names, value=activation, description="activation"
        ),
        samples=ipywidgets.ToggleButtons(
            options=["moons", "circles", "xor", "spiral"], value=samples, description="data"
        ),
        seed=controls.integer_slider("seed of the weights", 0, 0, 9),
    )
