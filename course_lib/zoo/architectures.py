"""Plans of published networks, LeNet-5 to U-Net; ``published.py`` has what was printed about them.

Each function returns a plan (see ``plan.py``); the picture that it is for stands in its docstring.
Where sources differ, the docstring says which one is built.
"""

from typing import Any

from course_lib.checks import check_choice

Layers = list[tuple[Any, ...]]


def lenet5() -> Layers:
    """LeNet-5 as most people build it; (1, 32, 32). LeCun et al. 1998, simplified."""
    return [
        *(("conv", 6, 5), ("mean", 2), ("conv", 16, 5), ("mean", 2)),
        *(("conv", 120, 5), ("dense", 84), ("dense", 10)),
    ]


def lenet5_of_1998() -> Layers:
    """LeNet-5 as published; (1, 32, 32). LeCun, Bottou, Bengio and Haffner 1998.

    Its means have a coefficient and a bias a map, its second convolution sees 3, 4 or 6 of the six
    maps, and its output compares with fixed pictures of ten digits, so it has no parameters.
    """
    seen = (3,) * 6 + (4,) * 9 + (6,)
    return [
        *(("conv", 6, 5), ("mean", 2), ("scale",)),
        *(("partial_conv", seen, 5), ("mean", 2), ("scale",)),
        *(("conv", 120, 5), ("dense", 84)),
    ]


def alexnet(groups: int = 1) -> Layers:
    """AlexNet; (3, 227, 227). Krizhevsky, Sutskever and Hinton 2012.

    groups: 2 as on the paper's two GPUs, which exchanged maps only before the third convolution.
    """
    return [
        *(("conv", 96, 11, 4), ("max", 3, 2)),
        *(("conv", 256, 5, 1, 2, groups), ("max", 3, 2)),
        ("conv", 384, 3, 1, 1),
        ("conv", 384, 3, 1, 1, groups),
        *(("conv", 256, 3, 1, 1, groups), ("max", 3, 2)),
        *_HEAD,
    ]


def alexnet_of_torchvision() -> Layers:
    """AlexNet as in torchvision; (3, 224, 224). Krizhevsky 2014, "One weird trick"."""
    return [
        *(("conv", 64, 11, 4, 2), ("max", 3, 2), ("conv", 192, 5, 1, 2), ("max", 3, 2)),
        *(("conv", 384, 3, 1, 1), ("conv", 256, 3, 1, 1), ("conv", 256, 3, 1, 1)),
        *(("max", 3, 2), *_HEAD),
    ]


def zfnet() -> Layers:
    """ZFNet; (3, 224, 224), padded so that the paper's sizes come out. Zeiler and Fergus 2014."""
    return [
        *(("conv", 96, 7, 2, 1), ("max", 3, 2, 1), ("conv", 256, 5, 2), ("max", 3, 2, 1)),
        *(("conv", 384, 3, 1, 1), ("conv", 384, 3, 1, 1), ("conv", 256, 3, 1, 1)),
        *(("max", 3, 2), *_HEAD),
    ]


_HEAD = (("dense", 4096), ("dense", 4096), ("dense", 1000))  # AlexNet's, and of all until 2014

# Filters of the five stages, 3 x 3; a negative number means 1 x 1.
VGG = {
    "A": ((64,), (128,), (256,) * 2, (512,) * 2, (512,) * 2),
    "B": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 2, (512,) * 2),
    "C": ((64,) * 2, (128,) * 2, (256, 256, -256), (512, 512, -512), (512, 512, -512)),
    "D": ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3),
    "E": ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4),
}


def vgg(letter: str) -> Layers:
    """VGG A to E (D is VGG-16, E is VGG-19); (3, 224, 224). Simonyan and Zisserman 2015."""
    plan: Layers = []
    for stage in VGG[check_choice("letter", letter, VGG)]:
        plan += [("conv", n, 3, 1, 1) if n > 0 else ("conv", -n, 1) for n in stage]
        plan.append(("max", 2))
    return [*plan, *_HEAD]


