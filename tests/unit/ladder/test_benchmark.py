import pytest

from course_lib.experiments.unet import unet
from course_lib.ladder import benchmark


def test_bench_runs_the_two_in_turns():
    calls = []
    ours, other = benchmark.in_turns(lambda: calls.append(1), lambda: calls.append(2), rounds=5)
    assert calls == [1, 2] * 8
    assert min(ours, other) > 0
    pair = benchmark.Pair("a / b", 2.0, 4.0, "at most 1")
    assert pair.ratio == 0.5


@pytest.mark.slow
def test_bench_measures_a_step_of_both():
    ours, theirs = benchmark.steps_against_torch("relu5", rounds=5)
    assert 0 < ours < 1
    assert 0 < theirs < 1


@pytest.mark.slow
def test_networks_and_convolutions_are_measured_beside_pytorch():
    for pair in benchmark.convolution_against_torch():
        assert min(pair) > 0
    assert min(benchmark.forward_against_torch(unet(4, 2), (2, 1, 8, 8))) > 0
