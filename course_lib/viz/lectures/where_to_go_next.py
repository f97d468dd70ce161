"""Figures of lecture 18: what letters look at, planes of codes, a game that goes in circles."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.patches import Circle
from numpy.typing import NDArray

from course_lib.viz.picture import (
    COLORS,
    LINES,
    MARKERS,
    Picture,
    bare,
    headline,
    picture,
    styled,
)


@styled
def attention_maps(letters: str, maps: Mapping[str, NDArray], *, title: str) -> Picture:
    """Who looks at whom: {name: weights (T, T)}, a row for each letter that asks."""
    figure, row = picture(1, len(maps), size=(4.6 * len(maps), 4.7), squeeze=False)
    shown = [{" ": "␣", "\n": "¶"}.get(letter, letter) for letter in letters]
    story = []
    for axes, (name, weights) in zip(row.flat, maps.items(), strict=True):
        axes.imshow(weights, cmap="Blues", vmin=0, vmax=1)
        axes.set_xticks(range(len(shown)), shown, fontsize="x-small")
        axes.set_yticks(range(len(shown)), shown, fontsize="x-small")
        axes.set(xlabel="is looked at", ylabel="asks")
        axes.set_title(name, loc="center", weight="normal")
        axes.grid(False)
        axes.tick_params(length=0)
        far = weights @ np.arange(len(shown))
        story.append(
            f"{name}: the last letter looks on average {len(shown) - 1 - far[-1]:.1f} back"
        )
    figure.alt = (
        f"{title}. Maps of {len(shown)} by {len(shown)} weights over the text "
        f"“{letters.strip()}”, zero above the diagonal. {'; '.join(story)}."
    )
    return headline(figure, title)


@styled
def code_planes(codes: Mapping[str, NDArray], labels: NDArray, *, title: str) -> Picture:
    """Codes of two numbers, each written as the digit that was encoded: {name: (N, 2)}."""
    figure, row = picture(1, len(codes), size=(4.6 * len(codes), 4.4), squeeze=False)
    every = np.concatenate(list(codes.values()))
    (left, low), (right, high) = every.min(axis=0) - 0.5, every.max(axis=0) + 0.5
    gap = max(right - left, high - low) / 14  # a number needs so much room
    story = []
    for axes, (name, points) in zip(row.flat, codes.items(), strict=True):
        middles = np.array([np.median(points[labels == k], axis=0) for k in range(10)])
        back = {"facecolor": "white", "edgecolor": "black", "pad": 1.5, "lw": 0.6}
        for k, (middle, place) in enumerate(zip(middles, apart(middles, gap), strict=True)):
            color, face = COLORS[k % 8], "white" if k >= 8 else COLORS[k % 8]  # 8 and 9 are hollow
            look = {"color": color, "mfc": face, "ms": 3, "alpha": 0.6, "mew": 0.7}
            axes.plot(*points[labels == k].T, MARKERS[k % 8], **look)
            axes.annotate(str(k), middle, place, ha="center", va="center", bbox=back,
                          arrowprops={"arrowstyle": "-", "lw": 0.8})  # fmt: skip
        for radius in (1, 2):
            axes.add_patch(Circle((0, 0), radius, fill=False, color="black", lw=1, ls="--"))
        axes.set(xlim=(left, right), ylim=(low, high), xlabel="first number of the code")
        axes.set_ylabel("second")
        axes.set_title(name, loc="center", weight="normal")
        axes.set_aspect("equal")
        wide = ", ".join(f"{v:.1f}" for v in points.std(axis=0))
        story.append(f"{name}: spread {wide}")
    figure.alt = (
        f"{title}. Every digit is a point in the plane of its code, its kind told by shape and a "
        f"number at the middle of its kind. Circles have radius 1 and 2. {'; '.join(story)}."
    )
    return headline(figure, title)


def apart(places: NDArray, gap: float) -> NDArray:
    """The places (N, 2), those that lie closer than ``gap`` pushed away from each other."""
    places = places.copy()
    for _ in range(200):
        away = places[:, np.newaxis] - places
        distance = np.linalg.norm(away, axis=2) + 1e-9
        push = np.clip(gap - distance, 0, None) / (2 * distance)
        places += (0.5 * push[..., np.newaxis] * away).sum(axis=1)
    return places


@styled
def drawn_planes(drawn: Mapping[str, NDArray], ticks: NDArray, *, title: str) -> Picture:
    """Pictures that decoders draw at the points of a grid: {name: (n, n, 784)}, low row first."""
    figure, row = picture(1, len(drawn), size=(4.6 * len(drawn), 4.7), squeeze=False)
    for axes, (name, pictures) in zip(row.flat, drawn.items(), strict=True):
        n = len(pictures)
        sheet = pictures.reshape(n, n, 28, 28)[::-1].swapaxes(1, 2).reshape(28 * n, 28 * n)
        axes.imshow(1 - sheet)
        axes.set_title(name, loc="center", weight="normal")
        bare(axes)
    low, high = ticks[0], ticks[-1]
    figure.alt = (
        f"{title}. For {' and '.join(drawn)}, digits drawn from codes between {low:g} and {high:g} "
        f"in both directions, {len(ticks)} by {len(ticks)} each."
    )
    return headline(figure, title)


@styled
def game_paths(paths: Mapping[str, NDArray], *, title: str) -> Picture:
    """Steps of two players in the plane: {name: (T + 1, 2)}, from a common start."""
    figure, row = picture(1, len(paths), size=(3.3 * len(paths), 3.9), squeeze=False)
    story = []
    for index, (axes, (name, path)) in enumerate(zip(row.flat, paths.items(), strict=True)):
        axes.plot(*path.T, MARKERS[0] + "-", ms=3, lw=1, color=COLORS[index])
        axes.plot(*path[0], "o", mfc="white", mec="black", ms=7)
        axes.plot(0, 0, "+", color="black", ms=10)
        reach = np.abs(path).max() * 1.1
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="x, wants xy low")
        axes.set_ylabel("y, wants xy high" if index == 0 else "")
        axes.set_title(name, loc="center", weight="normal", size="small")
        axes.set_aspect("equal")
        first, last = np.linalg.norm(path[0]), np.linalg.norm(path[-1])
        story.append(f"{name}: distance from (0, 0) {first:.2f}, after the steps {last:.2f}")
    figure.alt = f"{title}. {'; '.join(story)}."
    return headline(figure, title)


@styled
def memory(shares: Mapping[str, Mapping[str, Sequence[float]]], *, title: str) -> Picture:
    """Shares named right over the length of the sequence: {name: {length: one for each seed}}."""
    figure, axes = picture(size=(7.0, 3.8))
    story = []
    for index, (name, found) in enumerate(shares.items()):
        lengths = [int(length) for length in found]
        means = [float(np.mean(values)) for values in found.values()]
        look = MARKERS[index] + LINES[index % len(LINES)]
        axes.plot(lengths, means, look, color=COLORS[index], label=name)
        for length, values in zip(lengths, found.values(), strict=True):
            axes.plot([length] * len(values), values, ".", color=COLORS[index], ms=4, alpha=0.6)
        told = ", ".join(f"{m:.0%} at {n}" for n, m in zip(lengths, means, strict=True))
        story.append(f"{name}: {told}")
    axes.axhline(0.25, color="black", lw=0.8, ls=":")
    axes.set(xlabel="length of the sequence", ylabel="first symbol named right", title=title)
    axes.set_xticks(lengths)
    axes.set_ylim(0, 1.08)
    axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    figure.alt = f"{title}. Means of three seeds; {'; '.join(story)}. Guessing is right in 25 %."
    return figure
