"""Optimizers: how a gradient becomes a step. Rules and defaults are PyTorch's.

``step(params, grads)`` takes lists of arrays of the same shapes, in the same order every time, and
changes the parameters in place. ``lr`` may be changed between steps: that is what a schedule does.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import (
    check_not_negative,
    check_number,
    check_positive,
    check_shape,
    check_share,
    checked,
)


class Optimizer:
    """What all share: one memory per parameter, zero at first, and one loop over the parameters.

    An optimizer of one's own is a subclass that names the arrays that it remembers of each
    parameter in ``memory``, and has a method ``update(w, g, *memory)``, which changes the parameter
    w and those arrays in place, given the gradient g; all have the same shape. ``lr`` is the
    learning rate, ``t`` the number of the step, 1 in the first.

    >>> class SignDescent(Optimizer):
    ...     '''Steps of one size, ``w -= lr * sign(v)``, along a running mean v of gradients.'''
    ...
    ...     memory = ("v",)
    ...
    ...     def update(self, w, g, v):
    ...         v += 0.1 * (self.decayed(w, g) - v)
    ...         w -= self.lr * np.sign(v)
    """

    memory: tuple[str, ...] = ()

    @checked(lr=check_positive, weight_decay=check_not_negative)
    def __init__(self, lr: float, weight_decay: float = 0.0) -> None:
        self.lr, self.weight_decay = lr, weight_decay
        self.reset()

    def reset(self) -> None:
        """Forget all steps: the next one is the first, of this model or of another."""
        self.t = 0
        self.memories: list[list[NDArray]] | None = None
        self.shapes: list[tuple[int, ...]] | None = None

    def step(self, params: Sequence[NDArray], grads: Sequence[NDArray]) -> None:
        """Change every array of ``params`` in place, given its gradient in ``grads``.

        ``ValueError`` for gradients that do not fit and for the parameters of another model,
        ``TypeError`` for dicts; nothing has moved then.
        """
        if isinstance(params, dict) or isinstance(grads, dict):
            raise TypeError("params or grads is a dict, wanted lists: list(model.params.values())")
        if len(params) != len(grads):
            raise ValueError(
                f"grads has {len(grads)} arrays, wanted {len(params)}: one per parameter"
            )
        memories = self.prepare(params)
        for index, (w, g) in enumerate(zip(params, grads, strict=True)):
            check_shape(f"grads[{index}]", g, w.shape)
        self.t += 1
        for w, g, memory in zip(params, grads, memories, strict=True):
            self.update(w, g, *memory)

    def prepare(self, params: Sequence[NDArray]) -> list[list[NDArray]]:
        """The memory of these parameters, made before the first step.

        ``ValueError`` if it is that of others.
        """
        if self.t == 0 or self.memories is None:
            self.memories = [[np.zeros_like(w) for _ in self.memory] for w in params]
            self.shapes = [w.shape for w in params]
        if [w.shape for w in params] != self.shapes:
            raise ValueError(
                "params has other arrays than in the first step, which this"
                f" {type(self).__name__} remembers: wanted a new optimizer for another model"
            )
        return self.memories

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Change one parameter w and its memory in place, given its gradient g."""
        raise NotImplementedError(
            f"{type(self).__name__} has no update(w, g, *memory), which an optimizer needs"
        )

    def decayed(self, w: NDArray, g: NDArray) -> NDArray:
        """The gradient with that of the L2 penalty ``weight_decay / 2 * |w|**2`` added."""
        return g + self.weight_decay * w if self.weight_decay else g


