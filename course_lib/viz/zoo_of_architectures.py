"""The zoo of lecture 18: twelve kinds of network, each drawn so that its one idea can be seen.

Every animal is a function that draws into a field of 10 by 6 with the same few pens.
"""

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from course_lib.viz.picture import BLUE, GRAY, ORANGE, PALE_BLUE, Picture, headline, picture, styled


def units(axes: Axes, x: float, count: int, *, color: str = PALE_BLUE, gap: float = 1.1) -> list:
    """A column of units around the middle; where they are."""
    heights = 3 + gap * (np.arange(count) - (count - 1) / 2)
    axes.plot([x] * count, heights, "o", ms=9, mfc=color, mec="black", mew=0.8, zorder=3)
    return [(x, float(y)) for y in heights]


def wire(axes: Axes, tails: Sequence, heads: Sequence, *, color: str = GRAY) -> None:
    """A line from each place to each other one."""
    for x, y in tails:
        for u, v in heads:
            axes.plot([x, u], [y, v], color=color, lw=0.7, zorder=1)


def arrow(
    axes: Axes, tail: tuple, head: tuple, *, bend: float = 0, color: str = "black", dash: str = "-"
) -> None:
    """An arrow, bent to the right of its way if ``bend`` is above 0."""
    look = {
        "arrowstyle": "-|>", "color": color, "lw": 1.2, "ls": dash, "shrinkA": 1, "shrinkB": 1,
        "connectionstyle": f"arc3,rad={bend}", "mutation_scale": 9,
    }  # fmt: skip
    axes.annotate("", head, tail, arrowprops=look)


def box(
    axes: Axes, x: float, y: float, words: str = "", *, width: float = 1.6, height: float = 1.4,
    color: str = PALE_BLUE,
) -> None:  # fmt: skip
    """A block around (x, y)."""
    corner = x - width / 2, y - height / 2
    style = "round,pad=0,rounding_size=0.15"
    axes.add_patch(FancyBboxPatch(corner, width, height, style, fc=color, ec="black", lw=0.8))
    axes.text(x, y, words, ha="center", va="center", fontsize="x-small")


def perceptron(axes: Axes) -> None:
    """Inputs and one unit."""
    wire(axes, units(axes, 2.5, 3, color="white"), units(axes, 7, 1, color=ORANGE))


def fully_connected(axes: Axes) -> None:
    """Layers, every unit wired to all of the next."""
    columns = [
        units(axes, 1.5, 3, color="white"),
        *(units(axes, x, 4, color=ORANGE) for x in (4, 6.5)),
        units(axes, 9, 2),
    ]
    for left, right in itertools.pairwise(columns):
        wire(axes, left, right)


def convolutional(axes: Axes) -> None:
    """Shrinking maps, and the window of one unit."""
    for x, size in ((2, 4.4), (5, 3.0), (7.4, 1.8)):
        for shift in (0.3, 0.15, 0):
            box(axes, x + shift, 3 + shift, width=size / 2, height=size)
    axes.add_patch(FancyBboxPatch((1.4, 3.2), 0.7, 1.1, "round,pad=0", fc=ORANGE, ec="black"))
    axes.plot([2.1, 4.8], [4.3, 3.5], color=ORANGE, lw=1)
    axes.plot([2.1, 4.8], [3.2, 3.3], color=ORANGE, lw=1)


def residual(axes: Axes) -> None:
    """Blocks with a way around each."""
    for x in (2, 5, 8):
        box(axes, x, 2.6, "f")
        arrow(axes, (x - 1.4, 2.6), (x - 0.8, 2.6))
        arrow(axes, (x - 1.3, 2.8), (x + 1.4, 2.8), bend=-0.75, color=ORANGE)
    arrow(axes, (8.8, 2.6), (9.8, 2.6))


def u_net(axes: Axes) -> None:
    """Down one side, up the other, and across."""
    sizes = (2.2, 1.5, 0.9)
    down, up = ((1, 4.2), (2.8, 3.2), (4.6, 1.9)), ((6.2, 1.9), (7.8, 3.2), (9.4, 4.2))
    for (x, y), (u, v), size in zip(down, up[::-1], sizes, strict=True):
        box(axes, x, y, width=0.5, height=size)
        box(axes, u, v, width=0.5, height=size)
    for (x, y), (u, v) in itertools.pairwise(down + up):
        arrow(axes, (x + 0.3, y - 0.5 * (v < y)), (u - 0.3, v - 0.5 * (v > y)))
    for (x, y), (u, v), size in zip(down, up[::-1], sizes[:2], strict=False):
        arrow(axes, (x + 0.3, y + size / 4), (u - 0.3, v + size / 4), color=ORANGE)


def recurrent(axes: Axes) -> None:
    """One unit at three steps, its state handed on."""
    for x in (2, 5, 8):
        box(axes, x, 3, "h")
        arrow(axes, (x, 0.8), (x, 2.2))
        arrow(axes, (x, 3.8), (x, 5.2))
        if x < 8:
            arrow(axes, (x + 0.9, 3), (x + 2.1, 3), color=ORANGE)


