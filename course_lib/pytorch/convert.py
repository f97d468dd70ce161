"""A model of this library as a ``torch.nn.Module`` with the same parameters, and back."""

import torch

from course_lib import nn
from course_lib.nn.windows import padding_amounts


class SameConv2d(torch.nn.Conv2d):
    """A convolution with our padding "same", which PyTorch has for stride 1 only."""

    def forward(self, x):
        amounts = []
        for axis in (3, 2):  # torch.nn.functional.pad starts from the last axis
            amounts += padding_amounts(
                x.shape[axis], self.kernel_size[axis - 2], self.stride[0], "same"
            )
        return super().forward(torch.nn.functional.pad(x, amounts))


class Concatenate(torch.nn.ModuleList):
    """Every branch's answer to the same x, their channels stacked."""

    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


class GlobalAvgPool2d(torch.nn.Module):
    """The mean of every channel."""

    def forward(self, x):
        return x.mean(dim=(2, 3))


def _conv2d(layer):
    K, C, *window = layer.params["W"].shape
    if layer.padding == "same":
        return SameConv2d(C, K, window, layer.stride)
    return torch.nn.Conv2d(C, K, window, layer.stride, layer.padding)


def _batch_norm(kind):
    return lambda layer: kind(len(layer.params["gamma"]), layer.eps, layer.momentum)


MODULES = {
    nn.Sequential: lambda layer: torch.nn.Sequential(*map(_module, layer.layers)),
    nn.Concatenate: lambda layer: Concatenate(map(_module, layer.layers)),
    nn.Linear: lambda layer: torch.nn.Linear(*layer.params["W"].shape),
    nn.Conv2d: _conv2d,
    nn.BatchNorm1d: _batch_norm(torch.nn.BatchNorm1d),
    nn.BatchNorm2d: _batch_norm(torch.nn.BatchNorm2d),
    nn.MaxPool2d: lambda layer: torch.nn.MaxPool2d(layer.size, layer.stride),
    nn.AvgPool2d: lambda layer: torch.nn.AvgPool2d(layer.size, layer.stride),
    nn.GlobalAvgPool2d: lambda layer: GlobalAvgPool2d(),
    nn.Dropout: lambda layer: torch.nn.Dropout(layer.p),
    nn.Flatten: lambda layer: torch.nn.Flatten(),
    nn.Sigmoid: lambda layer: torch.nn.Sigmoid(),
    nn.Tanh: lambda layer: torch.nn.Tanh(),
    nn.ReLU: lambda layer: torch.nn.ReLU(),
    nn.LeakyReLU: lambda layer: torch.nn.LeakyReLU(layer.slope),
}

# Our names of arrays, and PyTorch's. Its fully connected weights are (out, in), ours (in, out).
NAMES = {
    "W": "weight",
    "b": "bias",
    "gamma": "weight",
    "beta": "bias",
    "running_mean": "running_mean",
    "running_var": "running_var",
}


def to_torch(model):
    """The equivalent ``torch.nn.Module``, with copies of the model's parameters and buffers.

    ``TypeError`` naming the layer, if it has no counterpart in PyTorch.
    """
    module = _module(model)
    for array, tensor in pairs(model, module):
        tensor.data = torch.from_numpy(array.copy())
    return module.train(model.training)


def from_torch(module, model):
    """Copy the module's parameters and buffers into ``model``, in place; returns the model.

    ``ValueError`` if the module is not shaped like the model.
    """
    matched = pairs(model, module)
    for array, tensor in matched:
        if array.shape != tuple(tensor.shape):
            raise ValueError(
                f"from_torch: module has a tensor of shape {tuple(tensor.shape)}, "
                f"wanted {array.shape}"
            )
    for array, tensor in matched:
        array[...] = tensor.detach().cpu().numpy()
    return model


def _module(layer):
    if type(layer) not in MODULES:
        raise TypeError(f"model has a {type(layer).__name__}, which has no counterpart in PyTorch")
    return MODULES[type(layer)](layer)


def pairs(model, module):
    """(array, tensor) of every parameter and buffer; a fully connected W as its transpose."""
    if isinstance(model, nn.Sequential | nn.Concatenate):
        children = list(module.children())
        if len(children) != len(model.layers):
            raise ValueError(f"module has {len(children)} layers, wanted {len(model.layers)}")
        parts = zip(model.layers, children, strict=True)
        return [pair for layer, child in parts for pair in pairs(layer, child)]
    found = []
    for name, array in {**model.params, **model.buffers}.items():
        tensor = getattr(module, NAMES[name], None)
        if tensor is None:
            raise ValueError(
                f"module has a {type(module).__name__}, wanted the counterpart of "
                f"{type(model).__name__}"
            )
        found.append((array.T if isinstance(model, nn.Linear) else array, tensor))
    return found
