"""Five building blocks of famous networks, at one size, and plain against residual depth.

All are networks for pictures (N, 1, 28, 28) of ten classes, of one shape: a first convolution that
halves the picture, blocks, a pooling and twice the channels, blocks, the mean of every channel, a
fully connected layer. Every convolution is followed by batch normalization, so none has a bias.
``record_architectures.py`` trains them.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, check_choice

Block = Callable[[int, np.random.Generator], nn.Layer]  # of (channels, rng), same size and channels


def convolve(
    channels: int, filters: int, size: int, rng: RandomSource, *, stride: int = 1, groups: int = 1
) -> list[nn.Layer]:
    """A convolution that keeps the picture's size (or halves it) and its batch normalization."""
    return [
        nn.Conv2d(channels, filters, size, stride, size // 2, groups, bias=False, rng=rng),
        nn.BatchNorm2d(filters),
    ]


def plain(channels: int, rng: np.random.Generator) -> nn.Layer:
    """Two 3 x 3 convolutions, as in VGG."""
    return nn.Sequential(
        *(*convolve(channels, channels, 3, rng), nn.ReLU()),
        *(*convolve(channels, channels, 3, rng), nn.ReLU()),
    )


def residual(channels: int, rng: np.random.Generator) -> nn.Layer:
    """The same two convolutions, as a correction of what comes in (ResNet)."""
    body = nn.Sequential(
        *(*convolve(channels, channels, 3, rng), nn.ReLU()),
        *convolve(channels, channels, 3, rng),
    )
    return nn.Sequential(nn.Residual(body), nn.ReLU())


def inception(channels: int, rng: np.random.Generator) -> nn.Layer:
    """Filters of several sizes side by side, behind 1 x 1 reductions (GoogLeNet's shares)."""
    quarter, half, eighth = channels // 4, channels // 2, channels // 8
    return nn.Concatenate(
        nn.Sequential(*convolve(channels, quarter, 1, rng), nn.ReLU()),
        nn.Sequential(
            *(*convolve(channels, half, 1, rng), nn.ReLU()),
            *(*convolve(half, half, 3, rng), nn.ReLU()),
        ),
        nn.Sequential(
            *(*convolve(channels, channels // 12, 1, rng), nn.ReLU()),
            *(*convolve(channels // 12, eighth, 5, rng), nn.ReLU()),
        ),
        nn.Sequential(
            nn.MaxPool2d(3, 1, padding=1), *convolve(channels, eighth, 1, rng), nn.ReLU()
        ),
    )


def dense(channels: int, rng: np.random.Generator) -> nn.Layer:
    """Three convolutions that each see all that was computed before (DenseNet), then 1 x 1."""
    growth, layers, seen = channels // 2, [], channels
    for _ in range(3):
        new = nn.Sequential(*convolve(seen, growth, 3, rng), nn.ReLU())
        layers.append(nn.Concatenate(nn.Sequential(), new))  # the empty chain hands x on
        seen += growth
    return nn.Sequential(*layers, *convolve(seen, channels, 1, rng), nn.ReLU())


def inverted_residual(channels: int, rng: np.random.Generator) -> nn.Layer:
    """Widen with 1 x 1, filter each channel alone, narrow, add (MobileNetV2)."""
    wide = 4 * channels
    return nn.Residual(
        nn.Sequential(
            *(*convolve(channels, wide, 1, rng), nn.ReLU()),
            *(*convolve(wide, wide, 3, rng, groups=wide), nn.ReLU()),
            *convolve(wide, channels, 1, rng),
        )
    )


# name: block, channels of the first half, blocks in each half; about 30,000 parameters each
BLOCKS: dict[str, tuple[Block, int, int]] = {
    "plain (VGG)": (plain, 13, 2),
    "residual (ResNet)": (residual, 13, 2),
    "inception (GoogLeNet)": (inception, 24, 3),
    "dense (DenseNet)": (dense, 16, 1),
    "inverted residual (MobileNetV2)": (inverted_residual, 18, 2),
}


def block_network(name: str, rng: RandomSource = 0) -> nn.Sequential:
    """The network of the block ``name``, one of ``BLOCKS``, with new weights."""
    block, channels, count = BLOCKS[check_choice("name", name, BLOCKS)]
    rng = np.random.default_rng(rng)
    return nn.Sequential(
        *(*convolve(1, channels, 3, rng, stride=2), nn.ReLU()),  # 28 -> 14
        *(block(channels, rng) for _ in range(count)),
        nn.MaxPool2d(2),  # 14 -> 7
        *(*convolve(channels, 2 * channels, 1, rng), nn.ReLU()),
        *(block(2 * channels, rng) for _ in range(count)),
        *(nn.GlobalAvgPool2d(), nn.Linear(2 * channels, 10, rng=rng)),
    )


def deep_network(
    depth: int, *, skip: bool, channels: int = 12, rng: RandomSource = 0
) -> nn.Sequential:
    """``depth`` layers with weights, all 3 x 3 convolutions of one width but the last.

    depth: even, at least 4. skip: whether every two convolutions have an identity beside them.
    """
    rng = np.random.default_rng(rng)
    block = residual if skip else plain
    return nn.Sequential(
        *(*convolve(1, channels, 3, rng, stride=2), nn.ReLU()),
        *(block(channels, rng) for _ in range((depth - 2) // 2)),
        *(nn.GlobalAvgPool2d(), nn.Linear(channels, 10, rng=rng)),
    )


def parameters(model: nn.Layer) -> int:
    """How many numbers the model learns."""
    return sum(array.size for array in model.params.values())


def multiply_adds(model: nn.Layer) -> int:
    """Multiply-adds of the model's convolutions and dense layers for one picture (1, 28, 28)."""
    model.eval()
    model.forward(np.zeros((1, 1, 28, 28), np.float32))
    total = 0
    for layer in model.all_layers():
        if isinstance(layer, nn.Conv2d):
            patches, _ = layer.recall()
            total += layer.params["W"].size * math.prod(patches.shape[3:5])
        elif isinstance(layer, nn.Linear):
            total += layer.params["W"].size
    return total


def gradient_norms(model: nn.Layer, x: NDArray, y: NDArray) -> list[float]:
    """Length of the loss's gradient with respect to the weights of each convolution, in order.

    x: (N, 1, 28, 28)  y: (N,) labels; one forward and one backward pass of ``model``.
    """
    model.backward(nn.cross_entropy_backward(model.forward(x), y))
    return [float(np.linalg.norm(grad)) for grad in model.grads.values() if grad.ndim == 4]
