"""Run what lecture 14 compares: ``python -m course_lib.experiments.record_transfer``.

A digit reader learns 0 to 4. Then it is taken over to the digits 5 to 9 and to clothes, with ten or
a thousand pictures of each class, with one to three of its layers copied, frozen or going on. It
takes a minute or two and writes ``transfer.json`` beside this file; the lecture reads it with
``recorded``. Each draw has other pictures and other new weights, the same ones for every way to
learn. The recipe was fixed beforehand; the test pictures are seen once, at the end of each run.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import nn
from course_lib.experiments.transfer import digit_reader, draw, learn, task, transplant
from course_lib.training import evaluate

FILE = Path(__file__).with_name("transfer.json")
SOURCE, TARGETS = "digits 0 to 4", ("digits 5 to 9", "clothes")
SIZES = {10: (100, 5), 1000: (300, 5)}  # pictures of each class: steps, draws
TESTED = 2000  # test pictures
FIRST = 10  # seed of the first draw, not that of the source network
# name: (layers copied, a factor of the rate for each of the four layers with weights)
WAYS: dict[str, tuple[int, tuple[float, ...]]] = {
    "from scratch": (0, (1, 1, 1, 1)),
    "copy 1, frozen": (1, (0, 1, 1, 1)),
    "copy 2, frozen": (2, (0, 0, 1, 1)),
    "copy 3, frozen": (3, (0, 0, 0, 1)),
    "copy 1, tuned": (1, (0.1, 1, 1, 1)),
    "copy 2, tuned": (2, (0.1, 0.1, 1, 1)),
    "copy 3, tuned": (3, (0.1, 0.1, 0.1, 1)),
    "copy 3, factor 0.01": (3, (0.01, 0.01, 0.01, 1)),
    "copy 3, factor 1": (3, (1, 1, 1, 1)),
    "copy 3, falling": (3, (0.03, 0.1, 0.3, 1)),
}


def recorded() -> dict[str, Any]:
    """What ``main`` wrote: for each of ``TARGETS`` and each of ``SIZES``, as a string, {way: runs}.

    The ways are those of ``WAYS`` and "pixels", a linear classifier; the runs are the accuracies on
    the test pictures, one for each draw. ``source`` is that of the digit reader on its own task.
    """
    return json.loads(FILE.read_text(encoding="utf-8"))


def main() -> None:
    """Train all, write the file."""
    start = draw(task(SOURCE), 5000, np.random.default_rng(0))
    source = learn(digit_reader(0), start, (1, 1, 1, 1), steps=1000, seed=0)
    found: dict[str, Any] = {"source": evaluate(source, start.X_test, start.y_test)[1]}
    for target in TARGETS:
        data = task(target)
        found[target] = {}
        tested = np.random.default_rng(0).permutation(len(data.y_test))[:TESTED]
        for each, (steps, draws) in SIZES.items():
            rows: dict[str, list[Any]] = {name: [] for name in ("pixels", *WAYS)}
            for seed in range(FIRST, FIRST + draws):
                part = draw(data, each, np.random.default_rng(seed))
                for name, runs in rows.items():
                    if name == "pixels":
                        model = nn.Sequential(nn.Flatten(), nn.Linear(784, 5, rng=seed))
                        factors: tuple[float, ...] = (1,)
                    else:
                        layers, factors = WAYS[name]
                        model = transplant(source, layers, seed)
                    learn(model, part, factors, steps=steps, seed=seed)
                    right = evaluate(model, data.X_test[tested], data.y_test[tested])[1]
                    runs.append(right)
            found[target][str(each)] = rows
            print(
                target, each, *(f"{name} {np.mean(r):.1%}" for name, r in rows.items()), flush=True
            )
    FILE.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
