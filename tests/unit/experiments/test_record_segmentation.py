"""What was recorded is whole, and the weights that travel give what was recorded."""

import numpy as np
import pytest

from course_lib.experiments.blocks import parameters
from course_lib.experiments.record_segmentation import (
    BATCH,
    NETWORKS,
    RESULTS,
    SCENES,
    SEEDS,
    WEIGHTS,
    judge,
    recorded,
    trained,
)


def test_what_was_recorded_is_whole_and_small():
    found = recorded()
    assert list(found) == list(NETWORKS)
    for name, (build, _, epochs) in NETWORKS.items():
        assert found[name]["parameters"] == parameters(build(0))
        steps = epochs * SCENES["train"] // BATCH
        assert [len(run["loss"]) for run in found[name]["runs"]] == [steps] * len(SEEDS)
    assert RESULTS.stat().st_size < 100_000
    assert WEIGHTS.stat().st_size < 1_000_000


@pytest.mark.parametrize("name", NETWORKS)
def test_rounded_weights_are_as_good_as_those_that_were_trained(name):
    first, again = recorded()[name]["runs"][0], judge(name, trained(name))
    for key, value in again.items():
        assert np.mean(value) == pytest.approx(np.mean(first[key]), abs=0.003)


def test_the_lecture_s_claims_about_skips_hold_for_every_seed():
    found = recorded()
    with_skips, without = ([run["iou"] for run in found[name]["runs"]] for name in list(found)[:2])
    assert min(with_skips) > max(without) + 0.2


def test_an_unknown_network_is_named():
    with pytest.raises(ValueError, match="name is 'unet', wanted 'with skips' or"):
        trained("unet")