def gated(axes: Axes) -> None:
    """A state that runs past three gates."""
    axes.plot([0.5, 9.2], [4.4, 4.4], color=ORANGE, lw=2)
    arrow(axes, (9.0, 4.4), (9.7, 4.4), color=ORANGE)
    for x, words in ((2.2, "forget"), (5, "take in"), (7.8, "let out")):
        axes.plot(x, 4.4, "o", ms=10, mfc="white", mec="black", zorder=3)
        axes.text(x, 4.38, "×" if words != "take in" else "+", ha="center", va="center", zorder=4)
        box(axes, x, 2.2, words, width=2.1)
        arrow(axes, (x, 2.9), (x, 4.05))


def attention(axes: Axes) -> None:
    """One place that looks at all, with weights."""
    above = [(x, 4.6) for x in (1.5, 3.8, 6.1, 8.4)]
    below = [(x, 1.4) for x, _ in above]
    for x, y in above + below:
        box(axes, x, y, width=1.3, height=0.9)
    for weight, (x, y) in zip((0.6, 2.6, 0.6, 1.4), below, strict=True):
        axes.plot([x, 8.4], [y + 0.45, 4.15], color=ORANGE, lw=weight, zorder=1)
    axes.plot([1.5, 1.5], [1.85, 4.15], color=GRAY, lw=0.8)


def autoencoder(axes: Axes) -> None:
    """An hourglass of units."""
    columns = [units(axes, x, n, color=c, gap=1.0) for x, n, c in
               ((1.2, 5, "white"), (3.2, 3, PALE_BLUE), (5, 1, ORANGE), (6.8, 3, PALE_BLUE),
                (8.8, 5, "white"))]  # fmt: skip
    for left, right in itertools.pairwise(columns):
        wire(axes, left, right)


def variational(axes: Axes) -> None:
    """An encoder, a cloud, a code from it, a decoder."""
    box(axes, 1.6, 3, "encoder", width=2.2, height=2.6)
    box(axes, 8.4, 3, "decoder", width=2.2, height=2.6)
    x = np.linspace(3.4, 6.4, 60)
    axes.plot(x, 2.2 + 2.2 * np.exp(-(((x - 4.9) / 0.6) ** 2)), color=ORANGE, lw=1.6)
    axes.plot(5.3, 2.2, "o", color=ORANGE, ms=6)
    arrow(axes, (2.8, 3), (3.6, 3))
    arrow(axes, (5.5, 2.3), (7.2, 2.8))


def adversarial(axes: Axes) -> None:
    """A generator, data, the judge, and what comes back."""
    box(axes, 2.3, 4.3, "generator", width=2.6)
    box(axes, 7.6, 3, "judge", width=2.0)
    box(axes, 2.3, 1.4, "data", width=2.6, color="white")
    arrow(axes, (3.7, 4.3), (6.5, 3.4))
    arrow(axes, (3.7, 1.4), (6.5, 2.6))
    arrow(axes, (7.6, 3.9), (3.0, 5.2), bend=0.35, color=ORANGE, dash="--")


def diffusion(axes: Axes) -> None:
    """A shape that dissolves in noise, and the way back."""
    rng = np.random.default_rng(0)
    ring = np.linspace(0, 2 * np.pi, 40)
    for place, noise in zip((1.3, 3.8, 6.3, 8.8), (0, 0.12, 0.3, 0.6), strict=True):
        dots = np.stack([0.7 * np.cos(ring), 1.2 * np.sin(ring)]) + noise * rng.normal(size=(2, 40))
        axes.plot(place + dots[0].clip(-1, 1), 3 + dots[1].clip(-2, 2), ".", ms=2.5, color=BLUE)
    for place in (1.6, 4.1, 6.6):
        arrow(axes, (place, 5.0), (place + 2.0, 5.0), color=GRAY)
        arrow(axes, (place + 2.0, 0.9), (place, 0.9), color=ORANGE)


ANIMALS: dict[str, tuple[Callable[[Axes], None], str]] = {
    "Perceptron (1958)": (perceptron, "a weighted sum decides"),
    "Fully connected (1986)": (fully_connected, "layers bend space"),
    "Convolutional (1989)": (convolutional, "the same small window everywhere"),
    "Residual (2015)": (residual, "learn what to add"),
    "U-Net (2015)": (u_net, "down for what, across for where"),
    "Recurrent (1990)": (recurrent, "hand a state to the next step"),
    "LSTM, GRU (1997, 2014)": (gated, "gates decide what is kept"),
    "Transformer (2017)": (attention, "ask everybody, mix the answers"),
    "Autoencoder (1986)": (autoencoder, "through a bottleneck and back"),
    "Variational AE (2013)": (variational, "a code is a cloud, not a point"),
    "GAN (2014)": (adversarial, "a forger against a judge"),
    "Diffusion (2015, 2020)": (diffusion, "learn to undo a little noise"),
}


@styled
def zoo() -> Picture:
    """All animals, each under its name and above its idea."""
    figure, grid = picture(3, 4, size=(10.4, 7.4))
    for axes, (name, (draw, idea)) in zip(grid.flat, ANIMALS.items(), strict=True):
        axes.set(xlim=(0, 10), ylim=(0, 6), xticks=[], yticks=[])
        axes.grid(False)
        axes.spines[:].set(visible=True, color="#cccccc")
        draw(axes)
        axes.set_title(name, loc="center", fontsize="small")
        axes.set_xlabel(idea, fontsize="small")
    told = "; ".join(f"{name}: {idea}" for name, (_, idea) in ANIMALS.items())
    figure.alt = f"Twelve kinds of network as small drawings, each with its one idea. {told}."
    return headline(figure, "Twelve animals, one idea each (orange)")
