"""Data sets, all embedded: nothing is ever downloaded."""

from course_lib.data.fashion import fashion_mnist
from course_lib.data.packed import mnist
from course_lib.data.photographs import center_square, photos, resize
from course_lib.data.speech import log_mel, recorded_words, spoken_words
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
