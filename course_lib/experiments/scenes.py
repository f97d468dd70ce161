"""Scenes: one to three handwritten digits among pieces of others, with the mask and the boxes.

Lecture 16 segments them and finds the digits in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    check_choice,
    check_count,
    check_same_length,
    checked,
)
from course_lib.data import mnist, resize
from course_lib.experiments.boxes import box_iou

SIDE = 48  # of a scene, in pixels
PIECES, PIECE = 12, 6  # how many pieces of other digits, and their side
SMALLEST, LARGEST = 22, 34  # side of the 28 x 28 picture of a digit after resizing
NOISE = 0.1  # standard deviation
OVERLAP = 0.1  # most IoU of two boxes in a scene
ATTEMPTS = 50  # places that are tried for a digit
INK = 0.5  # a pixel above it belongs to the digit


@dataclass(frozen=True)
class Scenes:
    """N scenes and what is in them.

    x: (N, 1, 48, 48) in [0, 1], float32  masks: like x, 1 where a digit is, 0 elsewhere
    boxes: N arrays (M, 4) of left, top, right, bottom in pixels  labels: N arrays (M,)
    """

    x: NDArray
    masks: NDArray
    boxes: list[NDArray]
    labels: list[NDArray]

    def __len__(self) -> int:
        return len(self.x)

    def select(self, rows: Sequence[int]) -> Self:
        """The scenes with these numbers, in this order."""
        return replace(
            self,
            x=self.x[list(rows)],
            masks=self.masks[list(rows)],
            boxes=[self.boxes[row] for row in rows],
            labels=[self.labels[row] for row in rows],
        )


@checked(pictures="M 1 28 28", count=check_count)
def draw_scenes(pictures: NDArray, labels: NDArray, count: int, rng: RandomSource) -> Scenes:
    """``count`` scenes of digits drawn from ``pictures``, whose classes are ``labels`` (M,)."""
    check_same_length("draw_scenes: labels", labels, "pictures", pictures)
    rng = as_generator(rng)
    made = [_scene(pictures, labels, rng) for _ in range(count)]
    x, masks, boxes, kinds = zip(*made, strict=True)
    return Scenes(np.stack(x), np.stack(masks), list(boxes), list(kinds))


def _scene(
    pictures: NDArray, labels: NDArray, rng: np.random.Generator
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Picture, mask, boxes and labels of one scene."""
    x = _clutter(pictures, rng)
    mask = np.zeros_like(x)
    boxes: list[NDArray] = []
    kinds: list[int] = []
    for _ in range(rng.integers(1, 4)):
        index = rng.integers(len(pictures))
        digit = _cut_out(pictures[index, 0], int(rng.integers(SMALLEST, LARGEST + 1)))
        box = _free_place(digit.shape, boxes, rng)
        if box is None:
            continue
        left, top, right, bottom = box.astype(int)
        place = slice(top, bottom), slice(left, right)
        x[place] = np.maximum(x[place], digit)
        mask[place] = np.maximum(mask[place], digit > INK)
        boxes.append(box)
        kinds.append(int(labels[index]))
    x = np.clip(x + rng.normal(0, NOISE, x.shape), 0, 1).astype(np.float32)
    return x[np.newaxis], mask[np.newaxis], np.stack(boxes), np.array(kinds)


def _cut_out(picture: NDArray, side: int) -> NDArray:
    """A digit (28, 28), resized to (side, side) and cut out along its box."""
    digit = resize(picture, side, side)
    left, top, right, bottom = tight_box(digit > INK)
    return digit[top:bottom, left:right]


def _free_place(
    shape: tuple[int, ...], boxes: list[NDArray], rng: np.random.Generator
) -> NDArray | None:
    """A box (4,) for a digit of this shape that hardly overlaps with others; None if none is found.

    The first digit of a scene always finds one.
    """
    for _ in range(ATTEMPTS):
        top, left = (int(rng.integers(SIDE - size + 1)) for size in shape)
        box = np.array([left, top, left + shape[1], top + shape[0]], np.float32)
        if not boxes or box_iou(box[np.newaxis], np.stack(boxes)).max() <= OVERLAP:
            return box
    return None


def _clutter(pictures: NDArray, rng: np.random.Generator) -> NDArray:
    """Small squares cut from the middle of other digits, anywhere: ink that is no digit."""
    x = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(PIECES):
        digit = pictures[rng.integers(len(pictures)), 0]
        row, column = rng.integers(4, 28 - 4 - PIECE, 2)
        top, left = rng.integers(0, SIDE - PIECE + 1, 2)
        place = slice(top, top + PIECE), slice(left, left + PIECE)
        x[place] = np.maximum(x[place], digit[row : row + PIECE, column : column + PIECE])
    return x


def tight_box(mask: NDArray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the smallest box around what is true in ``mask`` (H, W).

    Right and bottom are the first column and row outside it. ``ValueError`` for an empty mask.
    """
    if not mask.any():
        raise ValueError("tight_box: mask is empty, wanted at least one pixel")
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


@cache
def digit_scenes(part: str, count: int) -> Scenes:
    """``count`` scenes of the digits of one part of MNIST: "train", "val" or "test".

    They are the same in every run, and fewer of them are the first of more. No digit of one part
    is in a scene of another, not even as clutter.
    """
    rng = {"train": 16, "val": 17, "test": 19}[check_choice("part", part, ("train", "val", "test"))]
    data = mnist()
    return draw_scenes(getattr(data, f"X_{part}"), getattr(data, f"y_{part}"), count, rng)
