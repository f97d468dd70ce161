"""Figures of lecture 13: errors over the years, where a network's numbers sit, sizes compared."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib.viz.picture import COLORS, HATCHES, MARKERS, Picture, picture, styled


@styled
def errors(entries: Mapping[str, tuple[int, float]], *, person: float) -> Picture:
    """Top-5 errors on ImageNet: {network: (year, per cent)}, and the line of one person."""
    figure, axes = picture(size=(7.0, 3.8))
    places = np.arange(len(entries))
    values = [error for _, error in entries.values()]
    axes.bar(places, values, color=COLORS[0], width=0.6)
    for place, value in zip(places, values, strict=True):
        axes.text(place, value + 0.2, f"{value:g}", ha="center", va="bottom")
    axes.axhline(person, color=COLORS[1], ls="--")
    axes.text(len(entries) - 0.55, person + 0.2, f"a person: {person:g}", ha="right",
              color=COLORS[1])  # fmt: skip
    labels = [f"{name}\n{year}" for name, (year, _) in entries.items()]
    axes.set_xticks(places, labels)
    axes.margins(y=0.1)
    axes.set(ylabel="top-5 error, %", title="In three years the error fell to a quarter")
    axes.grid(False, axis="x")
    figure.alt = (
        f"Bars of the top-5 error on ImageNet: "
        f"{', '.join(f'{n} {y}: {e:g} %' for n, (y, e) in entries.items())}. "
        f"A dashed line at {person:g} %, one person's error."
    )
    return figure


@styled
def shares(parts: Mapping[str, Sequence[float]], names: Sequence[str], *, title: str) -> Picture:
    """Horizontal bars that each add up to 100 %: {quantity: (a number for each of names)}."""
    figure, axes = picture(size=(8.0, 2.6))
    story = []
    for row, (quantity, values) in enumerate(parts.items()):
        share = np.asarray(values, float) / np.sum(values)
        left = 0.0
        for index, (name, width) in enumerate(zip(names, share, strict=True)):
            axes.barh(
                row, width, left=left, color=COLORS[index % len(COLORS)], edgecolor="white",
                hatch=HATCHES[index % len(HATCHES)], label=name if row == 0 else None,
            )  # fmt: skip
            if width > 0.06:
                axes.text(left + width / 2, row, f"{width:.0%}", ha="center", va="center",
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            left += width
        most = int(np.argmax(share))
        story.append(f"{quantity}: {share[most]:.0%} in {names[most]}")
    axes.set_yticks(range(len(parts)), list(parts))
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xticks=[], title=title)
    axes.grid(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=len(names))
    figure.alt = f"{title}. Three bars, each divided among {', '.join(names)}. {'; '.join(story)}."
    return figure


@styled
def sizes(networks: Mapping[str, tuple[float, float]], *, title: str) -> Picture:
    """Parameters against multiply-adds on two logarithmic axes: {name: (millions, millions)}."""
    figure, axes = picture(size=(7.4, 4.6))
    for index, (name, (parameters, macs)) in enumerate(networks.items()):
        axes.plot(parameters, macs, MARKERS[0], color=COLORS[0])
        side = -1 if index % 2 else 1  # neighbors write their names to different sides
        axes.annotate(
            name, (parameters, macs), xytext=(-6 * side, 5 * side), textcoords="offset points",
            ha="right" if side > 0 else "left", va="bottom" if side > 0 else "top",
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", title=title)
    axes.set(xlabel="parameters, millions", ylabel="multiply-adds a picture, millions")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.margins(x=0.3, y=0.1)  # room for the names
    figure.alt = f"{title}. Parameters and multiply-adds in millions: " + "; ".join(
        f"{name} {p:.3g} and {m:,.0f}" for name, (p, m) in networks.items()
    ) + "."  # fmt: skip
    return figure


@styled
def accuracies(runs: Mapping[str, NDArray], *, title: str) -> Picture:
    """A dot for every seed and a line at their mean: {name: accuracies (seeds,)}."""
    figure, axes = picture(size=(7.4, 3.2))
    for row, (_, values) in enumerate(runs.items()):
        axes.plot(np.asarray(values) * 100, [row] * len(values), MARKERS[0], color=COLORS[0],
                  alpha=0.8)  # fmt: skip
        axes.plot([np.mean(values) * 100] * 2, [row - 0.3, row + 0.3], color=COLORS[1], lw=2)
    axes.set_yticks(range(len(runs)), list(runs))
    axes.invert_yaxis()
    axes.set(xlabel="test accuracy, %", title=title)
    figure.alt = f"{title}. Test accuracy in per cent, one dot a seed: " + "; ".join(
        f"{name} {np.min(v):.1%} to {np.max(v):.1%}, mean {np.mean(v):.1%}"
        for name, v in runs.items()
    ) + "."  # fmt: skip
    return figure
