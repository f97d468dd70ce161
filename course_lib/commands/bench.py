"""``course bench``"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.threads import compute_with, usable_processors


def bench(
    threads: Annotated[
        int, typer.Option(min=1, help="Threads of both sides; one a processor.")
    ] = usable_processors(),
    device: Annotated[
        str, typer.Option(help="cuda: measure what a GPU is worth instead, in ten minutes.")
    ] = "numpy",
    folder: Annotated[Path, typer.Option(help="Where the GPU's results are saved.")] = Path(
        "gpu-results"
    ),
) -> None:
    """Time the reference against PyTorch, the naive loops and a bare import of NumPy."""
    if device != "numpy":
        _on_gpu(device, folder)
        return
    compute_with(threads)  # before NumPy is loaded
    from rich.console import Console
    from rich.table import Table

    from course_lib.ladder import benchmark

    table = Table("", "ours, ms", "other, ms", "ratio", "goal", header_style="bold")
    for pair in benchmark.run():
        times = f"{1e3 * pair.ours:.2f}", f"{1e3 * pair.other:.2f}"
        table.add_row(pair.name, *times, f"{pair.ratio:.3g}", pair.goal)
    Console().print(table)
    memory = benchmark.training_memory() / 2**20
    typer.echo(f"Peak memory of a NumPy training of cnn-dropout: {memory:.0f} MiB (goal < 1024)")


def _on_gpu(device: str, folder: Path) -> None:
    from course_lib.grading.errors import CourseProblem
    from course_lib.ladder import gpu
    from course_lib.training import check_device

    try:
        check_device(device)
    except (ValueError, RuntimeError) as problem:
        raise CourseProblem(str(problem)) from problem
    typer.echo(f"saved {gpu.run(device, folder, say=typer.echo)}")