# Of each module: 1 x 1; reduction and 3 x 3; reduction and 5 x 5; behind the pooling. A None pools.
GOOGLENET = (
    (64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), None,
    (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64),
    (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128), None,
    (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128),
)  # fmt: skip


def googlenet(*, norm: bool = False, largest: int = 5) -> Layers:
    """GoogLeNet without its two auxiliary heads; (3, 224, 224). Szegedy et al. 2015.

    torchvision's has batch normalization for biases (``norm``) and, by an old mistake, ``largest``
    filters of 3 x 3 instead of 5 x 5. Where Caffe rounds up in pooling, one row of padding stands.
    """

    def conv(filters: int, size: int, stride: int = 1) -> Layers:
        return _normed(filters, size, stride) if norm else [_same(filters, size, stride)]

    plan = [*conv(64, 7, 2), ("max", 3, 2, 1), *conv(64, 1), *conv(192, 3), ("max", 3, 2, 1)]
    for module in GOOGLENET:
        if module is None:
            plan.append(("max", 3, 2, 1))
            continue
        a, r3, c3, r5, c5, p = module
        plan.append(
            (
                "branches",
                conv(a, 1),
                [*conv(r3, 1), *conv(c3, 3)],
                [*conv(r5, 1), *conv(c5, largest)],
                [("max", 3, 1, 1), *conv(p, 1)],
            )
        )
    return [*plan, ("global_mean",), ("dense", 1000)]


def googlenet_head() -> Layers:
    """One of GoogLeNet's two auxiliary heads; (512, 14, 14) and (528, 14, 14)."""
    return [("mean", 5, 3), ("conv", 128, 1), ("dense", 1024), ("dense", 1000)]


RESNET = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3),
          152: (3, 8, 36, 3)}  # fmt: skip


def resnet(depth: int, *, stride_first: bool = False) -> Layers:
    """ResNet-18 to -152; (3, 224, 224). He, Zhang, Ren and Sun 2016.

    stride_first: in bottlenecks that halve the picture the first 1 x 1 convolution does it, as in
    the paper; otherwise the 3 x 3 one, as in torchvision ("v1.5").
    """
    plan = [*_normed(64, 7, 2), ("max", 3, 2, 1)]
    channels = 64
    for stage, count in enumerate(RESNET[check_choice("depth", depth, RESNET)]):
        for block in range(count):
            width, stride = 64 * 2**stage, 2 if stage and not block else 1
            out = width if depth < 50 else 4 * width
            if depth < 50:
                body = [*_normed(width, 3, stride), *_normed(width, 3)]
            else:
                first, second = (stride, 1) if stride_first else (1, stride)
                body = [*_normed(width, 1, first), *_normed(width, 3, second), *_normed(out, 1)]
            changes = stride > 1 or channels != out
            plan.append(("residual", body, _normed(out, 1, stride) if changes else []))
            channels = out
    return [*plan, ("global_mean",), ("dense", 1000)]


DENSENET = {121: (6, 12, 24, 16), 169: (6, 12, 32, 32), 201: (6, 12, 48, 32), 264: (6, 12, 64, 48)}


def densenet(depth: int) -> Layers:
    """DenseNet-121 to -264, 32 new channels a layer; (3, 224, 224). Huang et al. 2017."""
    plan = [*_normed(64, 7, 2), ("max", 3, 2, 1)]
    growth, channels = 32, 64
    counts = DENSENET[check_choice("depth", depth, DENSENET)]
    for block, count in enumerate(counts):
        new = [("norm",), *_normed(4 * growth, 1), ("conv", growth, 3, 1, 1, 1, False)]
        plan += [("branches", [], new)] * count
        channels += count * growth
        if block < len(counts) - 1:
            channels //= 2
            plan += [("norm",), ("conv", channels, 1, 1, 0, 1, False), ("mean", 2)]
    return [*plan, ("norm",), ("global_mean",), ("dense", 1000)]


