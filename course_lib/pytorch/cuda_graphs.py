"""Recording: work that is the same every time is told to a GPU once, and then replayed."""

from collections.abc import Callable

import torch


def record(
    work: Callable[[], object], device: torch.device, warm_up: Callable[[], object] | None = None
) -> Callable[[], object]:
    """``work`` as a single CUDA graph, which a call replays; on a CPU ``work`` itself.

    work: launches kernels on tensors that stay where they are, and asks the GPU nothing.
    warm_up: done three times before, since libraries choose and allocate when they are first used;
    ``work`` itself if None. Both change what they work on.
    """
    if device.type != "cuda":
        return work
    stream = torch.cuda.Stream(device)
    stream.wait_stream(torch.cuda.current_stream(device))
    with torch.cuda.stream(stream):
        for _ in range(3):
            (warm_up or work)()
    torch.cuda.current_stream(device).wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work()
    return graph.replay


def wait_for(device: torch.device) -> None:
    """Until the device has done all that it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
