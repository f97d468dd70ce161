"""The engine that trains on PyTorch, on whatever device, alone or in a team of ``torchrun``."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed

from course_lib.data import Dataset
from course_lib.data.augment import RandomTransform
from course_lib.nn import Layer, Loss
from course_lib.optim import Optimizer
from course_lib.pytorch.augmentation import random_transform
from course_lib.pytorch.convert import from_torch, links, to_torch
from course_lib.pytorch.devices import choose_device, join_team
from course_lib.pytorch.optimizer_state import load_memory, save_memory
from course_lib.pytorch.registry import counterpart


class TorchEngine:
    """What ``training.fit`` drives for a device of PyTorch; see ``training.loop.Engine``.

    The mini-batches are those of NumPy; dropout draws other masks. The data goes to the device
    once. On a GPU the forward and backward pass are captured as CUDA graphs, so that small networks
    do not wait for kernel launches, and a ``RandomTransform`` augments there; any other ``augment``
    changes NumPy's arrays, which then go to the device batch by batch. Started by ``torchrun``, the
    processes share every mini-batch among them; batch normalisation takes the statistics of its
    process's share.
    """

    def __init__(
        self,
        model: Layer,
        data: Dataset,
        optimizer: Optimizer,
        loss: Loss,
        augment: Callable | None = None,
        *,
        device: str,
        batch_size: int,
    ):
        self.device = choose_device(device)
        self.rank, self.workers = join_team(self.device)
        self.model, self.data, self.optimizer, self.labels = model, data, optimizer, loss.labels
        self.module = to_torch(model).to(self.device, memory_format=torch.channels_last)
        self.forward = self.module
        self.loss = counterpart(loss, "loss is").make(loss)
        self.links = links(model, self.module)
        self.params = [link for link in self.links if link.learnt]
        computed = self.params[0].array if self.params else data.X_train[:0]
        computed = computed if computed.dtype.kind == "f" else computed.astype(np.float32)
        self.dtype = torch.from_numpy(computed).dtype
        self.rule = load_memory(optimizer, self.params)
        self.steps = 0
        if self.workers > 1 and self.params:
            self.forward = torch.nn.parallel.DistributedDataParallel(self.module)
        self.augment: Any = augment
        self.augments_there = self.device.type == "cuda" and type(augment) is RandomTransform
        if augment is None or self.augments_there:
            self.X = self.put(data.X_train)
        self.y = self.put_targets(data.y_train)
        self.X_val, self.y_val = self.put(data.X_val), self.put_targets(data.y_val)
        self.capture(self.put(data.X_train[:batch_size]))

    def put(self, array: NDArray) -> Tensor:
        """An array as a tensor of the module's precision on the device.

        Pictures with the channels last, as it likes them.
        """
        tensor = torch.tensor(array, dtype=self.dtype, device=self.device)
        if tensor.ndim == 4:
            tensor = tensor.contiguous(memory_format=torch.channels_last)
        return tensor

    def put_targets(self, array: NDArray) -> Tensor:
        """Labels as the whole numbers that PyTorch wants, other targets like the outputs."""
        dtype = torch.int64 if self.labels else self.dtype
        return torch.tensor(array, dtype=dtype, device=self.device)

    def capture(self, x: Tensor) -> None:
        """On a single GPU, record forward and backward as CUDA graphs that are then replayed.

        The warm-up of the recording changes running statistics, so they are put back.
        """
        if self.device.type != "cuda" or self.workers > 1 or not self.params:
            return
        before = {name: tensor.clone() for name, tensor in self.module.state_dict().items()}
        self.module.train()
        captured = torch.cuda.make_graphed_callables(self.module, (x.clone(),))
        plain, size = type(self.module).forward, len(x)
        self.forward = lambda x: captured(x) if len(x) == size else plain(self.module, x)
        self.module.load_state_dict(before)

    def epoch_order(self, rng: np.random.Generator) -> NDArray:
        self.module.train()
        self.rng = rng
        return rng.permutation(len(self.y))

    def step(self, indices: NDArray, lr: float) -> tuple[Tensor, Tensor]:
        return self.train_step(*self.batch(indices), lr)

    def batch(self, indices: NDArray) -> tuple[Tensor, Tensor]:
        """These samples, augmented, on the device; nothing comes back from there."""
        there = torch.from_numpy(indices).to(self.device)
        if self.augment is None:
            return self.X[there], self.y[there]
        if self.augments_there:
            return random_transform(self.augment, self.X[there], self.rng), self.y[there]
        return self.put(self.augment(self.data.X_train[indices], self.rng)), self.y[there]

    def train_step(self, x: Tensor, y: Tensor, lr: float) -> tuple[Tensor, Tensor]:
        """One step of the optimizer; this process's share of the loss and of the right answers."""
        mine = slice(self.rank, None, self.workers)
        share = len(y[mine]) / len(y)
        if share == 0:  # fewer samples than processes: take part, but without weight
            mine = slice(0, 1)
        outputs = self.forward(x[mine])
        loss = self.loss(outputs, y[mine]) * share
        if self.rule is not None:  # there is something to learn
            for group in self.rule.param_groups:
                group["lr"] = lr
            self.rule.zero_grad()
            (loss * self.workers).backward()  # the gradients of the processes are averaged
            self.rule.step()
        self.steps += 1
        right = (outputs.argmax(dim=1) == y[mine]).sum() if self.labels else loss.new_zeros(())
        return loss.detach(), right if share else torch.zeros_like(right)

    def totals(self, steps: list[tuple[Tensor, Tensor]]) -> tuple[list[float], int]:
        losses, right = (torch.stack(parts) for parts in zip(*steps, strict=True))
        return self._sum(losses).tolist(), int(self._sum(right.sum()).item())

    def _sum(self, tensor: Tensor) -> Tensor:
        """Sum over all the processes."""
        if self.workers > 1:
            distributed.all_reduce(tensor)
        return tensor

    @torch.no_grad()
    def evaluate(self) -> tuple[float, float | None] | None:
        """Every process does it all, with the running statistics of the first.

        Each has seen shares of its own; who stops early must not stop alone.
        """
        if self.workers > 1:
            for buffer in self.module.buffers():
                distributed.broadcast(buffer, src=0)
        if len(self.y_val) == 0:
            return None
        self.module.eval()
        plain = type(self.module).forward
        outputs = torch.cat([plain(self.module, part) for part in self.X_val.split(1000)])
        loss = self.loss(outputs, self.y_val).item()
        if not self.labels:
            return loss, None
        return loss, (outputs.argmax(dim=1) == self.y_val).double().mean().item()

    def state(self) -> list[NDArray]:
        in_order = sorted(self.links, key=lambda link: not link.learnt)  # parameters first
        return [link.turned(link.tensor.detach().cpu().numpy()) for link in in_order]

    def finish(self) -> None:
        from_torch(self.module, self.model)
        save_memory(self.rule, self.params, self.optimizer, self.steps)
        self.model.eval()
