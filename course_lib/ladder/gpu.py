"""What a GPU is worth: everything that is measured on one, in one run of ten minutes.

``course bench --device cuda`` calls ``run``, and so does, where NumPy and PyTorch are all there is,
``python -m course_lib.ladder.gpu --folder results``. Each part is a process with a time limit of
its own, and what was measured is saved after each, so that a run that is cut off keeps it.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib.ladder.gpu_parts import PARTS, ROOT, SEEDS
from course_lib.ladder.reporting import versions

RESULTS = Path(__file__).with_name("gpu_results.json")  # the last run that was kept

GROUPS: list[Sequence[str]] = [
    ["gpu-tests"],
    ["time-to-accuracy"],
    ["throughput"],
    ["cnn"],
    ["cnn-dropout"],
    [f"best-{seed}" for seed in SEEDS],  # at once: each waits for Python, not for the GPU
    ["compiled"],
]


def results() -> dict[str, Any]:
    """What was measured on a GPU and saved in the course, {} if nothing was."""
    return json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}


def run(
    device: str,
    folder: Path,
    *,
    seconds: float = 570,
    only: Sequence[str] = (),
    little: bool = False,
    say: Callable[[str], object] = print,
) -> Path:
    """Measure all parts, one group after the other; returns the path of the JSON with the results.

    seconds: for all of it; what does not fit is left out, and said. only: these parts.
    little: with few data and steps, to try the code on a CPU.
    """
    from course_lib import pytorch

    folder.mkdir(parents=True, exist_ok=True)
    path, end = folder / "gpu.json", time.monotonic() + seconds
    results: dict[str, Any] = {
        "card": pytorch.describe(pytorch.choose_device(device)),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(("numpy", "torch")) | {"python": platform.python_version()},
        "little": little,
        "parts": {},
    }
    for group in GROUPS:
        names = [name for name in group if not only or name in only]
        if not names:
            continue
        say(f"{', '.join(names)}: {end - time.monotonic():.0f} s are left")
        results["parts"] |= _measure(names, device, folder, end, little)
        path.write_text(json.dumps(results, indent=1))
        for name in names:
            say(f"  {name}: {results['parts'][name]['state']}")
    return path


def _measure(
    group: Sequence[str], device: str, folder: Path, end: float, little: bool
) -> dict[str, Any]:
    """The parts of a group at the same time: {name: its state, seconds and what it saved}."""
    begin, results, running = time.monotonic(), {}, {}
    with tempfile.TemporaryDirectory() as scratch, open(folder / "gpu.log", "a") as log:
        for name in group:
            command = [sys.executable, "-m", "course_lib.ladder.gpu", "--part", name]
            command += ["--device", device, "--folder", scratch, *(["--little"] if little else [])]
            running[name] = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        try:
            for name, process in running.items():
                left = min(begin + PARTS[name].limit, end) - time.monotonic()
                results[name] = {"state": _wait(process, left), "wall_seconds": _since(begin)}
                saved = Path(scratch, f"{name}.json")
                results[name] |= json.loads(saved.read_text()) if saved.is_file() else {}
        finally:
            for process in running.values():
                _stop(process)
    return results


def _wait(process: subprocess.Popen, seconds: float) -> str:
    """How the process ends, which it has to do within these seconds."""
    try:
        code = process.wait(max(seconds, 0))
    except subprocess.TimeoutExpired:
        _stop(process)
        return "stopped at its time limit"
    return "done" if code == 0 else f"failed with exit code {code}, see gpu.log"


def _stop(process: subprocess.Popen) -> None:
    """End it, and what it started, if it runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _since(begin: float) -> float:
    return round(time.monotonic() - begin, 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """A single part with ``--part``, which ``run`` starts; everything without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--folder", type=Path, default=Path("results"))
    parser.add_argument("--seconds", type=float, default=570)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=())
    parser.add_argument("--little", action="store_true", help="few data and steps, to try it")
    options = parser.parse_args(arguments)
    if not options.part:
        run(
            options.device,
            options.folder,
            seconds=options.seconds,
            only=options.only,
            little=options.little,
        )
        return
    file = options.folder / f"{options.part}.json"

    def save(results: dict[str, Any]) -> None:
        new = file.with_suffix(".new")
        new.write_text(json.dumps(results, indent=1))
        new.replace(file)

    PARTS[options.part].measure(options.device, save, options.little)


if __name__ == "__main__":
    main()
