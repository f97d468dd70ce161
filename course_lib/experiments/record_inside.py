"""Make what lecture 15 records: ``python -m course_lib.experiments.record_inside``.

Pictures that SqueezeNet takes for eight classes, and a photograph found again from six of its
layers. It takes about two minutes of one core and writes ``inside.npz`` beside this file, pictures
of 8 bits a channel; the lecture reads it with ``recorded``. The recipes were chosen by looking at
trials with four of the classes; all that the final run made is shown.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn, zoo
from course_lib.data import photos
from course_lib.data.packed_files import read_packed, write_packed
from course_lib.data.photographs import center_square
from course_lib.experiments.inside import ascend, invert, on_pixels, score_and_gradient

FILE = Path(__file__).with_name("inside.npz")
SIDE = 127
CLASSES = (
    *("tarantula", "volcano", "goldfish", "daisy"),
    *("hourglass", "strawberry", "bald eagle", "screw"),
)
LAYERS = "pool1", "fire3", "fire5", "fire7", "fire9", "relu10"


def class_pictures(steps: int) -> NDArray[Any]:
    """A picture for each of ``CLASSES``: (8, 3, SIDE, SIDE), found by ascent from noise."""
    network, names = on_pixels(zoo.squeezenet()), zoo.imagenet_classes()
    labels = [names.index(name) for name in CLASSES]
    shape = len(labels), 3, SIDE, SIDE
    noise = np.random.default_rng(1).normal(0.5, 20 / 255, shape).astype(np.float32)
    pictures, _ = ascend(
        lambda x: score_and_gradient(network, x, labels), noise,
        steps=steps, rate=10 / 255, decay=0.03, spread=0.8, jitter=8,
    )  # fmt: skip
    return pictures


def inversions(steps: int) -> tuple[NDArray[Any], list[float]]:
    """The cat, found again from each of ``LAYERS``: (6, 3, SIDE, SIDE), and the last errors."""
    network = on_pixels(zoo.squeezenet())
    cat = center_square(photos()["cat"], SIDE)[np.newaxis]
    pictures, errors = [], []
    for layer in LAYERS:
        front = nn.Sequential(*network.layers[: zoo.SQUEEZENET_LAYERS.index(layer) + 2])
        found, course = invert(front, cat, steps=steps, rate=0.03, smooth=30)
        pictures.append(found[0])
        errors.append(course[-1])
        print(layer, f"{course[-1]:.4f}", flush=True)
    return np.array(pictures), errors


def recorded() -> dict[str, NDArray[Any]]:
    """What ``main`` wrote, in the order of ``CLASSES`` and of ``LAYERS``.

    "classes" (8, 3, SIDE, SIDE) and "inversions" (6, 3, SIDE, SIDE): pictures, float32 in [0, 1];
    "errors" (6,): where the inversions ended.
    """
    shapes: dict[str, tuple[int, ...]] = {
        "classes": (len(CLASSES), 3, SIDE, SIDE),
        "inversions": (len(LAYERS), 3, SIDE, SIDE),
        "errors": (len(LAYERS),),
    }
    found = dict(zip(shapes, read_packed(FILE, **shapes), strict=True))
    return {
        name: array / np.float32(255) if array.dtype == np.uint8 else array
        for name, array in found.items()
    }


def main(steps: int = 200) -> None:
    """Run all, write the file."""
    pictures, errors = inversions(steps)
    write_packed(
        FILE, classes=_bytes(class_pictures(steps)), inversions=_bytes(pictures),
        errors=np.array(errors),
    )  # fmt: skip


def _bytes(pictures: NDArray[Any]) -> NDArray[Any]:
    return np.rint(pictures * 255).astype(np.uint8)


if __name__ == "__main__":
    main()
