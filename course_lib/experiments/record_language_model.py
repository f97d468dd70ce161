"""Train lecture 18's transformer: ``python -m course_lib.experiments.record_language_model``.

It learns from the course's own prose, nine tenths of it, with the library's NumPy code alone; the
rest is read once in a while and at the end. The recipe was fixed beforehand. It takes about six
minutes on one core and writes ``language_model.npz`` beside this file: the weights as float16, and
what was measured with them after that rounding.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.data.packed_files import read_packed, write_packed
from course_lib.experiments.prose import prose
from course_lib.experiments.tiny_transformer import bits, transformer, windows
from course_lib.optim import AdamW, warmup_cosine
from course_lib.training import train_step

FILE = Path(__file__).with_name("language_model.npz")
STEPS, BATCH, EVERY = 4000, 16, 200


def text() -> tuple[NDArray, NDArray, str]:
    """The prose as token numbers, its first nine tenths and the rest, and the alphabet."""
    letters = prose()
    alphabet = "".join(sorted(set(letters)))
    tokens = np.array([alphabet.index(letter) for letter in letters])
    cut = len(tokens) * 9 // 10
    return tokens[:cut], tokens[cut:], alphabet


def trained() -> tuple[nn.Sequential, NDArray]:
    """The trained model, and (step, training bits, bits on the rest) every 200 steps, as recorded.

    Raises ``RuntimeError`` if the file is missing or damaged.
    """
    model = transformer(len(text()[2]))
    shapes = {name: array.shape for name, array in model.params.items()}
    *weights, curve = read_packed(FILE, **shapes, curve=(STEPS // EVERY + 1, 3))
    for array, packed in zip(model.params.values(), weights, strict=True):
        array[...] = packed
    return model, curve.astype(float)


def main() -> None:
    """Train, measure, write the file."""
    learned, rest, alphabet = text()
    model, rng = transformer(len(alphabet)), np.random.default_rng(0)
    optimizer, loss = AdamW(weight_decay=0.1), nn.CrossEntropyLoss()
    rate = warmup_cosine(0.003, 100, STEPS, end=1e-5)
    curve = []
    for step in range(STEPS + 1):
        if step == STEPS:
            for array in model.params.values():
                array[...] = array.astype(np.float16)
        if step % EVERY == 0:
            curve.append([step, bits(model, learned[: len(rest)]), bits(model, rest)])
            print("step {:5.0f}: {:.3f} bits, on the rest {:.3f}".format(*curve[-1]), flush=True)
        optimizer.lr = rate(step)
        if step < STEPS:
            train_step(model, *windows(learned, BATCH, rng), loss, optimizer)
    weights = {name: array.astype(np.float16) for name, array in model.params.items()}
    write_packed(FILE, **weights, curve=np.array(curve, np.float32))


if __name__ == "__main__":
    main()