class SGD(Optimizer):
    """Gradient descent, with momentum if wanted: ``v = momentum * v + g``, ``w -= lr * v``.

    lr: learning rate, > 0; momentum: share of the last velocity that is kept, in [0, 1);
    nesterov: look one step ahead, ``w -= lr * (g + momentum * v)``; weight_decay: of an L2 penalty.
    Sources: Polyak 1964 (momentum); Nesterov 1983 and Sutskever et al. 2013 (looking ahead).
    """

    memory = ("v",)

    @checked(momentum=check_share)
    def __init__(
        self,
        lr: float,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(lr, weight_decay)
        if nesterov:
            wanted = "more than 0 with nesterov"
            check_number("SGD: momentum", momentum, lambda share: share > 0, wanted)
        self.momentum, self.nesterov = momentum, nesterov

    def update(self, w: NDArray, g: NDArray, v: NDArray) -> None:
        g = self.decayed(w, g)
        if self.momentum:
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        w -= self.lr * g


class Adagrad(Optimizer):
    """Divide each weight's step by the root of all its squared gradients so far.

    ``s += g**2``, ``w -= lr * g / (sqrt(s) + eps)``.  Source: Duchi, Hazan and Singer 2011.
    """

    memory = ("s",)

    @checked(eps=check_positive)
    def __init__(self, lr: float = 0.01, weight_decay: float = 0.0, eps: float = 1e-10) -> None:
        super().__init__(lr, weight_decay)
        self.eps = eps

    def update(self, w: NDArray, g: NDArray, s: NDArray) -> None:
        g = self.decayed(w, g)
        s += g**2
        w -= self.lr * g / (np.sqrt(s) + self.eps)


class RMSprop(Optimizer):
    """Adagrad that forgets: a running mean of the squared gradients instead of their sum.

    ``s = alpha * s + (1 - alpha) * g**2``, ``w -= lr * g / (sqrt(s) + eps)``.
    Source: Tieleman and Hinton 2012 (lecture 6.5 of Neural Networks for Machine Learning).
    """

    memory = ("s",)

    @checked(alpha=check_share, eps=check_positive)
    def __init__(
        self, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8, weight_decay: float = 0.0
    ) -> None:
        super().__init__(lr, weight_decay)
        self.alpha, self.eps = alpha, eps

    def update(self, w: NDArray, g: NDArray, s: NDArray) -> None:
        g = self.decayed(w, g)
        s *= self.alpha
        s += (1 - self.alpha) * g**2
        w -= self.lr * g / (np.sqrt(s) + self.eps)


class Adadelta(Optimizer):
    """RMSprop whose rate comes from the size of the last steps, so that units match.

    ``s = rho * s + (1 - rho) * g**2``, ``d = g * sqrt(u + eps) / sqrt(s + eps)``,
    ``u = rho * u + (1 - rho) * d**2``, ``w -= lr * d``.  Source: Zeiler 2012.
    """

    memory = ("s", "u")

    @checked(rho=check_share, eps=check_positive)
    def __init__(
        self, lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6, weight_decay: float = 0.0
    ) -> None:
        super().__init__(lr, weight_decay)
        self.rho, self.eps = rho, eps

    def update(self, w: NDArray, g: NDArray, s: NDArray, u: NDArray) -> None:
        g = self.decayed(w, g)
        s *= self.rho
        s += (1 - self.rho) * g**2
        d = g * np.sqrt(u + self.eps) / np.sqrt(s + self.eps)
        u *= self.rho
        u += (1 - self.rho) * d**2
        w -= self.lr * d


def check_two_shares(name: str, value: Any) -> Any:
    """A pair of numbers in [0, 1)."""
    if len(value) != 2:
        raise ValueError(f"{name} is {value}, wanted two shares")
    for index, share in enumerate(value):
        check_share(f"{name}[{index}]", share)
    return value


class Adam(Optimizer):
    """Momentum over RMSprop, both corrected for starting at zero.

    ``m = b1 * m + (1 - b1) * g``, ``v = b2 * v + (1 - b2) * g**2``, then with
    ``m_hat = m / (1 - b1**t)`` and ``v_hat = v / (1 - b2**t)``:
    ``w -= lr * m_hat / (sqrt(v_hat) + eps)``.  Source: Kingma and Ba 2015.
    """

    memory = ("m", "v")

    @checked(betas=check_two_shares, eps=check_positive)
    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(lr, weight_decay)
        self.betas, self.eps = tuple(betas), eps

    def update(self, w: NDArray, g: NDArray, m: NDArray, v: NDArray) -> None:
        b1, b2 = self.betas
        g = self.decayed(w, g)
        m *= b1
        m += (1 - b1) * g
        v *= b2
        v += (1 - b2) * g**2
        m_hat, v_hat = m / (1 - b1**self.t), v / (1 - b2**self.t)
        w -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)


class AdamW(Adam):
    """Adam with the decay taken off the weights themselves: first ``w -= lr * weight_decay * w``.

    Inside the gradient, as in ``Adam``, a penalty would be rescaled like the rest of it.
    Source: Loshchilov and Hutter 2019.
    """

    def __init__(
        self,
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(lr, betas, eps, weight_decay)

    def update(self, w: NDArray, g: NDArray, m: NDArray, v: NDArray) -> None:
        w *= 1 - self.lr * self.weight_decay
        super().update(w, g, m, v)

    def decayed(self, w: NDArray, g: NDArray) -> NDArray:
        return g
