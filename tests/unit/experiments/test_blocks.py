import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.experiments.blocks import (
    BLOCKS,
    block_network,
    deep_network,
    gradient_norms,
    multiply_adds,
)
from course_lib.experiments.blocks import parameters as count
from course_lib.pytorch import to_torch


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_of_one_size_and_run_on_both_engines(name):
    model = block_network(name, 1)
    assert 30_000 < count(model) < 33_500
    x = np.random.default_rng(0).random((3, 1, 28, 28), np.float32)
    model.eval()
    theirs = to_torch(model)(torch.from_numpy(x)).detach().numpy()
    assert theirs.shape == (3, 10)
    assert nn.relative_error(model(x), theirs) < 1e-5


def test_a_skip_costs_no_parameter():
    plain, residual = (deep_network(8, skip=skip) for skip in (False, True))
    assert count(plain) == count(residual)
    convolutions = [layer for layer in plain.all_layers() if isinstance(layer, nn.Conv2d)]
    assert len(convolutions) == 8 - 1
    for ours, other in zip(plain.params.values(), residual.params.values(), strict=True):
        np.testing.assert_array_equal(ours, other)


def test_gradient_norms_are_those_of_the_convolutions():
    model, rng = deep_network(4, skip=True), np.random.default_rng(0)
    x, y = rng.random((4, 1, 28, 28), np.float32), np.arange(4)
    norms = gradient_norms(model, x, y)
    kinds = [array for name, array in model.grads.items() if array.ndim == 4]
    assert norms == pytest.approx([np.linalg.norm(array) for array in kinds])


def test_multiply_adds_are_those_of_the_plan():
    from course_lib.zoo import summarize

    conv = [("conv", 12, 3, 1, 1, 1, False)] * 2
    plan = [("conv", 12, 3, 2, 1, 1, False), ("residual", conv), ("global_mean",), ("dense", 10)]
    assert multiply_adds(deep_network(4, skip=True)) == summarize(plan, (1, 28, 28)).macs


def test_an_unknown_block_is_named():
    with pytest.raises(ValueError, match="name is 'VGG', wanted 'plain"):
        block_network("VGG")


def test_what_was_recorded_is_whole():
    from course_lib.experiments.record_architectures import DEPTHS, SEEDS, STEPS, recorded

    found = recorded()
    assert list(found["blocks"]) == list(BLOCKS)
    for name, block in found["blocks"].items():
        assert block["parameters"] == count(block_network(name))
        assert [len(run["loss"]) for run in block["runs"]] == [2 * STEPS] * len(SEEDS)
    for kind in ("plain", "residual"):
        assert list(found["depths"][kind]) == [str(depth) for depth in DEPTHS]
