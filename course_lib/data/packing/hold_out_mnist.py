"""MNIST as a student's code finds it while it is graded, without the pictures that tests use."""

from pathlib import Path

import numpy as np

from course_lib.data.mnist_digits import unpack


def hold_out_mnist(original: Path, to: Path) -> None:
    """Write MNIST with training pictures in place of those of validation and test.

    Code that looks at them goes on, and what it prints is plausible; the labels that the tests ask
    for can't be looked up. Not compressed, because it is read at once and soon deleted.
    """
    pixels, labels = unpack(original)
    kept = np.r_[0:55_000, 50_000:55_000, 40_000:50_000]
    pixels, labels = pixels.reshape(70_000, 784)[kept], labels[kept]
    np.savez(to, inked=np.packbits(pixels > 0), values=pixels[pixels > 0], labels=labels)
