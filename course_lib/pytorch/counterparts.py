"""The counterparts of this library's own layers, losses and optimizers."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib import nn, optim
from course_lib.nn.windows import padding_amounts
from course_lib.optim import Optimizer
from course_lib.pytorch.convert import to_torch
from course_lib.pytorch.registry import register

F = torch.nn.functional


class SameConv2d(torch.nn.Conv2d):
    """A convolution with our padding "same", which PyTorch has for stride 1 only."""

    def forward(self, x: Tensor) -> Tensor:
        amounts: list[int] = []
        for axis in (3, 2):  # torch.nn.functional.pad starts from the last axis
            amounts += padding_amounts(
                x.shape[axis], self.kernel_size[axis - 2], self.stride[0], "same"
            )
        return super().forward(F.pad(x, amounts))


def _conv2d(layer: nn.Conv2d) -> torch.nn.Module:
    K, C, *window = layer.params["W"].shape
    if layer.padding == "same":
        return SameConv2d(C, K, window, layer.stride)
    return torch.nn.Conv2d(C, K, window, layer.stride, layer.padding)


def _batch_norm(kind: type[torch.nn.Module]) -> Callable:
    return lambda layer: kind(len(layer.params["gamma"]), layer.eps, layer.momentum)


# PyTorch's fully connected weights are (out, in), ours (in, out).
WEIGHTS = {"W": "weight", "b": "bias"}
NORM = {
    "gamma": "weight",
    "beta": "bias",
    "running_mean": "running_mean",
    "running_var": "running_var",
}
register(nn.Sequential, lambda layer: torch.nn.Sequential(*map(to_torch, layer.layers)))
register(
    nn.Linear,
    lambda layer: torch.nn.Linear(*layer.params["W"].shape),
    names=WEIGHTS,
    transposed=("W",),
)
register(nn.Conv2d, _conv2d, names=WEIGHTS)
register(nn.BatchNorm1d, _batch_norm(torch.nn.BatchNorm1d), names=NORM)
register(nn.BatchNorm2d, _batch_norm(torch.nn.BatchNorm2d), names=NORM)
register(nn.MaxPool2d, lambda layer: torch.nn.MaxPool2d(layer.size, layer.stride))
register(nn.AvgPool2d, lambda layer: torch.nn.AvgPool2d(layer.size, layer.stride))
register(nn.Dropout, lambda layer: torch.nn.Dropout(layer.p))
register(nn.Flatten, lambda layer: torch.nn.Flatten())
register(nn.Sigmoid, lambda layer: torch.nn.Sigmoid())
register(nn.Tanh, lambda layer: torch.nn.Tanh())
register(nn.ReLU, lambda layer: torch.nn.ReLU())
register(nn.LeakyReLU, lambda layer: torch.nn.LeakyReLU(layer.slope))


def _hinge(loss: nn.HingeLoss) -> Callable[[Tensor, Tensor], Tensor]:
    def hinge(scores: Tensor, labels: Tensor) -> Tensor:  # PyTorch's divides by the classes
        return F.multi_margin_loss(scores, labels, margin=margin) * scores.shape[1]

    margin = loss.options["margin"]
    return hinge


register(nn.CrossEntropyLoss, lambda loss: F.cross_entropy)
register(nn.MSELoss, lambda loss: F.mse_loss)
register(nn.L1Loss, lambda loss: F.l1_loss)
register(nn.BCELoss, lambda loss: F.binary_cross_entropy)
register(nn.HingeLoss, _hinge)


def _optimizer(rule: type[torch.optim.Optimizer], *options: str, fused: bool = False) -> Callable:
    """Make PyTorch's ``rule`` with our options; ``fused``: it has a single kernel on a GPU."""

    def make(optimizer: Optimizer, tensors: list[Tensor]) -> torch.optim.Optimizer:
        values = {name: getattr(optimizer, name) for name in ("lr", "weight_decay", *options)}
        if fused and tensors[0].is_cuda:
            values["fused"] = True
        return rule(tensors, **values)

    return make


ADAM = {"m": "exp_avg", "v": "exp_avg_sq"}
register(
    optim.SGD,
    _optimizer(torch.optim.SGD, "momentum", "nesterov", fused=True),
    names={"v": "momentum_buffer"},
)
register(optim.Adagrad, _optimizer(torch.optim.Adagrad, "eps"), names={"s": "sum"})
register(optim.RMSprop, _optimizer(torch.optim.RMSprop, "alpha", "eps"), names={"s": "square_avg"})
register(
    optim.Adadelta,
    _optimizer(torch.optim.Adadelta, "rho", "eps"),
    names={"s": "square_avg", "u": "acc_delta"},
)
register(optim.Adam, _optimizer(torch.optim.Adam, "betas", "eps", fused=True), names=ADAM)
register(optim.AdamW, _optimizer(torch.optim.AdamW, "betas", "eps", fused=True), names=ADAM)
