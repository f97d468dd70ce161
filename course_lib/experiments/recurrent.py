"""Networks that read a sequence: a plain recurrent unit, a GRU, an LSTM, and how far they remember.

A unit is a pair of functions: ``step(x, state, *params)`` returns the next state, and
``step_backward`` takes the gradient by it and returns those by x, the state and the parameters.
The state is an array (N, H), or (N, 2H) for the LSTM, whose cell and output are kept side by side.
The GRU is the library's own. Source of the LSTM: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber
and Cummins 2000 (the forget gate).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from course_lib import nn
from course_lib.checks import RandomSource, as_generator, check_choice
from course_lib.nn.linear_layer import linear_backward_input, linear_backward_params


def rnn_step(x: NDArray, h: NDArray, W: NDArray, U: NDArray, b: NDArray) -> NDArray:
    """``tanh(x W + h U + b)``.  x: (N, D)  h: (N, H)  W: (D, H)  U: (H, H)  b: (H,)  ->  (N, H)"""
    return np.tanh(x @ W + h @ U + b)


def rnn_step_backward(
    grad: NDArray, x: NDArray, h: NDArray, W: NDArray, U: NDArray, b: NDArray
) -> tuple[NDArray, ...]:
    """Gradients by x, h, W, U and b, given ``grad`` (N, H) by the new state."""
    dz = grad * (1 - rnn_step(x, h, W, U, b) ** 2)
    (dW, db), (dU, _) = linear_backward_params(dz, x), linear_backward_params(dz, h)
    return linear_backward_input(dz, W), linear_backward_input(dz, U), dW, dU, db


def lstm_step(x: NDArray, state: NDArray, W: NDArray, U: NDArray, b: NDArray) -> NDArray:
    """One step of an LSTM: what it forgets, takes in and lets out are three gates.

    x: (N, D)  state: (N, 2H), the cell c beside the output h  ->  (N, 2H)
    W: (D, 4H)  U: (H, 4H)  b: (4H,), each in four parts, for i, f, g and o:

    - i, f, o: ``sigmoid(x W + h U + b)``, how much to take in, to keep and to let out
    - g: ``tanh(x W + h U + b)``, what would be taken in
    - ``c' = f * c + i * g`` and ``h' = o * tanh(c')``
    """
    i, f, g, o, c = lstm_gates(x, state, W, U, b)
    c = f * c + i * g
    return np.concatenate([c, o * np.tanh(c)], axis=1)


def lstm_step_backward(
    grad: NDArray, x: NDArray, state: NDArray, W: NDArray, U: NDArray, b: NDArray
) -> tuple[NDArray, ...]:
    """Gradients by x, state, W, U and b, given ``grad`` (N, 2H) by the new state."""
    i, f, g, o, c = lstm_gates(x, state, W, U, b)
    dc, dh = np.split(grad, 2, axis=1)
    squashed = np.tanh(f * c + i * g)
    dc = dc + dh * o * (1 - squashed**2)
    dz = np.concatenate(
        [
            dc * g * i * (1 - i),
            dc * c * f * (1 - f),
            dc * i * (1 - g**2),
            dh * squashed * o * (1 - o),
        ],
        axis=1,
    )
    h = state[:, state.shape[1] // 2 :]
    (dW, db), (dU, _) = linear_backward_params(dz, x), linear_backward_params(dz, h)
    dstate = np.concatenate([dc * f, linear_backward_input(dz, U)], axis=1)
    return linear_backward_input(dz, W), dstate, dW, dU, db


def lstm_gates(
    x: NDArray, state: NDArray, W: NDArray, U: NDArray, b: NDArray
) -> tuple[NDArray, ...]:
    """i, f, g, o and the cell before the step, each (N, H)."""
    c, h = np.split(state, 2, axis=1)
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    return nn.sigmoid(i), nn.sigmoid(f), np.tanh(g), nn.sigmoid(o), c


# The name of a unit: its step, the step back, how many parts its weights have
UNITS: dict[str, tuple[Callable, Callable, int]] = {
    "RNN": (rnn_step, rnn_step_backward, 1),
    "GRU": (nn.gru_cell, nn.gru_cell_backward, 3),
    "LSTM": (lstm_step, lstm_step_backward, 4),
}


class Recurrent(nn.Layer):
    """Reads a sequence (N, T, D) step by step and returns the last output (N, H).

    unit: "RNN", "GRU" or "LSTM"; ``params`` are W, U and b as in its step, and c for the GRU. They
    are drawn from PyTorch's range, between -1 / sqrt(H) and 1 / sqrt(H). keep: what is added at
    first to the biases of the gate that keeps the old state, z of the GRU and f of the LSTM; with 3
    it lets 95 % of the old state stay (Jozefowicz, Zaremba and Sutskever 2015 add 1).
    ``state_grads``, after ``backward``: the gradient by the state after each step, (T, N, H or 2H).
    """

    def __init__(
        self,
        unit: str,
        features: int,
        hidden: int,
        *,
        keep: float = 0.0,
        rng: RandomSource = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        self.unit, self.hidden = check_choice("unit", unit, UNITS), hidden
        parts, rng = UNITS[unit][2] * hidden, as_generator(rng)
        shapes: dict[str, Any] = {"W": (features, parts), "U": (hidden, parts), "b": parts}
        if unit == "GRU":
            shapes["c"] = parts
        limit = hidden**-0.5
        self.params = {
            name: rng.uniform(-limit, limit, shape).astype(dtype) for name, shape in shapes.items()
        }
        if parts > hidden:  # the second part is z of the GRU, and f of the LSTM
            self.params["b"][hidden : 2 * hidden] += keep

    def forward(self, x: NDArray) -> NDArray:
        step, width = UNITS[self.unit][0], self.hidden * (2 if self.unit == "LSTM" else 1)
        states = [np.zeros((len(x), width), x.dtype)]
        for t in range(x.shape[1]):
            states.append(step(x[:, t], states[-1], *self.params.values()))
        self.remember((x, states))
        return states[-1][:, -self.hidden :]

    def backward(self, grad: NDArray) -> NDArray:
        """Through time: the same parameters were used in each step, so their gradients add up."""
        x, states = self.recall()
        step_backward = UNITS[self.unit][1]
        state_grad = np.zeros_like(states[-1])
        state_grad[:, -self.hidden :] = grad
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        dx, self.state_grads = np.empty_like(x), np.empty((x.shape[1], *state_grad.shape), x.dtype)
        for t in reversed(range(x.shape[1])):
            self.state_grads[t] = state_grad
            dx[:, t], state_grad, *grads = step_backward(
                state_grad, x[:, t], states[t], *self.params.values()
            )
            for name, part in zip(self.grads, grads, strict=True):
                self.grads[name] += part
        return dx


def first_symbol(
    count: int, length: int, rng: RandomSource, symbols: int = 4
) -> tuple[NDArray, NDArray]:
    """A test of memory: sequences of random symbols, each labelled with its first one.

    Returns x (count, length, symbols) with a single 1 in every step, and the labels (count,).
    """
    drawn = as_generator(rng).integers(0, symbols, (count, length))
    return np.eye(symbols, dtype=np.float32)[drawn], drawn[:, 0]
