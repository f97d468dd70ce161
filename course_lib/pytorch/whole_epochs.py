"""The fastest training: a whole epoch is recorded once and replayed as a single CUDA graph.

In ``fit`` Python tells the GPU every step what to do, and a small network waits for Python. Here
the data, the order, the rates, the augmentation and the loss are on the GPU, and an epoch is one
call. What that costs is freedom: the last samples of an epoch that fill no mini-batch are left out,
nothing can be looked at on the way, and the augmentation's numbers are the GPU's own.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib.checks import check_count
from course_lib.data.augment import RandomTransform
from course_lib.optim import warmup_cosine
from course_lib.pytorch.augmentation import transform
from course_lib.pytorch.cuda_graphs import record, wait_for
from course_lib.pytorch.devices import computing_in


@dataclass(frozen=True)
class Plan:
    """How to train: AdamW, its rate warmed up to ``peak`` and brought down along half a cosine.

    precision: "float32", "tf32" or "bfloat16". augment: without its ``elastic`` and ``brightness``.
    dropout: shares to drop, layer by layer, in place of the module's own; a short training wants
    less of it, and a larger ``peak``, a shorter memory of squared gradients (``beta2``) and
    ``label_smoothing``.
    """

    batch_size: int
    epochs: int
    peak: float
    precision: str = "tf32"
    augment: RandomTransform | None = None
    weight_decay: float = 0.05
    warm_up: float = 0.1  # share of the steps
    dropout: Sequence[float] | None = None
    label_smoothing: float = 0.0
    beta2: float = 0.999


class WholeEpochs:
    """A module, its training data on a device, and an epoch of training on them, recorded.

    module: changed in place by ``train``, which can be called again from another start.
    """

    def __init__(
        self, module: torch.nn.Module, X: NDArray, y: NDArray, plan: Plan, device: torch.device
    ):
        check_count("WholeEpochs: plan.batch_size", plan.batch_size, 1)
        self.plan, self.device = plan, device
        self.module = module.to(device, memory_format=torch.channels_last).train()
        if plan.dropout is not None:
            drops = [one for one in module.modules() if isinstance(one, torch.nn.Dropout)]
            for one, share in zip(drops, plan.dropout, strict=True):
                one.p = share
        self.X, self.y = self.put(X), torch.tensor(y, device=device, dtype=torch.int64)
        self.steps = len(X) // plan.batch_size
        if self.steps < 1:
            raise ValueError(f"plan.batch_size is {plan.batch_size}, wanted at most {len(X)}")
        total = plan.epochs * self.steps
        schedule = warmup_cosine(plan.peak, int(plan.warm_up * total), total, end=1e-5)
        rates = [schedule(step) for step in range(total)]
        self.rates = torch.tensor(rates, device=device).view(plan.epochs, self.steps)
        # What a recorded epoch reads and writes; between epochs other values are put in.
        self.order = torch.arange(self.steps * plan.batch_size, device=device)
        self.rate = self.rates[0].clone()
        self.losses = torch.zeros(self.steps, device=device)
        self.lr = torch.tensor(plan.peak, device=device)
        on_gpu = {"fused": True, "capturable": True} if device.type == "cuda" else {}
        self.optimizer = torch.optim.AdamW(
            self.module.parameters(),
            lr=self.lr,
            betas=(0.9, plan.beta2),
            weight_decay=plan.weight_decay,
            **on_gpu,
        )
        with computing_in(plan.precision, device):
            self.epoch = record(self._epoch, device, warm_up=lambda: self._step(0))

    def put(self, pictures: NDArray) -> Tensor:
        """Pictures (N, C, H, W) on the device, the channels last."""
        tensor = torch.tensor(pictures, device=self.device, dtype=torch.float32)
        return tensor.contiguous(memory_format=torch.channels_last)

    def _epoch(self) -> None:
        for step in range(self.steps):
            self._step(step)

    def _step(self, step: int) -> None:
        size = self.plan.batch_size
        chosen = self.order[step * size : (step + 1) * size]
        x = self.X[chosen]
        if self.plan.augment is not None:
            x = random_moves(self.plan.augment, x)
        loss = torch.nn.functional.cross_entropy(
            self.module(x).float(), self.y[chosen], label_smoothing=self.plan.label_smoothing
        )
        self.optimizer.zero_grad()
        loss.backward()
        self.lr.copy_(self.rate[step])
        self.optimizer.step()
        self.losses[step].copy_(loss.detach())

    def train(self, start: Mapping[str, Tensor], seed: int) -> tuple[float, list[float]]:
        """Train from the state ``start``: seconds, and the mean training loss of each epoch.

        seed: of the order, dropout and augmentation; it is PyTorch's global one that is set.
        """
        self.module.load_state_dict(start)
        for state in self.optimizer.state.values():
            for tensor in state.values():
                tensor.zero_()
        torch.manual_seed(seed)
        means = torch.zeros(self.plan.epochs, device=self.device)
        self.module.train()
        with computing_in(self.plan.precision, self.device):
            wait_for(self.device)
            begin = time.perf_counter()
            for number, rate in enumerate(self.rates):
                self.order.copy_(torch.randperm(len(self.X), device=self.device)[: len(self.order)])
                self.rate.copy_(rate)
                self.epoch()
                means[number] = self.losses.mean()
            wait_for(self.device)
        return time.perf_counter() - begin, means.tolist()

    @torch.no_grad()
    def accuracy(self, X: NDArray, y: NDArray) -> float:
        """Share of the pictures that are read right, in evaluation mode."""
        self.module.eval()
        with computing_in(self.plan.precision, self.device):
            answers = self.module(self.put(X)).argmax(dim=1)
        return (answers == torch.tensor(y, device=self.device)).double().mean().item()


def random_moves(augment: RandomTransform, x: Tensor) -> Tensor:
    """The pictures x turned, moved and scaled at random, by numbers drawn on their device."""

    def even(low: float, high: float, *shape: int) -> Tensor:
        return torch.empty((len(x), *shape), device=x.device).uniform_(low, high)

    degrees = even(-augment.rotation, augment.rotation)
    shift = even(-augment.shift, augment.shift, 2)
    return transform(x, degrees, shift, even(1 - augment.zoom, 1 + augment.zoom))
