"""The gated recurrent unit: a memory of a sequence, of which each step keeps a part.

This is the variant of PyTorch and cuDNN: the reset gate acts after the matrix, and the update gate
z says how much of the *old* state stays (in the first paper: of the new one).
Source: Cho et al. 2014; Chung, Gulcehre, Cho and Bengio 2014.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_shape, checked
from course_lib.nn.activations import sigmoid, tanh
from course_lib.nn.linear_layer import (
    linear,
    linear_backward_input,
    linear_backward_params,
)


@checked(x="N D", h="N H", W="D H3", U="H H3", b="H3", c="H3")
def gru_cell(x: NDArray, h: NDArray, W: NDArray, U: NDArray, b: NDArray, c: NDArray) -> NDArray:
    """The state after one step of a sequence.

    x: (N, D), the input of this step  h: (N, H), the state before it  ->  (N, H)
    W: (D, 3H)  U: (H, 3H)  b, c: (3H,), each in three parts, for r, z and n:

    - ``r = sigmoid(x W_r + b_r + h U_r + c_r)``, the reset gate
    - ``z = sigmoid(x W_z + b_z + h U_z + c_z)``, the update gate
    - ``n = tanh(x W_n + b_n + r * (h U_n + c_n))``, what would be new
    - ``(1 - z) * n + z * h``

    PyTorch's ``weight_ih`` and ``weight_hh`` are the transposes of W and U.
    """
    _, z, n, _ = gates(x, h, W, U, b, c)
    return (1 - z) * n + z * h


@checked(grad="N H", x="N D", h="N H", W="D H3", U="H H3", b="H3", c="H3")
def gru_cell_backward(
    grad: NDArray,
    x: NDArray,
    h: NDArray,
    W: NDArray,
    U: NDArray,
    b: NDArray,
    c: NDArray,
) -> tuple[NDArray, NDArray, NDArray, NDArray, NDArray, NDArray]:
    """Gradients of a loss through ``gru_cell``, given ``grad`` (N, H), dL by the new state.

    Returns dL/dx (N, D), dL/dh (N, H), dL/dW (D, 3H), dL/dU (H, 3H), dL/db and dL/dc (3H,).
    """
    r, z, n, from_h = gates(x, h, W, U, b, c)
    dn = grad * (1 - z) * (1 - n**2)  # by what stands inside the tanh
    dz = grad * (h - n) * z * (1 - z)  # and inside the sigmoids
    dr = dn * from_h * r * (1 - r)
    d_x = np.concatenate([dr, dz, dn], axis=1)  # by x W + b
    d_h = np.concatenate([dr, dz, dn * r], axis=1)  # by h U + c
    (dW, db), (dU, dc) = linear_backward_params(d_x, x), linear_backward_params(d_h, h)
    return (
        linear_backward_input(d_x, W),
        linear_backward_input(d_h, U) + grad * z,
        *(dW, dU, db, dc),
    )


def gates(
    x: NDArray, h: NDArray, W: NDArray, U: NDArray, b: NDArray, c: NDArray
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """r, z and n of ``gru_cell``, and ``h U_n + c_n``, each (N, H)."""
    check_shape("gru_cell: W", W, (x.shape[1], 3 * h.shape[1]))
    x_r, x_z, x_n = np.split(linear(x, W, b), 3, axis=1)
    h_r, h_z, h_n = np.split(linear(h, U, c), 3, axis=1)
    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    return r, z, tanh(x_n + r * h_n), h_n