def squeezenet(version: str = "1.1") -> Layers:
    """SqueezeNet 1.0; (3, 227, 227), and 1.1; (3, 223, 223). Iandola et al. 2016."""

    def fire(squeezed: int, expanded: int) -> Layers:
        expand = ("branches", [("conv", expanded, 1)], [("conv", expanded, 3, 1, 1)])
        return [("conv", squeezed, 1), expand]

    pool = ("max", 3, 2)
    if check_choice("version", version, ("1.0", "1.1")) == "1.0":
        plan = [("conv", 96, 7, 2), pool, *fire(16, 64), *fire(16, 64), *fire(32, 128), pool]
        plan += [*fire(32, 128), *fire(48, 192), *fire(48, 192), *fire(64, 256), pool]
        plan += fire(64, 256)
    else:
        plan = [("conv", 64, 3, 2), pool, *fire(16, 64), *fire(16, 64), pool]
        plan += [*fire(32, 128), *fire(32, 128), pool]
        plan += [*fire(48, 192), *fire(48, 192), *fire(64, 256), *fire(64, 256)]
    return [*plan, ("conv", 1000, 1), ("global_mean",)]


# Of each group of blocks: how much wider inside, channels, how many, stride of the first.
MOBILENET_V2 = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
)  # fmt: skip


def mobilenet_v2() -> Layers:
    """MobileNetV2; (3, 224, 224). Sandler, Howard, Zhu, Zhmoginov and Chen 2018."""
    plan, channels = _normed(32, 3, 2), 32
    for wider, out, count, first in MOBILENET_V2:
        for block in range(count):
            wide, stride = wider * channels, 1 if block else first
            body = _normed(wide, 1) if wider > 1 else []
            body += [*_normed(wide, 3, stride, groups=wide), *_normed(out, 1)]
            plan += [("residual", body)] if stride == 1 and channels == out else body
            channels = out
    return [*plan, *_normed(1280, 1), ("global_mean",), ("dense", 1000)]


def unet(base: int = 64, levels: int = 4, classes: int = 2, *, padding: int = 0) -> Layers:
    """U-Net; (1, 572, 572) with the defaults. Ronneberger, Fischer and Brox 2015.

    base: filters of the first convolutions, doubled in each of the ``levels`` below; padding: 1
    keeps the sizes, so that nothing is cropped.
    """

    def pair(filters: int) -> Layers:
        return [("conv", filters, 3, 1, padding)] * 2

    plan = pair(base * 2**levels)
    for level in reversed(range(levels)):
        filters = base * 2**level
        below = [("max", 2), *plan, ("up", filters, 2, 2)]
        plan = [*pair(filters), ("skip", below), *pair(filters)]
    return [*plan, ("conv", classes, 1)]


def darknet19() -> Layers:
    """Darknet-19; (3, 256, 256). Redmon and Farhadi 2017, "YOLO9000"."""
    plan: Layers = [*_normed(32, 3), ("max", 2), *_normed(64, 3), ("max", 2)]
    for filters, count in ((128, 3), (256, 3), (512, 5), (1024, 5)):
        for layer in range(count):
            plan += _normed(filters // 2, 1) if layer % 2 else _normed(filters, 3)
        plan += [("max", 2)] if filters < 1024 else []
    return [*plan, ("conv", 1000, 1), ("global_mean",)]


def darknet53() -> Layers:
    """Darknet-53; (3, 256, 256). Redmon and Farhadi 2018, "YOLOv3"."""
    plan = _normed(32, 3)
    for filters, count in ((64, 1), (128, 2), (256, 8), (512, 8), (1024, 4)):
        plan += _normed(filters, 3, 2)
        plan += [("residual", [*_normed(filters // 2, 1), *_normed(filters, 3)])] * count
    return [*plan, ("global_mean",), ("dense", 1000)]


def _same(filters: int, size: int, stride: int) -> tuple[Any, ...]:
    return ("conv", filters, size, stride, size // 2)


def _normed(filters: int, size: int, stride: int = 1, groups: int = 1) -> Layers:
    """A convolution without bias and the batch normalization behind it."""
    return [("conv", filters, size, stride, size // 2, groups, False), ("norm",)]
