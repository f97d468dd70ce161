"""The answers to lecture 13's questions about the live figure, computed."""

from course_lib.experiments.live.plan import PRESETS
from course_lib.zoo import summarize, trace


def test_padding_two_mends_alexnet_at_224():
    _, (first, *rest) = PRESETS["AlexNet"]
    assert trace([(*first, 2), *rest], (3, 224, 224))[0].shape == (96, 55, 55)


def test_global_mean_leaves_vgg_a_seventh_of_its_parameters():
    shape, plan = PRESETS["VGG-16 (D)"]
    first = next(n for n, layer in enumerate(plan) if layer[0] == "dense")
    found = summarize([*plan[:first], ("global_mean",), *plan[first + 1 :]], shape)
    before = summarize(plan, shape)
    assert (found.parameters, found.macs) == (20_912_936, 15_352_823_808)
    assert round(found.parameters / before.parameters, 2) == 0.15
    assert found.macs > 0.99 * before.macs


def test_two_small_windows_in_lenet():
    shape, plan = PRESETS["LeNet-5"]
    small = [*plan[:2], ("conv", 16, 3), ("conv", 16, 3), *plan[3:]]
    found = summarize(small, shape)
    assert (found.parameters, found.macs) == (62_490, 531_336)
    assert trace(small, shape)[3].field == trace(plan, shape)[2].field == 14


def test_field_of_28_with_less_than_20_000_parameters():
    shape, plan = PRESETS["small, for 28 x 28"]
    wanted = [("conv", 16, 5, 1, 2), *plan[1:4], ("conv", 16, 5, 1, 2), *plan[5:]]
    rows = trace(wanted, shape)
    assert [row.field for row in rows if len(row.shape) == 3][-1] == 28
    assert summarize(wanted, shape).parameters < 20_000
