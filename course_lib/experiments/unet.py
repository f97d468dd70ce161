"""A small U-Net for scenes: down to see more, up to say where, with a skip on each level.

Source: Ronneberger, Fischer and Brox 2015, "U-Net". Unlike theirs, all convolutions keep the
picture's size, so that nothing need be cropped, and are followed by batch normalization.
"""

import numpy as np

from course_lib import nn
from course_lib.checks import RandomSource
from course_lib.experiments.blocks import convolve


def two_convolutions(channels: int, filters: int, rng: np.random.Generator) -> list[nn.Layer]:
    """3 x 3, normalized, ReLU, twice."""
    return [
        *(*convolve(channels, filters, 3, rng), nn.ReLU()),
        *(*convolve(filters, filters, 3, rng), nn.ReLU()),
    ]


def level(
    channels: int, filters: int, depth: int, skip: bool, rng: np.random.Generator
) -> nn.Layer:
    """A level of the U and all that lie below it: as large a map out as in, of ``filters``."""
    first = two_convolutions(channels, filters, rng)
    if depth == 0:
        return nn.Sequential(*first)
    below = nn.Sequential(
        nn.MaxPool2d(2),
        level(filters, 2 * filters, depth - 1, skip, rng),
        nn.ConvTranspose2d(2 * filters, filters, 2, stride=2, rng=rng),
    )
    if not skip:
        return nn.Sequential(*first, below, *two_convolutions(filters, filters, rng))
    across = nn.Sequential()  # the empty chain hands its input on
    joined = nn.Concatenate(across, below)
    return nn.Sequential(*first, joined, *two_convolutions(2 * filters, filters, rng))


def unet(filters: int = 8, depth: int = 3, *, skip: bool = True, rng: RandomSource = 0) -> nn.Layer:
    """A U-Net from pictures (N, 1, H, W) to the logits of a mask, (N, 1, H, W).

    filters: on the top level, twice as many on each one below. depth: how often the picture is
    halved, so H and W have to be multiples of 2 ** depth. skip: whether maps go straight across.
    """
    rng = np.random.default_rng(rng)
    return nn.Sequential(level(1, filters, depth, skip, rng), nn.Conv2d(filters, 1, 1, rng=rng))
