"""The page's shapes, counts and fields are those of zoo.plan, and so are its complaints."""

import itertools
import re

import pytest

from course_lib.experiments.live.plan import PRESETS, plan_builder
from course_lib.viz import live
from course_lib.zoo import architectures, trace
from course_lib.zoo.plan import places, summarize
from tests.unit.viz.live.node import needs_node, run

PLANS = {
    **PRESETS,
    "ZFNet": ((3, 224, 224), architectures.zfnet()),
    "torchvision's AlexNet": ((3, 224, 224), architectures.alexnet_of_torchvision()),
    "gaps and groups": (
        (4, 31, 31),
        [("conv", 8, 3, 2, 1, 4), ("norm",), ("mean", 2, 3, 1), ("conv", 6, 2), ("dense", 3)],
    ),
}
TRACE = "return { ...tracePlan(given.plan, given.shape), names: given.plan.map(layerName) };"


def as_lists(plan):
    return [list(layer) for layer in plan]


@needs_node
@pytest.mark.parametrize("name", PLANS)
def test_rows_agree(name):
    shape, plan = PLANS[name]
    page = run("plan_core", TRACE, plan=as_lists(plan), shape=shape)
    ours = trace(plan, shape)
    assert page["error"] is None
    assert page["names"] == [row.layer for row in ours]
    for row, wanted in zip(page["rows"], ours, strict=True):
        assert tuple(row.pop("shape")) == wanted.shape
        assert row == {key: getattr(wanted, key) for key in row}
        assert len(row) == 5
    total = run(
        "plan_core",
        "return sums(tracePlan(given.plan, given.shape).rows);",
        plan=as_lists(plan), shape=shape,
    )  # fmt: skip
    found = summarize(plan, shape)
    assert total == {key: getattr(found, key) for key in ("parameters", "macs", "activations")}


@needs_node
def test_places_and_complaints_agree_for_every_small_window():
    cases = list(itertools.product(range(1, 14), range(1, 7), range(1, 5), range(4)))
    page = run(
        "plan_core",
        "return given.cases.map((c) => {"
        "  try { return placesOf(...c); } catch (e) { return e.message; }"
        "});",
        cases=cases,
    )
    ours = []
    for case in cases:
        try:
            ours.append(places(*case))
        except ValueError as error:
            ours.append(str(error))
    assert page == ours
    assert sum(isinstance(one, str) for one in ours) > 100


@needs_node
@pytest.mark.parametrize(
    ("plan", "padding"),
    [
        ([("conv", 6, 3), ("conv", 4, 3, 1, 1, 4)], None),  # its window fits
        ([("dense", 3), ("max", 2)], None),
        ([("conv", 6, 5), ("dense", 3), ("global_mean",)], None),
        ([("mean", 9)], 1),
        ([("conv", 96, 7, 2)], 1),
    ],
)
def test_complaints_agree_and_the_padding_offered_fits(plan, padding):
    page = run("plan_core", TRACE, plan=as_lists(plan), shape=(3, 8, 8))["error"]
    assert page["index"] == len(plan) - 1
    with pytest.raises(ValueError, match=re.escape(f": {page['message']}") + "$"):
        trace(plan, (3, 8, 8))
    assert page["padding"] == padding
    if padding is not None:
        kind, *values = plan[-1]
        window = [*values, values[0]][: 3 if kind == "conv" else 2]
        trace([*plan[:-1], (kind, *window, padding)], (3, 8, 8))


@needs_node
def test_plan_in_python_is_the_plan():
    for shape, plan in PLANS.values():
        text = run("plan_core", "return pythonPlan(given.plan.map(complete));", plan=as_lists(plan))
        found: dict = {}
        exec(text, found)
        assert trace(found["plan"], shape) == trace(plan, shape)
        assert max(map(len, found["plan"])) <= max(map(len, plan))


def test_picture_tells_where_parameters_and_arithmetic_sit():
    made = live.plan_builder(plan_builder())
    title = made.picture.get_suptitle()
    assert "78% of the parameters are in conv 120, 5 x 5" in title
    assert "58% of the multiply-adds are in conv 16, 5 x 5" in title
    bars = [bar.get_width() for bar in made.picture.axes[0].patches]
    assert bars[4] == pytest.approx(48_120 / 61_706)
    assert "16 × 5 × 5" in made.picture.alt


def test_another_preset_begins():
    run_ = plan_builder("VGG-16 (D)")
    assert run_.start["presets"][run_.start["chosen"]]["name"] == "VGG-16 (D)"
    assert run_.shown["total"].parameters == 138_357_544
    with pytest.raises(ValueError, match="preset is 'VGG', wanted 'LeNet-5' or"):
        plan_builder("VGG")
