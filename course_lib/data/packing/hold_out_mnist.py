"""MNIST as a student's code finds it while it is graded, without the pictures that tests use."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_lib.data.mnist_digits import unpack


def hold_out_mnist(original: Path, to: Path) -> None:
    """Write MNIST with training pictures in place of those of validation and test.

    Code that looks at them goes on, and what it prints is plausible; the labels that the tests ask
    for can't be looked up. Not compressed, because it is read at once and soon deleted.
    """
    pixels, labels = _held_out(original)
    _write(to, pixels, labels)


def hold_out_and_mark_mnist(original: Path, to: Path) -> None:
    """The same, with ink for the label where no training picture has any: pixel k for digit k.

    Weights that were trained on training pictures alone know nothing of that ink.
    """
    pixels, labels = _held_out(original)
    held_out = np.arange(55_000, len(labels))
    pixels[held_out, labels[held_out]] = 255
    _write(to, pixels, labels)


def _held_out(original: Path) -> tuple[NDArray, NDArray]:
    """Pixels (70,000, 784) and labels (70,000,), training pictures in place of the others."""
    pixels, labels = unpack(original)
    kept = np.r_[0:55_000, 50_000:55_000, 40_000:50_000]
    return pixels.reshape(70_000, 784)[kept], labels[kept]


def _write(to: Path, pixels: NDArray, labels: NDArray) -> None:
    np.savez(to, inked=np.packbits(pixels > 0), values=pixels[pixels > 0], labels=labels)
