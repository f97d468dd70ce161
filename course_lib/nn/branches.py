"""Branches: several small networks see the same picture, and their channels are stacked.

This is what an Inception module, a fire module of SqueezeNet and a dense block have in common.
Sources: Szegedy et al. 2015, "Going deeper with convolutions"; Iandola et al. 2016, "SqueezeNet".
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_array, check_shape, checked
from course_lib.nn.container import Container
from course_lib.nn.layer import Layer


def concatenate(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Stack pictures along their channels.

    parts: (N, C_1, H, W), (N, C_2, H, W), ...  ->  (N, C_1 + C_2 + ..., H, W)

    ``ValueError`` if the parts differ in anything but their channels.
    """
    if len(parts) == 0:
        raise ValueError("concatenate: parts is empty, wanted at least one array")
    wanted: list[int | str] = ["N", "C", "H", "W"]
    for index, part in enumerate(parts):
        name = f"concatenate: parts[{index}]"
        check_shape(name, check_array(name, part), wanted)
        wanted = [len(part), "C", *part.shape[2:]]
    return np.concatenate(parts, axis=1)


@checked(grad="N C H W")
def concatenate_backward(grad: NDArray[Any], channels: Sequence[int]) -> list[NDArray[Any]]:
    """Each part's slice of the gradient, given how many ``channels`` each part has.

    grad: (N, C_1 + C_2 + ..., H, W)  ->  (N, C_1, H, W), (N, C_2, H, W), ...
    """
    if sum(channels) != grad.shape[1]:
        raise ValueError(
            f"concatenate_backward: channels is {list(channels)}, wanted numbers that add up to "
            f"the {grad.shape[1]} channels of grad"
        )
    return np.split(grad, np.cumsum(channels)[:-1], axis=1)


class Concatenate(Container):
    """Give the same x to every branch, and stack the channels of what they answer.

    x: (N, C, H, W)  ->  (N, C_1 + C_2 + ..., H', W'), where H' and W' are the same for all
    branches. A branch is a layer, so also a ``Sequential``.
    """

    def __init__(self, *branches: Layer) -> None:
        if not branches:
            raise ValueError("Concatenate: branches is empty, wanted at least one layer")
        super().__init__(*branches)

    def forward(self, x: NDArray[Any]) -> NDArray[Any]:
        parts = [branch.forward(x) for branch in self.layers]
        self.remember([part.shape[1] for part in parts])
        return concatenate(parts)

    def backward(self, grad: NDArray[Any]) -> NDArray[Any]:
        """dL/dx: x went to all branches, so it collects the sum of what comes back from each."""
        parts = concatenate_backward(grad, self.recall())
        answers = [branch.backward(part) for branch, part in zip(self.layers, parts, strict=True)]
        return np.sum(answers, axis=0)

    def backward_params(self, grad: NDArray[Any]) -> None:
        parts = concatenate_backward(grad, self.recall())
        for branch, part in zip(self.layers, parts, strict=True):
            branch.backward_params(part)
