"""Every number against what the papers, Caffe, torchvision or Keras have."""

import pytest

from course_lib.zoo import PUBLISHED, architectures, summarize, trace
from course_lib.zoo.architectures import DENSENET, RESNET

SMALL, ALEX, IMAGE = (1, 32, 32), (3, 227, 227), (3, 224, 224)


@pytest.mark.parametrize(
    ("plan", "shape", "parameters"),
    [
        (architectures.lenet5(), SMALL, 61_706),
        (architectures.lenet5_of_1998(), SMALL, 60_000),
        (architectures.alexnet(), ALEX, 62_378_344),
        (architectures.alexnet(2), ALEX, 60_965_224),
        (architectures.alexnet_of_torchvision(), IMAGE, 61_100_840),
        (architectures.zfnet(), IMAGE, 62_357_608),
        (architectures.vgg("A"), IMAGE, 132_863_336),
        (architectures.vgg("B"), IMAGE, 133_047_848),
        (architectures.vgg("C"), IMAGE, 133_638_952),
        (architectures.vgg("D"), IMAGE, 138_357_544),
        (architectures.vgg("E"), IMAGE, 143_667_240),
        (architectures.googlenet(), IMAGE, 6_998_552),
        (architectures.googlenet(norm=True, largest=3), IMAGE, 6_624_904),
        (architectures.googlenet(norm=True), IMAGE, 7_005_832),
        (architectures.resnet(18), IMAGE, 11_689_512),
        (architectures.resnet(34), IMAGE, 21_797_672),
        (architectures.resnet(50), IMAGE, 25_557_032),
        (architectures.resnet(101), IMAGE, 44_549_160),
        (architectures.resnet(152), IMAGE, 60_192_808),
        (architectures.densenet(121), IMAGE, 7_978_856),
        (architectures.densenet(169), IMAGE, 14_149_480),
        (architectures.densenet(201), IMAGE, 20_013_928),
        (architectures.squeezenet("1.0"), ALEX, 1_248_424),
        (architectures.squeezenet("1.1"), (3, 223, 223), 1_235_496),
        (architectures.mobilenet_v2(), IMAGE, 3_504_872),
        (architectures.unet(), (1, 572, 572), 31_030_658),
        (architectures.unet(8, classes=1, padding=1), (1, 48, 48), 485_673),
    ],
)
def test_parameters(plan, shape, parameters):
    assert summarize(plan, shape).parameters == parameters


@pytest.mark.parametrize(
    ("plan", "shape", "millions"),
    [
        (architectures.alexnet(), ALEX, 1_135),
        (architectures.alexnet(2), ALEX, 724),
        (architectures.alexnet_of_torchvision(), IMAGE, 714),
        (architectures.vgg("A"), IMAGE, 7_610),
        (architectures.vgg("B"), IMAGE, 11_310),
        (architectures.vgg("C"), IMAGE, 11_770),
        (architectures.vgg("D"), IMAGE, 15_470),
        (architectures.vgg("E"), IMAGE, 19_630),
        (architectures.googlenet(), IMAGE, 1_583),
        (architectures.googlenet(norm=True, largest=3), IMAGE, 1_498),
        (architectures.resnet(18), IMAGE, 1_810),
        (architectures.resnet(34), IMAGE, 3_660),
        (architectures.resnet(50), IMAGE, 4_090),
        (architectures.resnet(50, stride_first=True), IMAGE, 3_860),
        (architectures.resnet(101), IMAGE, 7_800),
        (architectures.resnet(152), IMAGE, 11_510),
        (architectures.densenet(121), IMAGE, 2_830),
        (architectures.densenet(169), IMAGE, 3_360),
        (architectures.densenet(201), IMAGE, 4_290),
        (architectures.squeezenet(), (3, 223, 223), 349),
        (architectures.mobilenet_v2(), IMAGE, 301),
    ],
)
def test_multiply_adds(plan, shape, millions):
    assert summarize(plan, shape).macs / 1e6 == pytest.approx(millions, rel=0.003)


def fields(plan, shape, kind):
    return [row.field for row in trace(plan, shape) if row.layer.startswith(kind)]


def test_receptive_fields():
    rows = trace(architectures.alexnet(), ALEX)
    assert [row.field for row in rows[:8]] == [11, 19, 51, 67, 99, 131, 163, 195]
    assert rows[7].stride == 32
    last = {letter: fields(architectures.vgg(letter), IMAGE, "max")[-1] for letter in "ABCDE"}
    assert last == {"A": 150, "B": 156, "C": 156, "D": 212, "E": 268}
    assert fields(architectures.lenet5(), SMALL, "")[:5] == [5, 6, 14, 16, 32]
    assert fields(architectures.resnet(18), IMAGE, "add")[-1] == 435
    assert fields(architectures.resnet(50), IMAGE, "add")[-1] == 427
    paper = [architectures.resnet(depth, stride_first=True) for depth in (50, 101, 152)]
    assert [fields(plan, IMAGE, "add")[-1] for plan in paper] == [483, 1027, 1507]
    squeezed = fields(architectures.squeezenet(), (3, 223, 223), "concatenate")
    assert (squeezed[1], squeezed[3], squeezed[7]) == (23, 63, 207)
    bottom = [row for row in trace(architectures.unet(), (1, 572, 572)) if row.shape[0] == 1024]
    assert bottom[1].field == 140


def sides(plan, shape):
    found = [shape[1]]
    for row in trace(plan, shape):
        if len(row.shape) == 3 and row.shape[1] != found[-1]:
            found.append(row.shape[1])
    return found


