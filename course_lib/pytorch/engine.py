"""Training on PyTorch, on whatever device is there, in one process or a team of ``torchrun``."""

import atexit
import contextlib
import os
import time

import numpy as np
import torch

# Imported late, by DistributedDataParallel, it would keep the process group in its functions'
# default arguments. The group's threads would then outlive Python, which sometimes aborts.
import torch.distributed.nn
from torch import distributed

from course_lib import nn, optim
from course_lib.pytorch.convert import from_torch, pairs, to_torch
from course_lib.training.progress_bar import progress as show_progress

F = torch.nn.functional

LOSSES = {
    nn.CrossEntropyLoss: F.cross_entropy,
    nn.MSELoss: F.mse_loss,
    nn.L1Loss: F.l1_loss,
    nn.BCELoss: F.binary_cross_entropy,
    nn.HingeLoss: lambda scores, labels, margin: (
        F.multi_margin_loss(scores, labels, margin=margin) * scores.shape[1]
    ),
}

OPTIMIZERS = {
    optim.SGD: (torch.optim.SGD, ("lr", "momentum", "nesterov", "weight_decay")),
    optim.Adagrad: (torch.optim.Adagrad, ("lr", "eps", "weight_decay")),
    optim.RMSprop: (torch.optim.RMSprop, ("lr", "alpha", "eps", "weight_decay")),
    optim.Adadelta: (torch.optim.Adadelta, ("lr", "rho", "eps", "weight_decay")),
    optim.Adam: (torch.optim.Adam, ("lr", "betas", "eps", "weight_decay")),
    optim.AdamW: (torch.optim.AdamW, ("lr", "betas", "eps", "weight_decay")),
}


def choose_device(name):
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


