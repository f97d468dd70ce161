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


class Concatenate(torch.nn.ModuleList):
    """What every branch answers to the same x, their channels stacked."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([branch(x) for branch in self], dim=1)


class GlobalAvgPool2d(torch.nn.Module):
    """The mean of every channel."""

    def forward(self, x: Tensor) -> Tensor:
        return x.mean(dim=(2, 3))


class Residual(torch.nn.ModuleList):
    """What the body answers, plus x itself or what the shortcut answers."""

    def forward(self, x: Tensor) -> Tensor:
        body, *shortcut = self
        return body(x) + (shortcut[0](x) if shortcut else x)


class Embedding(torch.nn.Embedding):
    """A row for each index; the engine hands over all that goes in as the model's own dtype."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.long())


def _conv2d(layer: nn.Conv2d) -> torch.nn.Module:
    kind = SameConv2d if layer.padding == "same" else torch.nn.Conv2d
    return kind(
        layer.in_channels,
        layer.out_channels,
        layer.params["W"].shape[2:],
        layer.stride,
        0 if layer.padding == "same" else layer.padding,
        groups=layer.groups,
        bias=layer.bias,
    )


def _conv_transpose2d(layer: nn.ConvTranspose2d) -> torch.nn.Module:
    C, K, *window = layer.params["W"].shape
    return torch.nn.ConvTranspose2d(C, K, window, layer.stride, layer.padding)


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
register(nn.Concatenate, lambda layer: Concatenate(map(to_torch, layer.layers)))
register(nn.Residual, lambda layer: Residual(map(to_torch, layer.layers)))
register(
    nn.Linear,
    lambda layer: torch.nn.Linear(*layer.params["W"].shape),
    names=WEIGHTS,
    transposed=("W",),
)
register(nn.Conv2d, _conv2d, names=WEIGHTS)
register(nn.BatchNorm1d, _batch_norm(torch.nn.BatchNorm1d), names=NORM)
register(nn.BatchNorm2d, _batch_norm(torch.nn.BatchNorm2d), names=NORM)
register(nn.ConvTranspose2d, _conv_transpose2d, names=WEIGHTS)
register(
    nn.LayerNorm,
    lambda layer: torch.nn.LayerNorm(layer.features, layer.eps),
    names=NORM,
)
register(nn.Embedding, lambda layer: Embedding(*layer.params["W"].shape), names=WEIGHTS)
register(nn.MaxPool2d, lambda layer: torch.nn.MaxPool2d(layer.size, layer.stride, layer.padding))
register(nn.Upsample2d, lambda layer: torch.nn.Upsample(scale_factor=layer.scale))
register(nn.AvgPool2d, lambda layer: torch.nn.AvgPool2d(layer.size, layer.stride))
register(nn.GlobalAvgPool2d, lambda layer: GlobalAvgPool2d())
register(nn.Dropout, lambda layer: torch.nn.Dropout(layer.p))
register(nn.Flatten, lambda layer: torch.nn.Flatten())
register(nn.Sigmoid, lambda layer: torch.nn.Sigmoid())
register(nn.Tanh, lambda layer: torch.nn.Tanh())
register(nn.ReLU, lambda layer: torch.nn.ReLU())
register(nn.GELU, lambda layer: torch.nn.GELU())
register(nn.LeakyReLU, lambda layer: torch.nn.LeakyReLU(layer.slope))


def _hinge(loss: nn.HingeLoss) -> Callable[[Tensor, Tensor], Tensor]:
    def hinge(scores: Tensor, labels: Tensor) -> Tensor:  # PyTorch's divides by the classes
        return F.multi_margin_loss(scores, labels, margin=margin) * scores.shape[1]

    margin = loss.options["margin"]
    return hinge


def _dice(loss: nn.DiceLoss) -> Callable[[Tensor, Tensor], Tensor]:
    def dice(logits: Tensor, y: Tensor) -> Tensor:
        p = torch.sigmoid(logits)
        return 1 - (2 * (p * y).sum() + smooth) / (p.sum() + y.sum() + smooth)

    smooth = loss.options["smooth"]
    return dice


register(nn.CrossEntropyLoss, lambda loss: F.cross_entropy)
register(nn.MSELoss, lambda loss: F.mse_loss)
register(nn.L1Loss, lambda loss: F.l1_loss)
register(nn.BCELoss, lambda loss: F.binary_cross_entropy)
register(nn.BCEWithLogitsLoss, lambda loss: F.binary_cross_entropy_with_logits)
register(nn.DiceLoss, _dice)
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
