"""What was printed about 19 networks: depth, size on disk, parameters and the side of a picture.

The figures are those of the teaching material that the course started from; ``plan`` is None for
the networks that ``architectures.py`` has no plan of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from course_lib.zoo.architectures import (
    Layers,
    alexnet,
    darknet19,
    darknet53,
    densenet,
    googlenet,
    mobilenet_v2,
    resnet,
    squeezenet,
    vgg,
)


@dataclass(frozen=True)
class Published:
    """A row of the table: megabytes on disk, millions of parameters, pixels along a side.

    depth: layers with weights on the longest way; None where the source has none.
    """

    depth: int | None
    megabytes: float
    millions: float
    side: int
    plan: Callable[[], Layers] | None = None


PUBLISHED = {
    "SqueezeNet": Published(18, 5.2, 1.24, 227, squeezenet),
    "ShuffleNet": Published(50, 5.4, 1.4, 224),
    "MobileNetV2": Published(53, 13, 3.5, 224, mobilenet_v2),
    "NASNet-Mobile": Published(None, 20, 5.3, 224),
    "EfficientNet-B0": Published(82, 20, 5.3, 224),
    "GoogLeNet": Published(22, 27, 7.0, 224, googlenet),
    "ResNet-18": Published(18, 44, 11.7, 224, partial(resnet, 18)),
    "DenseNet-201": Published(201, 77, 20.0, 224, partial(densenet, 201)),
    "Darknet-19": Published(19, 78, 20.8, 256, darknet19),
    "Xception": Published(71, 85, 22.9, 299),
    "Inception-v3": Published(48, 89, 23.9, 299),
    "ResNet-50": Published(50, 96, 25.6, 224, partial(resnet, 50)),
    "Darknet-53": Published(53, 155, 41.6, 256, darknet53),
    "ResNet-101": Published(101, 167, 44.6, 224, partial(resnet, 101)),
    "Inception-ResNet-v2": Published(164, 209, 55.9, 299),
    "AlexNet": Published(8, 227, 61.0, 227, partial(alexnet, 2)),
    "NASNet-Large": Published(None, 332, 88.9, 331),
    "VGG-16": Published(16, 515, 138, 224, partial(vgg, "D")),
    "VGG-19": Published(19, 535, 144, 224, partial(vgg, "E")),
}