def describe(device):
    """The device in words, for a report."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU, PyTorch"


def fit(
    model,
    data,
    optimizer,
    history,
    *,
    epochs,
    batch_size,
    loss,
    schedule,
    augment,
    early_stopping,
    device,
    seed,
    progress,
):
    """What ``training.fit`` does for a device of PyTorch; called by it, with checked arguments.

    The mini-batches are those of the NumPy path, so is the ``history``; dropout draws other masks.
    The optimizer starts afresh. The data goes to the device once. On a GPU the forward and backward
    pass are captured as a CUDA graph, so that small networks do not wait for kernel launches.
    Started by ``torchrun``, the processes share every mini-batch among them; batch normalisation
    takes the statistics of its process's share.
    """
    start, device = time.perf_counter(), choose_device(device)
    rank, workers = _team(device)
    with _seeded(seed, device), _products_in_tf32(device), _out_of_memory_explained(batch_size):
        module = to_torch(model).to(device, memory_format=torch.channels_last)
        trainer = Trainer(module, optimizer, loss, device, rank, workers)
        X, y = trainer.put(data.X_train), trainer.put_targets(data.y_train)
        X_val, y_val = trainer.put(data.X_val), trainer.put_targets(data.y_val)
        rng = np.random.default_rng(seed)
        trainer.capture(X[:batch_size])
        for _ in show_progress(range(epochs), label="epochs", show=progress and rank == 0):
            module.train()
            order = torch.from_numpy(rng.permutation(len(X))).to(device)
            losses, right = [], torch.zeros((), dtype=torch.int64, device=device)
            for chosen in order.split(batch_size):
                lr = schedule(len(history.lr)) if schedule else optimizer.lr
                x = X[chosen]
                if augment is not None:
                    x = trainer.put(augment(x.cpu().numpy(), rng))
                batch_loss, batch_right = trainer.step(x, y[chosen], lr)
                losses.append(batch_loss)
                history.lr.append(lr)
                right += batch_right
            history.loss += trainer.total(torch.stack(losses)).tolist()
            accuracy = trainer.total(right).item() / len(y) if loss.labels else None
            trainer.share_buffers()
            validation = trainer.evaluate(X_val, y_val) if len(y_val) else None
            history.end_epoch(accuracy, validation)
            if early_stopping and early_stopping.should_stop(
                history.val_loss[-1], _state(model, module)
            ):
                break
    from_torch(module, model)
    optimizer.lr = history.lr[-1]
    if early_stopping:
        early_stopping.restore([array for array, _ in pairs(model, module)])
    model.eval()
    history.seconds = time.perf_counter() - start
    return history


def _state(model, module):
    return [tensor.detach().cpu().numpy() for _, tensor in pairs(model, module)]


class Trainer:
    """One process's part in the training of a module: its steps, and sums over all processes."""

    def __init__(self, module, optimizer, loss, device, rank, workers):
        self.module, self.forward = module, module
        self.device, self.rank, self.workers = device, rank, workers
        self.loss = _counterpart(LOSSES, loss, "loss")
        self.loss_options, self.labels = loss.options, loss.labels
        self.dtype = next(module.parameters()).dtype
        rule, names = _counterpart(OPTIMIZERS, optimizer, "optimizer")
        options = {name: getattr(optimizer, name) for name in names}
        if device.type == "cuda" and rule in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
            options["fused"] = True
        self.optimizer = rule(module.parameters(), **options)
        if workers > 1:
            self.forward = torch.nn.parallel.DistributedDataParallel(module)

    def put(self, array):
        """An array as a tensor of the module's precision on the device.

        Pictures with the channels last, as it likes them.
        """
        tensor = torch.tensor(array, dtype=self.dtype, device=self.device)
        if tensor.ndim == 4:
            tensor = tensor.contiguous(memory_format=torch.channels_last)
        return tensor

    def put_targets(self, array):
        """Labels as the whole numbers that PyTorch wants, other targets like the outputs."""
        dtype = torch.int64 if self.labels else self.dtype
        return torch.tensor(array, dtype=dtype, device=self.device)

    def capture(self, x):
        """On a single GPU, record forward and backward as CUDA graphs that are then replayed.

        The warm-up of the recording changes running statistics, so they are put back.
        """
        if self.device.type != "cuda" or self.workers > 1:
            return
        before = {name: tensor.clone() for name, tensor in self.module.state_dict().items()}
        self.module.train()
        captured = torch.cuda.make_graphed_callables(self.module, (x.clone(),))
        plain, size = type(self.module).forward, len(x)
        self.forward = lambda x: captured(x) if len(x) == size else plain(self.module, x)
        self.module.load_state_dict(before)

    def step(self, x, y, lr):
        """One step of the optimizer; this process's share of the loss and of the right answers."""
        mine = slice(self.rank, None, self.workers)
        share = len(y[mine]) / len(y)
        if share == 0:  # fewer samples than processes: take part, but without weight
            mine = slice(0, 1)
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        outputs = self.forward(x[mine])
        loss = self.loss(outputs, y[mine], **self.loss_options) * share
        self.optimizer.zero_grad()
        (loss * self.workers).backward()  # the gradients of the processes are averaged
        self.optimizer.step()
        right = (outputs.argmax(dim=1) == y[mine]).sum() if self.labels and share else 0
        return loss.detach(), right

    def total(self, tensor):
        """Sum over all the processes."""
        if self.workers > 1:
            distributed.all_reduce(tensor)
        return tensor

    def share_buffers(self):
        """Give all processes the first one's running statistics, so that they go on alike.

        Each has seen shares of its own; who stops early must not stop alone.
        """
        if self.workers > 1:
            for buffer in self.module.buffers():
                distributed.broadcast(buffer, src=0)

    @torch.no_grad()
    def evaluate(self, x, y):
        """Loss and accuracy in evaluation mode, a part at a time; every process does it all."""
        self.module.eval()
        plain = type(self.module).forward
        outputs = torch.cat([plain(self.module, part) for part in x.split(1000)])
        loss = self.loss(outputs, y, **self.loss_options).item()
        return loss, (outputs.argmax(dim=1) == y).double().mean().item() if self.labels else None


def _counterpart(table, item, name):
    if type(item) not in table:
        raise TypeError(f"{name} is {type(item).__name__}, which has no counterpart in PyTorch")
    return table[type(item)]


def _team(device):
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
def _seeded(seed, device):
    """Seed what dropout draws, with kernels that repeat, and leave the global state as it was."""
    devices = [device] if device.type == "cuda" else []
    cudnn = torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True)
    with torch.random.fork_rng(devices), cudnn:
        torch.manual_seed(seed)
        yield


@contextlib.contextmanager
def _products_in_tf32(device):
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
def _out_of_memory_explained(batch_size):
    try:
        yield
    except torch.cuda.OutOfMemoryError as error:
        raise MemoryError(
            f"the GPU's memory is full with batch_size {batch_size}: choose a smaller one"
        ) from error
