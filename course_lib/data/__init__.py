"""Data sets, all embedded: nothing is ever downloaded."""

from course_lib.data.packed import mnist
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

__all__ = [name for name, value in list(vars().items()) if callable(value)]
