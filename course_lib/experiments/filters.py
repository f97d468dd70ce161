"""Filters on one picture, and what a trained network's filters make of one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.training import predict

SOBEL_VERTICAL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_HORIZONTAL = SOBEL_VERTICAL.T


def convolve(x: NDArray, W: NDArray, stride: int = 1, padding: int = 0) -> NDArray:
    """Scores of one filter W (kH, kW) at each place of one picture x (H, W)."""
    batch = x[np.newaxis, np.newaxis], W[np.newaxis, np.newaxis].astype(x.dtype)
    return nn.conv2d(*batch, np.zeros(1, x.dtype), stride, padding)[0, 0]


def stages(model: nn.Sequential, x: NDArray) -> dict[str, NDArray]:
    """What each convolution's ReLU says about one picture x (1, C, H, W), in evaluation mode.

    Returns {name: maps (K, H, W)}.
    """
    model.eval()
    maps: dict[str, NDArray] = {}
    convolutions = 0
    for layer in model.layers:
        x = layer.forward(x)
        convolutions += isinstance(layer, nn.Conv2d)
        if isinstance(layer, nn.ReLU) and x.ndim == 4:
            K, H, W = x.shape[1:]
            maps[f"convolution {convolutions}: {K} maps of {H} × {W}"] = x[0]
    return maps


def look_into(model: nn.Sequential, x: NDArray) -> tuple[dict[str, Any], NDArray]:
    """The ``stages`` of one picture x (1, C, H, W), and the probabilities (K,) at the end."""
    return stages(model, x), nn.softmax(predict(model, x))[0]


def strongest_patches(
    maps: NDArray, x: NDArray, *, field: int, step: int, padding: int, count: int = 8
) -> NDArray:
    """What each filter answers to most: one patch of each of ``count`` pictures.

    maps: (N, K, H', W'), the answers of K filters to the pictures x (N, 1, H, W). A place of a map
    sees a square of ``field`` pixels that begins ``padding`` pixels outside of the picture for the
    first place, and moves by ``step`` pixels from one place to the next.
    Returns (K, count, field, field), the strongest first; zeros where a patch leaves the picture.
    """
    N, K, _, width = maps.shape
    highest = maps.reshape(N, K, -1)
    places, scores = highest.argmax(axis=2), highest.max(axis=2)
    # wide enough on the other side for any field
    padded = np.pad(x[:, 0], ((0, 0), (padding, field), (padding, field)))
    patches = np.empty((K, count, field, field), x.dtype)
    for k in range(K):
        for place, n in enumerate(np.argsort(-scores[:, k], kind="stable")[:count]):
            row, column = step * np.array(divmod(places[n, k], width))
            patches[k, place] = padded[n, row : row + field, column : column + field]
    return patches
