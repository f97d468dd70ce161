import pytest

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
