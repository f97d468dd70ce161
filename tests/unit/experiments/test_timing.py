"""Times are medians, of runs in turn, and the first do not count."""

from course_lib.experiments import timing


def test_seconds_of_is_the_median_without_the_first_run(monkeypatch):
    runs = []
    ticks = iter([0, 99, 0, 1, 10, 13, 20, 22])  # one, three and two seconds
    monkeypatch.setattr(timing.time, "perf_counter", lambda: next(ticks))
    assert timing.seconds_of(lambda: runs.append(None), repeats=3) == 2
    assert len(runs) == 4


def test_seconds_in_turn_runs_them_in_turn(monkeypatch):
    runs = []
    ticks = iter([0, 9, 0, 9, 0, 1, 0, 5, 0, 3, 0, 7])  # the first round does not count
    monkeypatch.setattr(timing.time, "perf_counter", lambda: next(ticks))
    parts = {"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}
    assert timing.seconds_in_turn(parts, repeats=2) == {"a": 2, "b": 6}
    assert "".join(runs) == "ababab"


def test_a_longer_warm_up_does_not_count_either(monkeypatch):
    ticks = iter([0, 9, 0, 9, 0, 1, 0, 2, 0, 3])
    monkeypatch.setattr(timing.time, "perf_counter", lambda: next(ticks))
    assert timing.seconds_in_turn({"a": lambda: None}, repeats=3, warm_up=2) == {"a": 2}
