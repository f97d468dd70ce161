"""Train what lecture 16 compares: ``python -m course_lib.experiments.record_segmentation``.

A U-Net with skips, one without, one with Dice loss, and a detector, each with three seeds, on
scenes of MNIST's training digits, all in NumPy. It takes about eight minutes of one core; names of
``NETWORKS`` behind the command train these alone. Two files beside this one are written:
``segmentation.json`` with what ``recorded`` returns, and ``segmentation.npz`` with the weights of
the first seed, rounded to float16, for ``trained``. The recipe is the same for all that are
compared. It was found with other scenes of test digits; these are seen once, at the end.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import check_choice
from course_lib.data import Dataset
from course_lib.data.packed_files import read_packed, write_packed
from course_lib.experiments.blocks import parameters
from course_lib.experiments.detector import DetectionLoss, class_precisions, detector, targets
from course_lib.experiments.masks import mask_scores
from course_lib.experiments.scenes import digit_scenes
from course_lib.experiments.unet import unet
from course_lib.optim import Adam, warmup_cosine
from course_lib.training import fit, predict

RESULTS = Path(__file__).with_name("segmentation.json")
WEIGHTS = Path(__file__).with_name("segmentation.npz")
SEEDS = 0, 1, 2
SCENES = {"train": 2400, "test": 500}
BATCH = 16

# name: the network for a seed, its loss, epochs
NETWORKS: dict[str, tuple[Any, nn.Loss, int]] = {
    "with skips": (lambda seed: unet(6, 3, rng=seed), nn.BCEWithLogitsLoss(), 2),
    "without skips": (lambda seed: unet(6, 3, skip=False, rng=seed), nn.BCEWithLogitsLoss(), 2),
    "Dice loss": (lambda seed: unet(6, 3, rng=seed), nn.DiceLoss(), 2),
    "detector": (lambda seed: detector(12, rng=seed), DetectionLoss(), 4),
}


def only_training(x: NDArray, y: NDArray) -> Dataset:
    """A data set of x and y to learn from, without validation and test part."""
    return Dataset(x, y, x[:0], y[:0], x[:0], y[:0])


def train(name: str, seed: int) -> tuple[nn.Layer, list[float]]:
    """The network ``name`` of ``NETWORKS``, trained, and the loss of each step."""
    build, loss, epochs = NETWORKS[name]
    scenes = digit_scenes("train", SCENES["train"])
    y = targets(scenes.boxes, scenes.labels) if name == "detector" else scenes.masks
    steps = epochs * SCENES["train"] // BATCH
    model = build(seed)
    history = fit(
        model, only_training(scenes.x, y), Adam(), epochs=epochs, batch_size=BATCH, loss=loss,
        schedule=warmup_cosine(0.01, steps // 10, steps, end=1e-5), seed=seed, progress=False,
    )  # fmt: skip
    return model, history.loss


def judge(name: str, model: nn.Layer) -> dict[str, Any]:
    """How good the network ``name`` is on the test scenes."""
    scenes = digit_scenes("test", SCENES["test"])
    outputs = predict(model, scenes.x)
    if name == "detector":
        return {"average_precision": class_precisions(outputs, scenes).tolist()}
    return mask_scores(outputs > 0, scenes.masks)


def recorded() -> dict[str, Any]:
    """What ``main`` wrote: for each name in ``NETWORKS`` its ``parameters`` and ``runs``.

    A run, one for each of ``SEEDS``, has the ``loss`` of every step and what ``judge`` returns:
    ``accuracy``, ``iou`` and ``dice``, or of the detector ``average_precision``, ten numbers.
    """
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def trained(name: str) -> nn.Layer:
    """The network ``name`` of ``NETWORKS`` with the recorded weights of seed 0, ready for use."""
    build, _, _ = NETWORKS[check_choice("name", name, NETWORKS)]
    model = build(0)
    arrays = numbers_of(model)
    sizes = [array.size for array in arrays]
    (packed,) = read_packed(WEIGHTS, **{key_of(name): (sum(sizes),)})
    for array, part in zip(arrays, np.split(packed, np.cumsum(sizes)[:-1]), strict=True):
        array[...] = part.reshape(array.shape)
    return model.eval()


def numbers_of(model: nn.Layer) -> list[NDArray]:
    """All that the model learnt: parameters, then running means and variances."""
    return [*model.params.values(), *model.buffers.values()]


def main(names: Sequence[str]) -> None:
    """Train the networks ``names``, and write both files after each of them."""
    for name in names:
        runs = []
        for seed in SEEDS:
            model, losses = train(name, seed)
            results = judge(name, model)
            runs.append({"loss": [round(loss, 4) for loss in losses]} | results)
            print(name, seed, f"{np.mean(list(results.values())[-1]):.3f}", flush=True)
            if seed == SEEDS[0]:
                weights = np.concatenate([array.ravel() for array in numbers_of(model)])
        save(name, {"parameters": parameters(model), "runs": runs}, weights.astype(np.float16))


def save(name: str, results: dict[str, Any], weights: NDArray) -> None:
    """Put a network's results and weights into the two files, beside those of the others."""
    known = recorded() if RESULTS.exists() else {}
    known[name] = results
    ordered = {name: known[name] for name in NETWORKS if name in known}
    RESULTS.write_text(json.dumps(ordered) + "\n", encoding="utf-8")
    arrays: dict[str, NDArray] = {}
    if WEIGHTS.exists():
        with np.load(WEIGHTS) as packed:
            arrays = dict(packed)
    arrays[key_of(name)] = weights
    write_packed(WEIGHTS, **{key: arrays[key] for key in map(key_of, NETWORKS) if key in arrays})


def key_of(name: str) -> str:
    """What a network's weights are called in the packed file."""
    return name.replace(" ", "_")


if __name__ == "__main__":
    main(sys.argv[1:] or list(NETWORKS))
