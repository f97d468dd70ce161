"""How long something takes: the median of many runs, and several things in turn."""

import statistics
import time
from collections.abc import Callable, Mapping


def seconds_of(run: Callable[[], object], repeats: int = 5) -> float:
    """Median seconds that ``run()`` takes, after one run that is not counted."""
    return seconds_in_turn({"": run}, repeats)[""]


def seconds_in_turn(
    runs: Mapping[str, Callable[[], object]], repeats: int = 5, *, warm_up: int = 1
) -> dict[str, float]:
    """Median seconds of each of ``runs``, {name: function}, which run in turn, again and again.

    So whatever slows the computer for a while slows them all. The first ``warm_up`` turns do not
    count.
    """
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(warm_up + repeats):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times[warm_up:]) for name, times in taken.items()}
