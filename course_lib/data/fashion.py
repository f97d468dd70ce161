"""Fashion-MNIST: pictures of clothes, made to be read wherever MNIST is, and harder than it.

``packing/pack_fashion_mnist.py`` made the packed file from the original ones.
"""

import functools
from pathlib import Path

import numpy as np

from course_lib.data.packed_files import read_only, read_packed
from course_lib.data.splits import Dataset

PACKED = Path(__file__).with_name("fashion_mnist.npz")
PARTS = 18_000, 2_000, 4_000  # training, validation, test
LEVELS = 16  # of grey
CLASSES = (
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)


@functools.cache
def fashion_mnist() -> Dataset:
    """A part of Fashion-MNIST: 18,000 + 2,000 + 4,000 pictures (N, 1, 28, 28) in [0, 1].

    float32, with 16 levels of grey where the original has 256. Labels are int64, and every part has
    as many pictures of each of the ten ``classes``: the original's first 2,000 training pictures of
    the class (of these the last 200 for validation), and its first 400 test pictures. Loaded once
    per process; the arrays are read-only because all callers share them. ``RuntimeError`` if the
    packed file is missing or damaged.

    Source: Xiao, Rasul and Vollgraf 2017, "Fashion-MNIST". Copyright 2017 Zalando SE, MIT licence.
    """
    count = sum(PARTS)
    halves, labels = read_packed(PACKED, pixels=(count, 28 * 28 // 2), labels=(count,))
    levels = np.stack([halves >> 4, halves & 15], axis=-1)  # a byte holds two pixels
    pictures = np.multiply(levels, np.float32(1 / (LEVELS - 1)), dtype=np.float32)
    cuts = np.cumsum(PARTS)[:2]
    X_train, X_val, X_test = np.split(read_only(pictures.reshape(-1, 1, 28, 28)), cuts)
    y_train, y_val, y_test = np.split(read_only(labels.astype(np.int64)), cuts)
    return Dataset(X_train, y_train, X_val, y_val, X_test, y_test, CLASSES, name="fashion_mnist")
