"""Data sets whose map by t-SNE moves in the page, and the same maps by ``experiments.t_sne``."""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.data import photos, resize
from course_lib.experiments.codes import cnn_codes, half_crops
from course_lib.experiments.live.run import LiveRun
from course_lib.experiments.t_sne import affinities, descend, divergence, squared_distances
from course_lib.zoo import squeezenet

POINTS, STEPS = 75, 400
PERPLEXITIES = (2, 3, 5, 8, 12, 20, 30, 50)
NAMES = ("codes of cutouts", "pixels of cutouts", "three clouds", "noise")


def moving_map(data: str = "codes of cutouts", *, perplexity: int = 12) -> LiveRun:
    """Squared distances and labels of all data sets, and where all points begin.

    data: one of ``NAMES``  perplexity: one of ``PERPLEXITIES``; what is shown first. The picture
    shows the map at this perplexity, and at the lowest and the highest one. ``ValueError`` for
    others.
    """
    check_choice("data", data, NAMES)
    check_choice("perplexity", perplexity, PERPLEXITIES)
    sets = data_sets()
    start = {
        "data": data, "perplexity": perplexity, "perplexities": list(PERPLEXITIES),
        "steps": STEPS, "points": beginning().tolist(),
        "sets": {
            name: {
                "distances": distances[np.triu_indices(POINTS, 1)].tolist(),
                "labels": labels.tolist(), "classes": classes,
            }
            for name, (distances, labels, classes) in sets.items()
        },
    }  # fmt: skip
    distances, labels, classes = sets[data]
    drawn = {}
    for chosen in dict.fromkeys((PERPLEXITIES[0], perplexity, PERPLEXITIES[-1])):
        P = affinities(distances, chosen)
        *_, y = descend(P, beginning(), STEPS)
        drawn[chosen] = y, divergence(P, y)
    shown = {"data": data, "labels": labels, "classes": classes, "steps": STEPS, "maps": drawn}
    return LiveRun(start, shown)


def data_sets() -> dict[str, tuple[NDArray, NDArray, list[str]]]:
    """Squared distances (75, 75), labels (75,) and the labels' names of each of ``NAMES``.

    Distances have four decimals, so that the page and the library begin with the same numbers.
    """
    halves = [
        half_crops(half, each, np.random.default_rng(seed))
        for seed, (half, each) in enumerate({"left": 8, "right": 7}.items())
    ]
    cutouts, of_photo = (np.concatenate(parts) for parts in zip(*halves, strict=True))
    fire5 = cnn_codes(squeezenet(), cutouts, ["fire5"])["fire5"]
    rng = np.random.default_rng(0)
    third = np.repeat(np.arange(3), POINTS // 3)
    clouds = rng.normal(size=(POINTS, 10))
    clouds[:, 0] += np.array([0, 10, 60])[third]
    names = list(photos())
    found = {
        "codes of cutouts": (_unit(fire5), of_photo, names),
        "pixels of cutouts": (_unit(resize(cutouts, 16, 16)), of_photo, names),
        "three clouds": (clouds, third, ["at 0", "at 10", "at 60"]),
        "noise": (rng.normal(size=(POINTS, 50)), np.zeros(POINTS, int), ["noise"]),
    }
    return {
        name: (squared_distances(x).round(4), labels, classes)
        for name, (x, labels, classes) in found.items()
    }


def beginning() -> NDArray:
    """Where the points (75, 2) begin: close to the middle."""
    return np.random.default_rng(0).normal(0, 1e-4, (POINTS, 2)).round(9)


def _unit(x: NDArray) -> NDArray:
    """Each row as a list of numbers of length 1."""
    flat = x.reshape(len(x), -1).astype(float)
    return flat / np.linalg.norm(flat, axis=1, keepdims=True)
