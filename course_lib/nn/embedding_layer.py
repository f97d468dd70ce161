"""Embedding: a learnt row of numbers for each word, or whatever else is counted through.

It is the product of a one-hot vector with W, without the multiplications by 0.
Source: Bengio, Ducharme, Vincent and Jauvin 2003.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib.checks import (
    RandomSource,
    as_generator,
    check_array,
    check_count,
    check_labels,
    check_shape,
    checked,
)
from course_lib.nn.layer import Layer


@checked(indices="...", W="V D")
def embedding(indices: NDArray, W: NDArray) -> NDArray:
    """The rows of W with these indices.

    indices: (N, ...) int in [0, V)  W: (V, D)  ->  (N, ..., D)
    """
    check_labels("embedding: indices", indices, len(W))
    return W[indices]


@checked(indices="...", W="V D")
def embedding_backward(grad: NDArray, indices: NDArray, W: NDArray) -> NDArray:
    """dL/dW (V, D), given ``grad`` (N, ..., D): a row collects from every place where it was used.

    Indices are no quantities that could move a little, so they have no gradient.
    """
    check_labels("embedding_backward: indices", indices, len(W))
    name = "embedding_backward: grad"
    check_shape(name, check_array(name, grad), (*indices.shape, W.shape[1]))
    dW = np.zeros(W.shape, grad.dtype)
    np.add.at(dW, indices, grad)  # dW[indices] += grad would count a repeated index once
    return dW


class Embedding(Layer):
    """Layer that applies ``embedding``, with ``params`` W (num_embeddings, embedding_dim).

    rng: a ``numpy.random.Generator`` or a seed for the weights, standard normal as in PyTorch.
    Its ``backward`` returns zeros: there is no way back through whole numbers.
    """

    @checked(num_embeddings=check_count, embedding_dim=check_count)
    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        *,
        rng: RandomSource = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        W = as_generator(rng).normal(size=(num_embeddings, embedding_dim))
        self.params = {"W": W.astype(dtype)}

    def forward(self, x: NDArray[Any]) -> NDArray[Any]:
        self.remember(x)
        return embedding(x, self.params["W"])

    def backward(self, grad: NDArray[Any]) -> NDArray[Any]:
        x = self.recall()
        self.grads["W"] = embedding_backward(grad, x, self.params["W"])
        return np.zeros(x.shape, grad.dtype)
