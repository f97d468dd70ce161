"""Which device, in words as well, and the settings of PyTorch while it trains there."""

import atexit
import contextlib
import os
from collections.abc import Iterator

import torch

# Imported late, by DistributedDataParallel, it would keep the process group in its functions'
# default arguments. The group's threads would then outlive Python, which sometimes aborts.
import torch.distributed.nn
from torch import distributed

from course_lib.checks import check_choice

PRECISIONS = ("float32", "tf32", "bfloat16")


def choose_device(name: str) -> torch.device:
    """The ``torch.device`` for "cpu", "cuda" or "auto" (a GPU if there is one).

    Under ``torchrun`` each process takes the GPU of its own local rank. ``RuntimeError`` for "cuda"
    without a GPU, ``ValueError`` for another name.
    """
    if name not in ("cpu", "cuda", "auto"):
        raise ValueError(f"device is {name!r}, wanted 'cpu', 'cuda' or 'auto'")
    if name == "cuda" and not torch.cuda.is_available():
        raise RuntimeError(
            "device is 'cuda', but PyTorch finds no GPU on this machine: choose 'cpu' or 'auto'"
        )
    if name == "cpu" or not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))


def describe(device: torch.device) -> str:
    """The device in words, for a report."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU, PyTorch"


def join_team(device: torch.device) -> tuple[int, int]:
    """Rank and number of the processes that ``torchrun`` started; (0, 1) without it."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return 0, 1
    if device.type == "cuda":
        torch.cuda.set_device(device)
    if not distributed.is_initialized():
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        atexit.register(distributed.destroy_process_group)
    return distributed.get_rank(), distributed.get_world_size()


@contextlib.contextmanager
def training_settings(device: str, seed: int, batch_size: int) -> Iterator[None]:
    """How PyTorch is set while ``fit`` trains; afterwards everything is as before."""
    chosen = choose_device(device)
    with seeded(seed, chosen), products_in_tf32(chosen), full_memory_explained(batch_size):
        yield


@contextlib.contextmanager
def seeded(seed: int, device: torch.device) -> Iterator[None]:
    """Seed what dropout draws, with kernels that repeat, and leave the global state as it was."""
    devices = [device] if device.type == "cuda" else []
    cudnn = torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True)
    with torch.random.fork_rng(devices), cudnn:
        torch.manual_seed(seed)
        yield


@contextlib.contextmanager
def products_in_tf32(device: torch.device) -> Iterator[None]:
    """On a GPU, round the factors of float32 products to 10 bits: then its tensor cores take them.

    Sums and weights stay float32, float64 as it is. PyTorch's default does it in convolutions only.
    """
    if device.type != "cuda":
        yield
        return
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("high")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


@contextlib.contextmanager
def computing_in(precision: str, device: torch.device) -> Iterator[None]:
    """Products and convolutions in "float32", "tf32" or "bfloat16", by the fastest kernels.

    TF32 is for a GPU; bfloat16 is rounded to in forward passes, weights and sums stay float32.
    """
    check_choice("precision", precision, PRECISIONS)
    before, tf32 = torch.get_float32_matmul_precision(), precision == "tf32"
    half = torch.autocast(
        device.type, torch.bfloat16, enabled=precision == "bfloat16", cache_enabled=False
    )
    with torch.backends.cudnn.flags(enabled=True, benchmark=True), half:
        torch.backends.cudnn.allow_tf32 = tf32
        torch.set_float32_matmul_precision("high" if tf32 else "highest")
        try:
            yield
        finally:
            torch.set_float32_matmul_precision(before)


@contextlib.contextmanager
def full_memory_explained(batch_size: int) -> Iterator[None]:
    """``MemoryError`` that says what to do, instead of PyTorch's own."""
    try:
        yield
    except torch.cuda.OutOfMemoryError as error:
        raise MemoryError(
            f"the GPU's memory is full with batch_size {batch_size}: choose a smaller one"
        ) from error
