"""A model of this library as a ``torch.nn.Module`` with the same parameters, and back."""

from dataclasses import dataclass

import torch
from numpy.typing import NDArray

from course_lib.nn import Layer
from course_lib.pytorch.registry import counterpart


def to_torch(model: Layer) -> torch.nn.Module:
    """The equivalent ``torch.nn.Module``, with copies of the model's parameters and buffers.

    ``TypeError`` naming the layer, if it has no counterpart in PyTorch.
    """
    module = counterpart(model, "model has").make(model)
    for array, tensor in pairs(model, module):
        tensor.data = torch.from_numpy(array.copy())
    return module.train(model.training)


def from_torch(module: torch.nn.Module, model: Layer) -> Layer:
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


def pairs(model: Layer, module: torch.nn.Module) -> list[tuple[NDArray, torch.Tensor]]:
    """(array, tensor) of every parameter and buffer; a fully connected W as its transpose."""
    return [(link.turned(link.array), link.tensor) for link in links(model, module)]


@dataclass(frozen=True)
class Link:
    """An array of the model and the tensor that stands for it.

    learnt: whether it is a parameter, not a buffer. transposed: whether PyTorch holds it the other
    way round.
    """

    array: NDArray
    tensor: torch.Tensor
    learnt: bool
    transposed: bool

    def turned(self, array: NDArray) -> NDArray:
        """An array that is laid out like one of the two, as a view laid out like the other."""
        return array.T if self.transposed else array


def links(model: Layer, module: torch.nn.Module) -> list[Link]:
    """A ``Link`` for every parameter and buffer, layer by layer.

    ``ValueError`` if the module is not made like the model.
    """
    if getattr(model, "layers", ()):
        children = list(module.children())
        if len(children) != len(model.layers):
            raise ValueError(f"module has {len(children)} layers, wanted {len(model.layers)}")
        parts = zip(model.layers, children, strict=True)
        return [link for layer, child in parts for link in links(layer, child)]
    entry, result = counterpart(model, "model has"), []
    for name, array in {**model.params, **model.buffers}.items():
        tensor = getattr(module, entry.names.get(name, name), None)
        if tensor is None:
            raise ValueError(
                f"module has a {type(module).__name__}, wanted the counterpart of "
                f"{type(model).__name__}"
            )
        result.append(Link(array, tensor, name in model.params, name in entry.transposed))
    return result
