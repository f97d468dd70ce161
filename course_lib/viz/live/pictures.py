"""Pictures that stand for the live figures where nothing moves, from the library's own runs."""

from base64 import b64decode
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.data import batches
from course_lib.nn import conv2d, softmax
from course_lib.training import predict
from course_lib.viz.live import reference, surfaces
from course_lib.viz.live.train_digit_reader import unpack
from course_lib.viz.plots import (
    BLUE_ORANGE,
    COLOURS,
    MARKERS,
    Picture,
    bare,
    headline,
    picture,
    styled,
)

STEPS = 1000


@styled
def learning_network(samples: dict, start: dict) -> Picture:
    """The answer over the plane before and after training, and the loss on the way."""
    x = np.array(samples["x"]) + start["noise"] * np.array(samples["e"])
    y = np.array(samples["y"])
    cut = round(start["split"] * len(y))
    sizes = [2, *[start["width"]] * start["depth"], samples["classes"]]
    model = reference.build_network(sizes, start["activation"], start["seed"])
    figure, row = picture("", 1, 3, size=(9.4, 3.3))
    losses, rng = [], np.random.default_rng(start["seed"])
    wrong = [_answer(row[0], model, x, y, cut, "before training")]
    while len(losses) < STEPS:
        rows = [r for r, _ in batches(np.arange(cut), y[:cut], start["batch"], rng)]
        losses += reference.train_network(
            model, x, y, rows, rate=start["rate"], decay=start["decay"]
        )
    wrong.append(_answer(row[1], model, x, y, cut, f"after {len(losses)} steps"))
    row[2].plot(losses, lw=0.5, alpha=0.5)
    smooth = np.convolve(losses, np.ones(50) / 50, "valid")
    row[2].plot(np.arange(len(smooth)) + 25, smooth, color=COLOURS[0])
    row[2].set(xlabel="step", ylabel="loss of a mini-batch", ylim=(0, None))
    row[2].set_title("thick: mean over 50 steps")
    title = f"A network learns the {start['data']}: {wrong[0]} of {len(y)} wrong, then {wrong[1]}"
    figure.alt = (
        f"A network of sizes {'-'.join(map(str, sizes))} with {start['activation']} learns the "
        f"{start['data']}. Of {len(y)} samples it has {wrong[0]} wrong before training and "
        f"{wrong[1]} after {len(losses)} steps; the loss falls from {smooth[0]:.2f} to "
        f"{smooth[-1]:.2f}. In the live figure everything can be changed while it learns."
    )
    return headline(figure, title)


def _answer(axes, model, x, y, cut, title: str) -> int:
    """Draw the probabilities over the plane and the samples; how many are on the wrong side."""
    ticks = np.linspace(-2.2, 2.2, 80)
    places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    p = softmax(predict(model, places)).reshape(80, 80, -1)
    colors = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in COLOURS])
    shades = 1 - 0.45 * (1 - p @ colors[: p.shape[-1]])
    axes.imshow(shades, extent=(-2.2, 2.2, -2.2, 2.2), origin="lower", interpolation="bilinear")
    for k in range(p.shape[-1]):
        for part, face in ((slice(cut), COLOURS[k]), (slice(cut, None), "white")):
            here = x[part][y[part] == k]
            edge = COLOURS[k] if face == "white" else "white"
            axes.plot(*here.T, MARKERS[k], ms=4, mfc=face, mec=edge, mew=0.8)
    axes.set(title=title, xlabel="x1", ylabel="x2", xlim=(-2.2, 2.2), ylim=(-2.2, 2.2))
    axes.grid(False)
    return int(np.sum(predict(model, x).argmax(axis=1) != y))


