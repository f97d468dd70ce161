"""Data sets, all embedded, and what is done to data before it is learnt from.

``mnist_digits.py`` has MNIST, ``fashion.py``, ``photographs.py`` and ``speech.py`` the other packed
sets, ``toys.py`` the small ones, ``splits.py`` the ``Dataset``, its parts and mini-batches,
``augment.py`` random changes of pictures, ``sound.py`` the way from a sound to a picture of it.
Nothing is ever downloaded; the scripts in ``packing/`` made the files that ``packed_files.py``
reads. Samples and labels may be whatever NumPy makes an array of.
"""

from course_lib.data.fashion import fashion_mnist
from course_lib.data.mnist_digits import mnist
from course_lib.data.photographs import center_square, photos, resize
from course_lib.data.speech import log_mel, recorded_words, spoken_words
from course_lib.data.splits import Dataset, batches, train_val_test_split
from course_lib.data.toys import (
    blobs,
    circles,
    digits5x5,
    moons,
    passing,
    spiral,
    tank_pictures,
    waist,
    xor,
)

__all__ = [
    "Dataset",
    "batches",
    "blobs",
    "center_square",
    "circles",
    "digits5x5",
    "fashion_mnist",
    "log_mel",
    "mnist",
    "moons",
    "passing",
    "photos",
    "recorded_words",
    "resize",
    "spiral",
    "spoken_words",
    "tank_pictures",
    "train_val_test_split",
    "waist",
    "xor",
]
