"""Train what lecture 13 compares: ``python -m course_lib.experiments.record_architectures``.

Five kinds of block at one size, and plain and residual networks of 8 and 32 layers, each with three
seeds, on the part of Fashion-MNIST that comes with the course. It takes about ten minutes with
PyTorch on two cores and writes ``architectures.json`` beside this file; the lecture reads it with
``recorded``. The recipe was fixed beforehand and is the same for all; nothing was tuned. The test
pictures are seen once, at the end.
"""

import json
from pathlib import Path
from typing import Any

from course_lib.data import fashion_mnist
from course_lib.experiments.blocks import BLOCKS, block_network, deep_network, parameters
from course_lib.metrics import accuracy
from course_lib.nn import Sequential
from course_lib.optim import Adam, warmup_cosine
from course_lib.training import fit, predict

FILE = Path(__file__).with_name("architectures.json")
SEEDS = 0, 1, 2
STEPS = 180  # mini-batches of 100 in an epoch
DEPTHS = 8, 32


def train(model: Sequential, seed: int, epochs: int) -> dict[str, Any]:
    """The loss of each step, and the share of the test pictures read right at the end."""
    data = fashion_mnist()
    schedule = warmup_cosine(0.005, STEPS // 4, epochs * STEPS, end=1e-5)
    history = fit(
        model, data, Adam(), epochs=epochs, schedule=schedule, seed=seed, device="cpu",
        progress=False,
    )  # fmt: skip
    answers = predict(model, data.X_test).argmax(axis=1)
    return {
        "loss": [round(loss, 4) for loss in history.loss],
        "test_accuracy": accuracy(answers, data.y_test),
    }


def recorded() -> dict[str, Any]:
    """What ``main`` wrote.

    ``blocks``: for each name in ``BLOCKS`` its ``parameters`` and ``runs``; ``depths``: for "plain"
    and "residual", and each of ``DEPTHS`` as a string, the ``runs``. A run, one for each of
    ``SEEDS``, has the ``loss`` of every step and the ``test_accuracy``.
    """
    return json.loads(FILE.read_text(encoding="utf-8"))


def main() -> None:
    """Train all, write the file."""
    found: dict[str, Any] = {"blocks": {}, "depths": {"plain": {}, "residual": {}}}
    for name in BLOCKS:
        runs = [train(block_network(name, seed), seed, epochs=2) for seed in SEEDS]
        found["blocks"][name] = {"parameters": parameters(block_network(name)), "runs": runs}
        print(name, *(f"{run['test_accuracy']:.1%}" for run in runs), flush=True)
    for kind in found["depths"]:
        for depth in DEPTHS:
            runs = [
                train(deep_network(depth, skip=kind == "residual", rng=seed), seed, epochs=1)
                for seed in SEEDS
            ]
            found["depths"][kind][str(depth)] = {"runs": runs}
            losses = (sum(run["loss"][-20:]) / 20 for run in runs)
            print(kind, depth, *(f"{loss:.3f}" for loss in losses), flush=True)
    FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