@styled
def optimizer_race(surface: str, rules: Sequence[str], steps: int, momentum: float) -> Picture:
    """The paths over the surface's contours, and the losses over the steps."""
    ground = surfaces.SURFACES[surface]
    figure, (left, right) = picture("", 1, 2, size=(9.4, 3.8))
    w1, w2 = np.meshgrid(*(np.linspace(*limits, 200) for limits in ground.limits))
    heights = np.log10(0.003 + ground.loss(w1, w2))
    left.contourf(w1, w2, heights, 14, cmap="Greys", alpha=0.5)
    final = {}
    for k, rule in enumerate(rules):
        path, losses = surfaces.race(surface, rule, steps=steps, momentum=momentum)
        look = dict(color=COLOURS[k % len(COLOURS)], ls=["-", "--", ":", "-."][k % 4], lw=1.5)
        left.plot(*path.T, **look)
        left.plot(*path[-1], MARKERS[k], color=look["color"], mec="white", ms=7)
        right.plot(
            np.maximum(losses, 1e-12),
            label=f"{rule} {ground.rates[rule]:g}: {losses[-1]:.1e}",
            **look,
        )
        final[rule] = losses[-1]
    left.plot(*ground.start, "o", mfc="white", mec="black")
    left.set(xlabel="w1", ylabel="w2", xlim=ground.limits[0], ylim=ground.limits[1])
    left.grid(False)
    right.set(xlabel="step", ylabel="loss", yscale="log")
    right.legend(title="rule, rate: last loss", fontsize="x-small", title_fontsize="x-small")
    ends = ", ".join(f"{rule} {loss:.2g}" for rule, loss in final.items())
    figure.alt = (
        f"Paths of {len(rules)} rules on the {surface} and their losses over {steps} steps, each "
        f"at a rate of its own. The last losses: {ends}. In the live figure rates, start and "
        "surface can be changed."
    )
    return headline(figure, f"{steps} steps on the {surface}, each rule at a rate of its own")


@styled
def convolution_by_hand(x: NDArray, W: NDArray, b: NDArray, stride: int, padding: int) -> Picture:
    """Picture, filters and output in numbers, the first window and its output framed."""
    z = conv2d(x[np.newaxis].astype(float), W.astype(float), b, stride, padding)[0]
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    figure, grid = picture("", 3, 4, size=(6.6, 5.8))
    for axes in grid.flat:
        axes.axis("off")
    for c, name in enumerate(("red", "green", "blue")):
        _numbers(grid[c, 0], padded[c], f"picture, {name}", framed=W.shape[2])
        for k in (0, 1):
            _numbers(grid[c, 1 + k], W[k, c], f"filter {k + 1} for {name}")
    for k in (0, 1):
        _numbers(grid[k, 3], z[k].astype(int), f"output {k + 1}, bias {b[k]}", framed=1)
    sums = (padded[:, :3, :3] * W[0]).sum(axis=(1, 2))
    story = " + ".join(map(str, [*sums, b[0]])).replace("+ -", "− ") + f" = {z[0, 0, 0]:.0f}"
    figure.alt = (
        f"Three channels of 5 by 5 numbers with padding {padding}, two filters of 3 by 3 "
        f"for each channel, stride {stride}, and two outputs of {z.shape[1]} by {z.shape[2]}. The "
        f"first output: the sums of the three channels and the bias, {story}. In the live figure "
        "the window moves over the picture."
    )
    return headline(figure, f"The framed output is {story}: three channels and the bias")


def _numbers(axes, values: NDArray, title: str, framed: int = 0) -> None:
    """A grid of whole numbers, its first ``framed`` rows and columns in a frame."""
    axes.axis("on")
    axes.imshow(values, cmap=BLUE_ORANGE, vmin=-12, vmax=12)
    for (row, column), value in np.ndenumerate(values):
        axes.text(column, row, value, ha="center", va="center", size="small")
    axes.set_title(title, loc="center", weight="normal", size="small")
    bare(axes)
    if framed:
        axes.plot(*(framed * np.array([[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]]) - 0.5), "k", lw=2)


@styled
def digit_reader(readers: dict) -> Picture:
    """Some test digits and the probabilities that each model gives to its answer."""
    examples = reference.digit_examples()[::2]
    x = np.array([np.frombuffer(b64decode(e["pixels"]), np.uint8) for e in examples]) / 255
    x = x.reshape(-1, 1, 28, 28)
    figure, row = picture("", 1, len(x), size=(9.4, 2.2))
    p = {
        name: softmax(predict(unpack(name, reader["layers"]), x))
        for name, reader in readers.items()
    }
    for n, axes in enumerate(row):
        axes.imshow(1 - x[n, 0])
        said = [f"{name}: {q[n].argmax()} ({q[n].max():.0%})" for name, q in p.items()]
        axes.set_title("\n".join(said), loc="center", weight="normal", size="small")
        bare(axes)
    rates = " and ".join(f"the {name} {r['accuracy']:.2%}" for name, r in readers.items())
    answers = "; ".join(
        f"a {e['label'][0]}, "
        + ", ".join(f"the {name} says {q[n].argmax()}" for name, q in p.items())
        for n, e in enumerate(examples)
    )
    figure.alt = (
        f"Test digits and their readers: {answers}. Of all 10,000 test digits {rates} are read "
        "right. In the live figure you draw a digit yourself."
    )
    return headline(figure, "Digits and what is read in them")
