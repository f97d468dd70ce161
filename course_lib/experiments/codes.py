"""CNN codes: what a trained network says of a picture before it gives its answer.

The network is ``zoo.squeezenet``. The code of a picture after a layer is the mean of each of the
layer's maps. Codes are compared with each other, and a linear classifier learns from them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import check_choice, check_count
from course_lib.data import Dataset, photos, resize
from course_lib.metrics import accuracy
from course_lib.optim import AdamW
from course_lib.training import fit, predict
from course_lib.zoo import SQUEEZENET_LAYERS, squeezenet_input

BATCH = 20  # pictures at a time: all maps of a batch are in memory


def cnn_codes(
    network: nn.Sequential, x: NDArray[Any], layers: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """Codes of pictures after each of the named layers of SqueezeNet: {layer: (N, channels)}.

    x: (N, 3, H, W) or, if grey, (N, 1, H, W), in [0, 1]. Maps come from behind a ReLU but after
    "conv1" and "conv10", so a code has no negative numbers. ``ValueError`` for another name.
    """
    for name in layers:
        check_choice("layers", name, SQUEEZENET_LAYERS)
    found: dict[str, list[NDArray[Any]]] = {name: [] for name in layers}
    for first in range(0, len(x), BATCH):
        part = x[first : first + BATCH]
        maps = squeezenet_input(np.repeat(part, 3 // part.shape[1], axis=1))
        for name, layer in zip(SQUEEZENET_LAYERS, network.layers, strict=True):
            maps = layer(maps)
            if name in found:
                found[name].append(maps.reshape(*maps.shape[:2], -1).mean(axis=2))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def half_crops(
    half: str, each: int, rng: np.random.Generator, size: int = 127
) -> tuple[NDArray[Any], NDArray[Any]]:
    """``each`` square cutouts of one half of each of the five ``photos``, and which photo it is.

    half: "left" or "right", which share no pixel. A cutout has a side of 80 pixels or more, lies
    anywhere, is a mirror image half of the time, and is brought to ``size`` pixels a side.
    -> x (5 * each, 3, size, size), labels (5 * each,)
    """
    check_choice("half", half, ("left", "right"))
    check_count("each", each)
    cutouts = []
    for photo in photos().values():
        middle = photo.shape[2] // 2
        whole = photo[:, :, :middle] if half == "left" else photo[:, :, middle:]
        _, H, W = whole.shape
        for _ in range(each):
            side = rng.integers(80, min(H, W) + 1)
            top, left = rng.integers(H - side + 1), rng.integers(W - side + 1)
            cutout = resize(whole[:, top : top + side, left : left + side], size, size)
            cutouts.append(cutout[..., ::-1] if rng.random() < 0.5 else cutout)
    return np.stack(cutouts), np.repeat(np.arange(len(photos())), each)


def linear_accuracy(
    codes: NDArray[Any], y: NDArray, codes_test: NDArray[Any], y_test: NDArray
) -> float:
    """The share of the test codes that a linear classifier of the training codes gets right.

    codes: (N, D)  y: (N,) labels  codes_test: (M, D)  y_test: (M,). Softmax regression; every
    number is scaled by the training codes' mean and spread, the weights decay a little.
    """
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = spread + 1e-3 * spread.max()  # a number that never changes stays small
    train, test = ((part - mean) / spread for part in (codes, codes_test))
    model = nn.Linear(codes.shape[1], int(y.max()) + 1, rng=0, dtype=train.dtype)
    data = Dataset(train, y, train[:0], y[:0], test, y_test)
    fit(model, data, AdamW(0.01, weight_decay=0.1), epochs=60, batch_size=len(y), progress=False)
    return accuracy(predict(model, test).argmax(axis=1), y_test)
