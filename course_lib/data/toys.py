"""Small data sets to look at and to compute by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    check_count,
    check_not_negative,
    check_shape,
    checked,
)
from course_lib.data.splits import Dataset, train_val_test_split

# Height and abdominal circumference of 108 men, in cm, pair by pair.
HEIGHTS = """
185 178 184 190 169 188 185 192 175 168 179 170 180 169 189 188 190 178 185 192 175 185 192 168 190
186 168 188 190 178 169 188 185 192 190 188 185 192 168 179 188 185 192 175 180 169 189 188 190 169
188 185 192 188 168 179 170 182 168 178 190 188 177 175 188 178 169 176 168 179 170 180 178 193 190
169 188 185 177 186 165 190 170 179 170 180 179 177 185 159 176 168 179 188 185 177 168 179 188 176
181 174 185 192 175 185 192 169
"""
CIRCUMFERENCES = """
85 94 102 80 98 110 116 77 84 88 90 68 120 112 109 89 92 94 77 103 119 98 99 100 98 96 78 90 79 68
120 98 99 102 104 89 87 90 102 98 96 78 90 103 110 90 89 90 79 68 120 96 99 79 113 90 90 79 68 120
98 96 78 119 98 106 116 77 103 119 98 77 90 79 68 120 112 109 89 92 78 68 120 98 96 77 103 119 98 89
104 77 98 96 78 90 79 68 120 102 98 96 78 82 95 99 100 96
"""

DIGITS = """
.##.. ####. ####. #..#. #####
..#.. ....# ....# #..#. #....
..#.. .###. .###. ##### ####.
..#.. #.... ....# ...#. ....#
.###. ##### ####. ...#. ####.
"""

TANK = """
......#######.......
.....#########......
....################
....##########......
...############.....
.##################.
####################
##.##.##..##.##.####
.##################.
...##############...
"""

BUSH = """
..###.
#####.
######
.####.
"""


def check_several(name: str, value: Any) -> Any:
    """A number of classes of at least 2."""
    return check_count(name, value, 2)


def waist(*, rng: RandomSource = 0) -> Dataset:
    """Men 'healthy' (0) or 'overweight' (1), from height and abdominal circumference in cm.

    The label is the waist-to-height rule: overweight from circumference / height = 0.5 upwards.
    108 rows (height, circumference), dealt 60 / 20 / 20. Many pairs occur more than once.
    """
    x = np.array([HEIGHTS.split(), CIRCUMFERENCES.split()], np.float32).T
    y = (x[:, 1] / x[:, 0] >= 0.5).astype(int)
    return train_val_test_split(x, y, rng=rng, classes=("healthy", "overweight"), name="waist")


def digits5x5() -> Dataset:
    """The digits 1 to 5, one picture each (5, 1, 5, 5), ink 1 and paper 0; label 0 is digit 1.

    All five are for training; validation and test are empty.
    """
    lines = [line.split() for line in DIGITS.split("\n") if line]
    ink = [[[mark == "#" for mark in line[digit]] for line in lines] for digit in range(5)]
    x, y = np.array(ink, np.float32)[:, np.newaxis], np.arange(5)
    return Dataset(x, y, x[:0], y[:0], x[:0], y[:0], classes=tuple("12345"), name="digits5x5")


@checked(n=check_count, classes=check_several, noise=check_not_negative)
def blobs(n: int = 300, *, classes: int = 2, noise: float = 1.0, rng: RandomSource = 0) -> Dataset:
    """Round clouds of standard deviation ``noise`` around points on a circle of radius 4."""
    rng = _generator(n, classes, rng)
    y = np.arange(n) % classes
    angle = 2 * np.pi * y / classes
    return _toy("blobs", 4 * np.cos(angle), 4 * np.sin(angle), y, noise, rng)


@checked(n=check_count, noise=check_not_negative)
def circles(n: int = 300, *, noise: float = 0.1, rng: RandomSource = 0) -> Dataset:
    """A ring of radius 1 (class 0) around a ring of radius 0.5 (class 1)."""
    rng = _generator(n, 2, rng)
    y = np.arange(n) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, n), 1 - 0.5 * y
    return _toy("circles", radius * np.cos(angle), radius * np.sin(angle), y, noise, rng)


@checked(n=check_count, noise=check_not_negative)
def moons(n: int = 300, *, noise: float = 0.1, rng: RandomSource = 0) -> Dataset:
    """Two half-circles, each reaching into the other."""
    rng = _generator(n, 2, rng)
    y = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, n)
    x1 = np.where(y == 0, np.cos(angle), 1 - np.cos(angle))
    x2 = np.where(y == 0, np.sin(angle), 0.5 - np.sin(angle))
    return _toy("moons", x1, x2, y, noise, rng)


@checked(n=check_count, classes=check_several, noise=check_not_negative)
def spiral(
    n: int = 300, *, classes: int = 3, noise: float = 0.02, rng: RandomSource = 0
) -> Dataset:
    """Arms that wind out of the centre, one per class, almost a full turn each."""
    rng = _generator(n, classes, rng)
    y = np.arange(n) % classes
    radius = rng.uniform(0.05, 1, n)
    angle = 2 * np.pi * y / classes + 5 * radius
    return _toy("spiral", radius * np.cos(angle), radius * np.sin(angle), y, noise, rng)


@checked(n=check_count, noise=check_not_negative)
def xor(n: int = 300, *, noise: float = 0.1, rng: RandomSource = 0) -> Dataset:
    """Clouds on the corners of the unit square; class 1 where exactly one coordinate is high."""
    rng = _generator(n, 4, rng)
    corner = np.arange(n) % 4
    x1, x2 = corner // 2, corner % 2
    return _toy("xor", x1, x2, x1 ^ x2, noise, rng)


@checked(n=check_count)
def passing(n: int = 300, *, rng: RandomSource = 0) -> Dataset:
    """Will I pass this class? From lectures attended (0 to 10) and hours on the project (0 to 12).

    Both help, and luck has its part: the odds of class 1, 'passed', are even for five lectures and
    six hours, and grow with each lecture by the factor e to the 0.6, with each hour to the 0.5.
    """
    rng = _generator(n, 2, rng)
    lectures, hours = rng.integers(0, 11, n), rng.uniform(0, 12, n).round(1)
    odds = np.exp(0.6 * (lectures - 5) + 0.5 * (hours - 6))
    y = (rng.random(n) < odds / (1 + odds)).astype(int)
    x = np.stack([lectures, hours], axis=1).astype(np.float32)
    return train_val_test_split(x, y, rng=rng, classes=("failed", "passed"), name="passing")


@checked(noise=check_not_negative)
def tank_pictures(tank: Any, sunny: Any, *, noise: float = 0.05, rng: RandomSource = 0) -> NDArray:
    """Grey pictures (N, 1, 32, 32) of a field under the sky, 0 is black and 1 is white.

    tank: (N,), whether a tank stands somewhere in the field, darker than the ground;
    sunny: (N,), whether the sun shone, so that all is lighter. Each picture has bushes as dark as
    the tank. Weather, places and noise of standard deviation ``noise`` are drawn from ``rng``.
    """
    tank, sunny = np.asarray(tank, bool), np.asarray(sunny, bool)
    check_shape("tank_pictures: tank", tank, ("N",))
    check_shape("tank_pictures: sunny", sunny, tank.shape)
    rng = as_generator(rng)
    light = np.where(sunny, 0.7, 0.4) + rng.normal(0, 0.03, len(tank))
    x = np.tile(light[:, np.newaxis, np.newaxis], (1, 32, 32))
    x[:, :10] += 0.15  # the sky
    for picture, there, ground in zip(x, tank, light, strict=True):
        for row, column in rng.integers((10, 0), (29, 27), (6, 2)):
            _paint(picture, BUSH, row, column, ground - 0.2)
        row, column = rng.integers((12, 0), (23, 13))
        if there:
            _paint(picture, TANK, row, column, ground - 0.2)
    x += rng.normal(0, noise, x.shape)
    return np.clip(x, 0, 1).astype(np.float32)[:, np.newaxis]


def _paint(picture: NDArray, drawing: str, row: int, column: int, shade: float) -> None:
    """Give this shade to the pixels that are marked in the drawing, its corner at row, column."""
    marked = np.array([[mark == "#" for mark in line] for line in drawing.split()])
    high, wide = marked.shape
    picture[row : row + high, column : column + wide][marked] = shade


def _toy(
    name: str, x1: NDArray, x2: NDArray, y: NDArray, noise: float, rng: np.random.Generator
) -> Dataset:
    x = np.stack([x1, x2], axis=1) + rng.normal(0, noise, (len(y), 2))
    classes = [str(k) for k in range(y.max() + 1)]
    return train_val_test_split(x.astype(np.float32), y, rng=rng, classes=classes, name=name)


def _generator(n: int, classes: int, rng: RandomSource) -> np.random.Generator:
    """The random generator, once there are enough samples for every part to have each class."""
    if n < 5 * classes:
        raise ValueError(f"n is {n}, wanted at least 5 per class: {5 * classes}")
    return as_generator(rng)
