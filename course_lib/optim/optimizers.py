"""Optimizers: how a gradient becomes a step. Rules and defaults are PyTorch's.

``step(params, grads)`` takes lists of arrays of the same shapes, in the same order every time, and
changes the parameters in place. ``lr`` may be changed between steps: that is what a schedule does.
"""

import numpy as np

from course_lib.optim.checks import check, positive, share


class Optimizer:
    """What all share: one memory per parameter, zero at first, and one loop over the parameters.

    An heir names the arrays it remembers in ``memory`` and changes them and ``w`` in place in
    ``update(w, g, *memory)``. ``t`` counts the steps, from 1 in the first.
    """

    memory: tuple[str, ...] = ()

    def __init__(self, lr, weight_decay=0.0):
        self.lr = check("lr", lr, lr > 0, "a number greater than 0")
        self.weight_decay = check("weight_decay", weight_decay, weight_decay >= 0, "0 or more")
        self.t = 0
        self.memories = self.shapes = None

    def step(self, params, grads):
        """Change every array of ``params`` in place, given its gradient in ``grads``."""
        if isinstance(params, dict) or isinstance(grads, dict):
            raise TypeError("params or grads is a dict, wanted lists: list(model.params.values())")
        if len(params) != len(grads):
            raise ValueError(
                f"grads has {len(grads)} arrays, wanted {len(params)}: one per parameter"
            )
        self.prepare(params)
        for place, (w, g) in enumerate(zip(params, grads, strict=True)):
            if w.shape != g.shape:
                raise ValueError(f"grads[{place}] has shape {g.shape}, wanted {w.shape}")
        self.t += 1
        for w, g, memory in zip(params, grads, self.memories, strict=True):
            self.update(w, g, *memory)

    def prepare(self, params):
        """Make the memory for these parameters before the first step; ``step`` begins with it.

        ``ValueError`` if after it they have other shapes.
        """
        if self.t == 0:
            self.memories = [[np.zeros_like(w) for _ in self.memory] for w in params]
            self.shapes = [w.shape for w in params]
        if [w.shape for w in params] != self.shapes:
            raise ValueError(
                "params has other arrays than in the first step, which this"
                f" {type(self).__name__} remembers: wanted a new optimizer for another model"
            )

    def decayed(self, w, g):
        """The gradient with that of the L2 penalty ``weight_decay / 2 * |w|**2`` added."""
        return g + self.weight_decay * w if self.weight_decay else g


class SGD(Optimizer):
    """Gradient descent, with momentum if wanted: ``v = momentum * v + g``, ``w -= lr * v``.

    lr: learning rate, > 0; momentum: share of the last velocity that is kept, in [0, 1);
    nesterov: look one step ahead, ``w -= lr * (g + momentum * v)``; weight_decay: of an L2 penalty.
    Sources: Polyak 1964 (momentum); Nesterov 1983 and Sutskever et al. 2013 (looking ahead).
    """

    memory = ("v",)

    def __init__(self, lr, momentum=0.0, nesterov=False, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.momentum = share("momentum", momentum)
        check("momentum", momentum, momentum > 0 or not nesterov, "more than 0 with nesterov")
        self.nesterov = nesterov

    def update(self, w, g, v):
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

    def __init__(self, lr=0.01, weight_decay=0.0, eps=1e-10):
        super().__init__(lr, weight_decay)
        self.eps = positive("eps", eps)

    def update(self, w, g, s):
        g = self.decayed(w, g)
        s += g**2
        w -= self.lr * g / (np.sqrt(s) + self.eps)


class RMSprop(Optimizer):
    """Adagrad that forgets: a running mean of the squared gradients instead of their sum.

    ``s = alpha * s + (1 - alpha) * g**2``, ``w -= lr * g / (sqrt(s) + eps)``.
    Source: Tieleman and Hinton 2012 (lecture 6.5 of Neural Networks for Machine Learning).
    """

    memory = ("s",)

    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.alpha = share("alpha", alpha)
        self.eps = positive("eps", eps)

    def update(self, w, g, s):
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

    def __init__(self, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.rho = share("rho", rho)
        self.eps = positive("eps", eps)

    def update(self, w, g, s, u):
        g = self.decayed(w, g)
        s *= self.rho
        s += (1 - self.rho) * g**2
        d = g * np.sqrt(u + self.eps) / np.sqrt(s + self.eps)
        u *= self.rho
        u += (1 - self.rho) * d**2
        w -= self.lr * d


class Adam(Optimizer):
    """Momentum over RMSprop, both corrected for starting at zero.

    ``m = b1 * m + (1 - b1) * g``, ``v = b2 * v + (1 - b2) * g**2``, then with
    ``m_hat = m / (1 - b1**t)`` and ``v_hat = v / (1 - b2**t)``:
    ``w -= lr * m_hat / (sqrt(v_hat) + eps)``.  Source: Kingma and Ba 2015.
    """

    memory = ("m", "v")

    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.betas = share("betas[0]", betas[0]), share("betas[1]", betas[1])
        self.eps = positive("eps", eps)

    def update(self, w, g, m, v):
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

    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        super().__init__(lr, betas, eps, weight_decay)

    def update(self, w, g, m, v):
        w *= 1 - self.lr * self.weight_decay
        super().update(w, g, m, v)

    def decayed(self, w, g):
        return g
