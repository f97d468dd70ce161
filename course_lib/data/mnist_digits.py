"""MNIST, the 70,000 handwritten digits of LeCun, Cortes and Burges, packed into this package.

``packing/pack_mnist.py`` made the packed file. Four of five pixels are blank, so it holds which
pixels are inked, one bit each, and the values of those alone.
"""

import functools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_lib.data.packed_files import DAMAGE, read_only
from course_lib.data.splits import Dataset

PACKED = Path(__file__).with_name("mnist.npz")
VALIDATION = 5_000  # the last of the 60,000 training pictures


@functools.cache
def mnist() -> Dataset:
    """The digits as a ``Dataset``: 55,000 + 5,000 + 10,000 pictures (N, 1, 28, 28) in [0, 1].

    Labels are int64. Loaded once per process; the arrays are read-only because all callers share
    them. ``RuntimeError`` if the packed file is missing or damaged.
    """
    pixels, labels = unpack(PACKED)
    pictures = np.multiply(pixels, np.float32(1 / 255), dtype=np.float32)
    pictures, labels = pictures.reshape(-1, 1, 28, 28), labels.astype(np.int64)
    cuts = [60_000 - VALIDATION, 60_000]
    X_train, X_val, X_test = np.split(read_only(pictures), cuts)
    y_train, y_val, y_test = np.split(read_only(labels), cuts)
    return Dataset(
        X_train, y_train, X_val, y_val, X_test, y_test, tuple("0123456789"), name="mnist"
    )


def unpack(path: Path) -> tuple[NDArray, NDArray]:
    """Pixels (70,000 * 784,) and labels (70,000,) of the packed file, both uint8."""
    try:
        with open(path, "rb") as file, np.load(file) as packed:
            pixels = np.unpackbits(packed["inked"])
            pixels[pixels.view(bool)] = packed["values"]
            labels = packed["labels"]
        if pixels.size != 70_000 * 784 or labels.size != 70_000:
            raise ValueError(f"{labels.size} labels for {pixels.size} pixels")
    except DAMAGE as error:
        raise RuntimeError(
            f"the packed MNIST file {path.name} is missing or damaged ({error}): "
            "restore it with git, or install the course again"
        ) from error
    return pixels, labels
