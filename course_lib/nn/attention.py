"""Attention: every query looks at all keys, and takes the mean of their values, weighted by fit.

The root keeps the scores at variance 1 when the entries of queries and keys have it, however large
d is: a softmax of larger scores would look at one key alone and hardly learn.
Source: Vaswani et al. 2017, "Attention is all you need".
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_count, check_dtype, checked
from course_lib.nn.activations import softmax, softmax_backward


@checked(Q="N T d", K="N S d", V="N S e")
def scaled_dot_product_attention(
    Q: NDArray, K: NDArray, V: NDArray, mask: NDArray | None = None
) -> NDArray:
    """``softmax(Q K^T / sqrt(d)) V``, for each sequence of the batch.

    Q: (N, T, d)  K: (N, S, d)  V: (N, S, e)  ->  (N, T, e)
    mask: (T, S) or (N, T, S) bool, True where a query may look; None: everywhere. ``ValueError`` if
    it leaves a query nothing to look at.
    """
    return attention_weights(Q, K, mask) @ V


@checked(grad="N T e", Q="N T d", K="N S d", V="N S e")
def scaled_dot_product_attention_backward(
    grad: NDArray, Q: NDArray, K: NDArray, V: NDArray, mask: NDArray | None = None
) -> tuple[NDArray, NDArray, NDArray]:
    """Gradients of a loss through the attention, given ``grad`` (N, T, e).

    Returns dL/dQ (N, T, d), dL/dK (N, S, d), dL/dV (N, S, e).
    """
    scores, root = attention_scores(Q, K, mask), Q.shape[-1] ** 0.5
    dscores = softmax_backward(grad @ V.swapaxes(1, 2), scores) / root
    dV = softmax(scores).swapaxes(1, 2) @ grad
    return dscores @ K, dscores.swapaxes(1, 2) @ Q, dV


@checked(Q="N T d", K="N S d")
def attention_weights(Q: NDArray, K: NDArray, mask: NDArray | None = None) -> NDArray:
    """How much each query takes of each key's value: (N, T, S), every row adding up to 1."""
    return softmax(attention_scores(Q, K, mask))


def attention_scores(Q: NDArray, K: NDArray, mask: NDArray | None = None) -> NDArray:
    """``Q K^T / sqrt(d)`` (N, T, S), and minus infinity where the mask is False."""
    scores = Q @ K.swapaxes(1, 2) / Q.shape[-1] ** 0.5
    if mask is None:
        return scores
    check_mask(mask, scores.shape)
    return np.where(mask, scores, -np.inf)


def check_mask(mask: NDArray, shape: tuple[int, ...]) -> None:
    """``TypeError`` unless the mask is bool, ``ValueError`` for a wrong shape or a row of False."""
    check_dtype("mask", mask, np.bool_, "bool: True where a query may look")
    if mask.shape not in (shape, shape[1:]):
        raise ValueError(f"mask has shape {mask.shape}, wanted {shape[1:]} or {shape}")
    hidden = np.argwhere(~mask.any(axis=-1))
    if len(hidden):
        raise ValueError(
            f"mask hides everything from query {hidden[0][-1]}, wanted at least one key for each"
        )


@checked(length=check_count)
def causal_mask(length: int) -> NDArray[np.bool_]:
    """(length, length) bool: each place of a sequence sees itself and what came before it."""
    return np.tri(length, dtype=bool)
