"""The memory of an optimizer, carried to PyTorch and back: a second ``fit`` goes on from there."""

import torch

from course_lib.optim import Optimizer
from course_lib.pytorch.convert import Link
from course_lib.pytorch.registry import counterpart


def load_memory(optimizer: Optimizer, params: list[Link]) -> torch.optim.Optimizer | None:
    """PyTorch's optimizer for these parameters, remembering what ours does; None without any."""
    entry = counterpart(optimizer, "optimizer is")
    if not params:
        return None
    rule = entry.make(optimizer, [link.tensor for link in params])
    memories = optimizer.prepare([link.array for link in params])
    if optimizer.t:
        state = rule.state_dict()
        for number, (link, memory) in enumerate(zip(params, memories, strict=True)):
            arrays = dict(zip(optimizer.memory, memory, strict=True))
            state["state"][number] = {"step": torch.tensor(float(optimizer.t))} | {
                entry.names.get(name, name): torch.from_numpy(link.turned(array).copy())
                for name, array in arrays.items()
            }
        rule.load_state_dict(state)
    return rule


def save_memory(
    rule: torch.optim.Optimizer | None, params: list[Link], optimizer: Optimizer, steps: int
) -> None:
    """Let our optimizer remember what PyTorch's does after these many ``steps`` of it."""
    optimizer.t += steps
    if rule is None or not steps:
        return
    names = counterpart(optimizer, "optimizer is").names
    for link, memory in zip(params, optimizer.prepare([p.array for p in params]), strict=True):
        state = rule.state[link.tensor]
        for name, array in zip(optimizer.memory, memory, strict=True):
            tensor = state.get(names.get(name, name))
            if tensor is not None:  # without momentum SGD keeps none
                array[...] = link.turned(tensor.detach().cpu().numpy())
