"""Data sets, all embedded, and what is done to data before it is learnt from.

``mnist_digits.py`` has MNIST, ``toys.py`` the small sets, ``splits.py`` the ``Dataset``, its parts
and mini-batches, ``augment.py`` random changes of pictures. Nothing is ever downloaded;
``pack_mnist.py`` made the packed file. Samples and labels may be whatever NumPy makes an array of.
"""

from course_lib.data.mnist_digits import mnist
from course_lib.data.splits import Dataset, batches, train_val_test_split
from course_lib.data.toys import (
    blobs,
    circles,
    digits5x5,
    moons,
    spiral,
    tank_pictures,
    waist,
    xor,
)

__all__ = [
    "Dataset",
    "batches",
    "blobs",
    "circles",
    "digits5x5",
    "mnist",
    "moons",
    "spiral",
    "tank_pictures",
    "train_val_test_split",
    "waist",
    "xor",
]
