"""Benchmarks: the reference against PyTorch, the loops and bare NumPy, each pair in one run.

The machine's speed drifts, so the two sides take turns and their medians are divided. Both use the
same number of threads, which ``course bench`` sets before NumPy is loaded.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from course_lib import nn, optim, pytorch
from course_lib.experiments.timing import seconds_in_turn
from course_lib.experiments.unet import unet
from course_lib.ladder.climbing import RUNGS
from course_lib.ladder.reporting import threads
from course_lib.training import train_step
from course_lib.zoo.imagenet import untrained_squeezenet

BATCH = 100


@dataclass
class Pair:
    """One comparison: seconds of ours and of the other side, and the ratio that was the goal."""

    name: str
    ours: float
    other: float
    goal: str

    @property
    def ratio(self) -> float:
        """How many times as long as the other side ours takes."""
        return self.ours / self.other


def steps_against_torch(name: str, rounds: int = 30) -> tuple[float, float]:
    """One training step of a rung with Adam on a batch of 100: NumPy beside PyTorch eager, CPU."""
    import torch

    torch.set_num_threads(threads())
    rng = np.random.default_rng(0)
    x = rng.random((BATCH, 1, 28, 28), np.float32)
    y = rng.integers(0, 10, BATCH)
    model, _ = RUNGS[name].recipe(rng)
    module, tensors = pytorch.to_torch(model), (torch.tensor(x), torch.tensor(y))
    ours, theirs = optim.Adam(), torch.optim.Adam(module.parameters())
    loss = nn.CrossEntropyLoss()

    def torch_step() -> float:
        theirs.zero_grad()
        value = torch.nn.functional.cross_entropy(module(tensors[0]), tensors[1])
        value.backward()
        theirs.step()
        return value.item()

    return in_turns(lambda: train_step(model, x, y, loss, ours), torch_step, rounds)


def convolution_against_loops() -> tuple[float, float]:
    """The convolution of CS231n's notebook; the loops on two pictures, scaled to all hundred."""
    rng = np.random.default_rng(0)
    x, W = rng.normal(size=(100, 3, 31, 31)), rng.normal(size=(25, 3, 3, 3))
    b = rng.normal(size=25)
    ours, loops = in_turns(
        lambda: nn.conv2d(x, W, b, stride=2, padding=1),
        lambda: nn.conv2d_loops(x[:2], W, b, stride=2, padding=1),
        rounds=5,
    )
    return ours, loops * len(x) / 2


def convolution_against_torch(
    batch: int = BATCH, side: int = 28, rounds: int = 15
) -> tuple[tuple[float, float], tuple[float, float]]:
    """3 x 3 filters from 16 to 32 channels on ``batch`` pictures: forward, and backward."""
    import torch

    torch.set_num_threads(threads())
    rng = np.random.default_rng(0)
    x = rng.normal(size=(batch, 16, side, side)).astype(np.float32)
    W, b = rng.normal(size=(32, 16, 3, 3)).astype(np.float32), np.zeros(32, np.float32)
    grad = rng.normal(size=(batch, 32, side, side)).astype(np.float32)
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, W, b)]

    def torch_forward() -> torch.Tensor:
        return torch.nn.functional.conv2d(*tensors, padding=1)

    z, dz = torch_forward(), torch.tensor(grad)
    forward = in_turns(lambda: nn.conv2d(x, W, b, padding=1), torch_forward, rounds)
    backward = in_turns(
        lambda: nn.conv2d_backward(grad, x, W, padding=1),
        lambda: torch.autograd.grad(z, tensors, dz, retain_graph=True),
        rounds,
    )
    return forward, backward


def forward_against_torch(model: nn.Layer, shape: tuple[int, ...]) -> tuple[float, float]:
    """A network's answers to inputs of this shape, in evaluation mode."""
    import torch

    torch.set_num_threads(threads())
    x = np.random.default_rng(0).random(shape, np.float32)
    model, module, inputs = model.eval(), pytorch.to_torch(model).eval(), torch.tensor(x)

    def torch_forward() -> torch.Tensor:
        with torch.no_grad():
            return module(inputs)

    return in_turns(lambda: model(x), torch_forward, rounds=9)


def import_against_numpy() -> tuple[float, float]:
    """A Python that imports the reference beside one that imports NumPy alone."""

    def run(code: str) -> Callable:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    return in_turns(run("import course_lib.nn"), run("import numpy"), rounds=7)


def training_memory() -> int:
    """Peak memory, in bytes, of a fresh process that trains and tests cnn-dropout with NumPy."""
    code = (
        "import resource; from dataclasses import replace; from course_lib import data, ladder;"
        "d = data.mnist().join_validation();"
        "d = replace(d, X_train=d.X_train[:5000], y_train=d.y_train[:5000]);"
        "ladder.climb('cnn-dropout', data=d, epochs=1, progress=False);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout)


def in_turns(one: Callable, other: Callable, rounds: int) -> tuple[float, float]:
    """Median seconds of the two, run alternately; the first three turns warm up and don't count."""
    seconds = seconds_in_turn({"one": one, "other": other}, rounds, warm_up=3)
    return seconds["one"], seconds["other"]


def run() -> Iterator[Pair]:
    """All the comparisons, one after the other, as they are measured."""
    yield Pair("relu5 step / PyTorch", *steps_against_torch("relu5", 200), "at most 0.8 to 1.0")
    yield Pair("cnn-dropout step / PyTorch", *steps_against_torch("cnn-dropout"), "at most 2.0")
    forward, backward = convolution_against_torch()
    yield Pair("conv2d / PyTorch", *forward, "at most 1.3")
    yield Pair("conv2d_backward / PyTorch", *backward, "at most 1.3")
    for name, model, shape in (
        ("U-Net", unet(), (50, 1, 32, 32)),
        ("SqueezeNet", untrained_squeezenet(), (4, 3, 223, 223)),
    ):
        yield Pair(f"{name} forward / PyTorch", *forward_against_torch(model, shape), "at most 1.5")
    yield Pair("conv2d / seven loops", *convolution_against_loops(), "at most 0.002")
    yield Pair("import course_lib.nn / numpy", *import_against_numpy(), "at most 1.2")
