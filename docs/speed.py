"""Draws docs/speed.svg: how the time of a convolution grows with the batch and with the pictures.

    OMP_NUM_THREADS=1 .venv/bin/python docs/speed.py

On an idle computer; it takes about a minute and prints what it draws.
"""

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.ladder.benchmark import convolution_against_torch

BATCHES = (1, 3, 10, 30, 100, 300, 1000)  # of pictures of 28 x 28
SIDES = (28, 56, 112, 224)  # of 4 pictures
COLORS = {"course_lib": "#1f77b4", "PyTorch": "#ff7f0e"}
STYLES = {"forward": "-", "backward": "--"}

Times = dict[tuple[str, str], list[float]]  # milliseconds, by side of the comparison and direction


def measure(sizes: list[tuple[int, int]]) -> Times:
    """Milliseconds for each size (batch, side of the pictures), the two sides in turn."""
    times: Times = {(who, way): [] for way in STYLES for who in COLORS}
    for batch, side in sizes:
        rounds = 5 if batch * side**2 > 100_000 else 15
        for way, pair in zip(STYLES, convolution_against_torch(batch, side, rounds), strict=True):
            for who, seconds in zip(COLORS, pair, strict=True):
                times[who, way].append(1000 * seconds)
            ratio = pair[0] / pair[1]
            print(f"{batch:5} x {side:3} {way:9}{1e3 * pair[0]:9.2f} ms, ratio {ratio:.2f}")
    return times


def draw(axes: Axes, sizes: tuple[int, ...], times: Times, label: str) -> None:
    """Milliseconds over sizes, both axes logarithmic."""
    for (who, way), values in times.items():
        look = dict(linestyle=STYLES[way], color=COLORS[who], marker="o", markersize=3)
        axes.loglog(sizes, values, label=f"{who}, {way}", **look)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_xlabel(label)
    axes.grid(alpha=0.3)


if __name__ == "__main__":
    mpl.rcParams["svg.hashsalt"] = "speed"  # the same numbers, the same file
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    draw(left, BATCHES, measure([(batch, 28) for batch in BATCHES]), "pictures of 28 × 28")
    draw(right, SIDES, measure([(4, side) for side in SIDES]), "side of 4 pictures, in pixels")
    left.set_ylabel("milliseconds")
    left.legend(frameon=False)
    figure.suptitle("A 3 × 3 convolution from 16 to 32 channels, one thread")
    figure.savefig(Path(__file__).with_suffix(".svg"), metadata={"Date": None})