def test_sizes():
    assert sides(architectures.lenet5(), SMALL) == [32, 28, 14, 10, 5, 1]
    assert sides(architectures.alexnet(), ALEX) == [227, 55, 27, 13, 6]
    assert sides(architectures.zfnet(), IMAGE) == [224, 110, 55, 26, 13, 6]
    assert sides(architectures.vgg("D"), IMAGE) == [224, 112, 56, 28, 14, 7]
    assert sides(architectures.googlenet(), IMAGE) == [224, 112, 56, 28, 14, 7]
    assert sides(architectures.densenet(121), IMAGE) == [224, 112, 56, 28, 14, 7]
    assert sides(architectures.resnet(18), IMAGE)[:3] == [224, 112, 56]
    assert sides(architectures.squeezenet(), (3, 223, 223)) == [223, 111, 55, 27, 13]
    unet = trace(architectures.unet(), (1, 572, 572))
    assert [row.shape[1] for row in unet if row.layer.startswith("conv")] == [
        *(570, 568, 282, 280, 138, 136, 66, 64, 30, 28),
        *(54, 52, 102, 100, 198, 196, 390, 388, 388),
    ]
    cropped = [row.layer for row in unet if row.layer.startswith("concatenate")]
    assert cropped == [f"concatenate, {rest} cropped" for rest in (4, 16, 40, 88)]


def parts(plan, shape):
    return [row.parameters for row in trace(plan, shape) if row.parameters]


def test_the_parts_that_were_printed():
    alexnet = [34_944, 614_656, 885_120, 1_327_488, 884_992, 37_752_832, 16_781_312, 4_097_000]
    assert parts(architectures.alexnet(), ALEX) == alexnet
    two = parts(architectures.alexnet(2), ALEX)
    assert (two[1], two[3], two[4]) == (307_456, 663_936, 442_624)
    old = parts(architectures.lenet5_of_1998(), SMALL)
    assert old == [156, 12, 1_516, 32, 48_120, 10_164]
    assert parts(architectures.lenet5(), SMALL) == [156, 2_416, 48_120, 10_164, 850]
    for letter in "ABCDE":
        assert sum(parts(architectures.vgg(letter), IMAGE)[-3:]) == 123_642_856
    fire = parts(architectures.squeezenet("1.0"), ALEX)
    modules = [sum(fire[i : i + 3]) for i in range(1, 25, 3)]
    assert modules == [11_920, 12_432, 45_344, 49_440, 104_880, 111_024, 188_992, 197_184]
    assert fire[-1] == 513_000
    heads = [
        summarize(architectures.googlenet_head(), (channels, 14, 14)).parameters
        for channels in (512, 528)
    ]
    assert 6_998_552 + sum(heads) == 13_378_280


def test_the_first_module_of_googlenet():
    rows = trace(architectures.googlenet(), IMAGE)
    start = next(index for index, row in enumerate(rows) if row.level)
    module = rows[start : start + 8]
    assert module[-1].shape == (256, 28, 28)
    biases = 64 + 96 + 128 + 16 + 32 + 32
    assert sum(row.parameters for row in module) - biases == 163_328


def test_vgg_16_has_58_megabytes_of_activations_and_not_93():
    found = summarize(architectures.vgg("D"), IMAGE)
    with_input = found.activations + 3 * 224 * 224
    assert with_input == 15_237_608
    assert with_input * 4 / 2**20 == pytest.approx(58.1, abs=0.05)
    assert summarize(architectures.vgg("C"), IMAGE).activations == found.activations


def normalized_channels(plan):
    return sum(row.shape[0] for row in trace(plan, IMAGE) if row.layer == "norm")


def test_what_keras_counts_too():
    """Running means and variances, and in ResNets biases that batch normalization takes away."""
    for plan, extra, wanted in (
        (architectures.resnet(50), 3, 25_636_712),
        (architectures.densenet(121), 2, 8_062_504),
        (architectures.mobilenet_v2(), 2, 3_538_984),
    ):
        counted = summarize(plan, IMAGE).parameters + extra * normalized_channels(plan)
        assert counted == wanted


@pytest.mark.parametrize("name", [name for name, row in PUBLISHED.items() if row.plan])
def test_the_published_table(name):
    row = PUBLISHED[name]
    side = {"SqueezeNet": 223}.get(name, row.side)
    found = summarize(row.plan(), (3, side, side))
    assert found.depth == row.depth
    millions = found.parameters / 1e6
    if name == "ResNet-101":  # counted with the biases that batch normalization takes away
        assert round(millions, 1) == 44.5
        millions += normalized_channels(row.plan()) / 1e6
    digits = 0 if row.millions > 100 else 2 if row.millions < 2 else 1
    assert round(millions, digits) == row.millions


def test_names_say_the_depth_but_for_one():
    for depth in RESNET:
        assert summarize(architectures.resnet(depth), IMAGE).depth == depth
    depths = {depth: summarize(architectures.densenet(depth), IMAGE).depth for depth in DENSENET}
    assert depths == {121: 121, 169: 169, 201: 201, 264: 265}


def test_unknown_ones_are_named():
    for call in (
        lambda: architectures.vgg("F"),
        lambda: architectures.resnet(19),
        lambda: architectures.densenet(100),
        lambda: architectures.squeezenet("2"),
    ):
        with pytest.raises(ValueError, match=r"wanted .* or "):
            call()


def test_224_fits_neither_alexnet_nor_squeezenet():
    for plan in (architectures.alexnet(), architectures.squeezenet("1.0")):
        with pytest.raises(ValueError, match=r"plan\[0\] is .* does not fit: \(224 -"):
            trace(plan, IMAGE)
    with pytest.raises(ValueError, match=r"\(56 - 3 \+ 2 \* 0\) / 2 \+ 1 = 27\.5"):
        trace(architectures.squeezenet(), ALEX)
