"""Throughput: how many pictures a second a network learns from, and how exact it is then."""

import statistics
import time
from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.pytorch.cuda_graphs import record, wait_for
from course_lib.pytorch.devices import computing_in


def pictures_per_second(
    module: torch.nn.Module,
    batch_size: int,
    precision: str,
    way: str,
    device: torch.device,
    seconds: float = 0.3,
) -> float:
    """Training steps on random pictures of MNIST's size: forward, loss, backward, AdamW.

    way: "plain": Python launches every kernel. "graph": the step is recorded and replayed.
    "compiled": ``torch.compile`` makes kernels of several operations. seconds: at least this long
    is measured, five times; the median counts.
    """
    step = _step(module, batch_size, way, device)
    with computing_in(precision, device):
        if way == "graph":
            step = record(step, device)
        for _ in range(3):
            step()
        once = _seconds_of(step, 3, device) / 3
        repeats = max(1, round(seconds / 5 / once))
        times = [_seconds_of(step, repeats, device) / repeats for _ in range(5)]
    return batch_size / statistics.median(times)


def _step(
    module: torch.nn.Module, batch_size: int, way: str, device: torch.device
) -> Callable[[], object]:
    module = module.to(device, memory_format=torch.channels_last).train()
    x = torch.rand((batch_size, 1, 28, 28), device=device)
    x = x.contiguous(memory_format=torch.channels_last)
    y = torch.randint(0, 10, (batch_size,), device=device)
    on_gpu = {"fused": True, "capturable": True} if device.type == "cuda" else {}
    optimizer = torch.optim.AdamW(module.parameters(), lr=1e-4, **on_gpu)
    forward: Callable[[Tensor], Tensor] = torch.compile(module) if way == "compiled" else module

    def step() -> None:
        loss = torch.nn.functional.cross_entropy(forward(x).float(), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def _seconds_of(step: Callable[[], object], repeats: int, device: torch.device) -> float:
    wait_for(device)
    start = time.perf_counter()
    for _ in range(repeats):
        step()
    wait_for(device)
    return time.perf_counter() - start


@torch.no_grad()
def relative_error(module: torch.nn.Module, x: Tensor, precision: str) -> float:
    """How far the outputs for x are from those in float64, as a share of their size."""
    module.eval()
    with computing_in(precision, x.device):
        outputs = module(x).double()
    exact = module.double()(x.double())
    module.float()
    return ((outputs - exact).norm() / exact.norm()).item()
