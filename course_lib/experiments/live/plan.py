"""Plans of published networks to begin with, traced by the library."""

from course_lib.checks import check_choice
from course_lib.experiments.live.run import LiveRun
from course_lib.zoo import architectures, summarize, trace
from course_lib.zoo.plan import Plan

SMALL: Plan = [
    *(("conv", 16, 3, 1, 1), ("max", 2), ("conv", 32, 3, 1, 1), ("max", 2)),
    *(("conv", 32, 3, 1, 1), ("global_mean",), ("dense", 10)),
]
# name: the shape of a picture (C, H, W), and the plan
PRESETS: dict[str, tuple[tuple[int, int, int], Plan]] = {
    "LeNet-5": ((1, 32, 32), architectures.lenet5()),
    "AlexNet": ((3, 227, 227), architectures.alexnet()),
    "AlexNet, two towers": ((3, 227, 227), architectures.alexnet(groups=2)),
    "VGG-11 (A)": ((3, 224, 224), architectures.vgg("A")),
    "VGG-16 (D)": ((3, 224, 224), architectures.vgg("D")),
    "small, for 28 x 28": ((1, 28, 28), SMALL),
}


def plan_builder(preset: str = "LeNet-5") -> LiveRun:
    """The plans that a page offers, and what ``trace`` finds in the one that it begins with.

    preset: its name. ``ValueError`` for another one.
    """
    check_choice("preset", preset, PRESETS)
    shape, plan = PRESETS[preset]
    start = {
        "chosen": list(PRESETS).index(preset),
        "presets": [
            {"name": name, "shape": list(shape), "plan": [list(layer) for layer in plan]}
            for name, (shape, plan) in PRESETS.items()
        ],
    }
    shown = {"name": preset, "rows": trace(plan, shape), "total": summarize(plan, shape)}
    return LiveRun(start, shown)
