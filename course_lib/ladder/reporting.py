"""Reporting: what was measured as a table, as JSON, and as curves."""

import json
import os
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.ladder.climbing import RUNGS, Measured
from course_lib.threads import usable_processors
from course_lib.training.argument_checks import team_size

if TYPE_CHECKING:
    from rich.table import Table

    from course_lib.viz.picture import Picture


def table(measured: Sequence[Measured]) -> "Table":
    """What was measured beside what was published, as a ``rich`` table."""
    from rich.table import Table

    columns = ("rung", "parameters", "test accuracy", "published", "goal", "seconds")
    rows = Table(*columns, header_style="bold")
    for rung in measured:
        published, goal = RUNGS[rung.name].published, RUNGS[rung.name].goal
        spread = f" ± {rung.spread:.2%}" if rung.spread is not None else ""
        rows.add_row(
            rung.name,
            f"{rung.parameters:,}",
            f"{rung.accuracy:.2%}{spread}",
            published,
            f"{goal:.2%}" if goal else "",
            f"{rung.seconds:.0f}",
        )
    return rows


def report(measured: Sequence[Measured], device: str) -> dict[str, Any]:
    """What was measured, where and with what, as plain data for JSON."""
    return {
        "device": _device_name(device),
        "processes": team_size(),
        "threads": threads(),
        "versions": versions(("numpy",) if device == "numpy" else ("numpy", "torch")),
        "python": platform.python_version(),
        "rungs": [rung.record() for rung in measured],
    }


def threads() -> int:
    """The threads that ``OMP_NUM_THREADS`` allows, or else those that this process can use."""
    return int(os.environ.get("OMP_NUM_THREADS") or usable_processors())


def versions(packages: Sequence[str]) -> dict[str, str]:
    """The versions of these installed packages."""
    return {name: metadata.version(name) for name in packages}


def _device_name(device: str) -> str:
    if device == "numpy":
        return "CPU, NumPy"
    from course_lib import pytorch

    return pytorch.describe(pytorch.choose_device(device))


def save(measured: Sequence[Measured], device: str, folder: Path) -> tuple[Path, Path]:
    """Write ``report`` and ``curves`` into ``folder``; returns their paths."""
    paths = folder / "ladder.json", folder / "curves.png"
    paths[0].write_text(json.dumps(report(measured, device), indent=1))
    curves(measured).savefig(paths[1], dpi=144)
    return paths


def curves(measured: Sequence[Measured]) -> "Picture":
    """The training loss of every rung, epoch by epoch, as a figure: first seed of each."""
    from course_lib.viz import charts

    histories = {rung.name: rung.climbs[0].history.train_loss for rung in measured}
    return charts.lines(
        {name: (range(1, len(loss) + 1), loss) for name, loss in histories.items()},
        xlabel="epoch",
        ylabel="training loss",
        title="Training loss of each rung",
        yscale="log",
    )
