"""An autoencoder and a variational one for digits, of fully connected layers.

Both squeeze a picture of 784 pixels into a few numbers, the code, and draw it again from them.
Source of the variational one: Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, as_generator
from course_lib.optim import Adam

PIXELS, HIDDEN = 784, 200


def kl_to_standard_normal(mean: NDArray, log_var: NDArray) -> NDArray:
    """How far N(mean, exp(log_var)) lies from N(0, 1), summed over the code: (N, D) -> (N,)."""
    return (np.exp(log_var) + mean**2 - 1 - log_var).sum(axis=1) / 2


def kl_backward(grad: NDArray, mean: NDArray, log_var: NDArray) -> tuple[NDArray, NDArray]:
    """Gradients by mean and log_var (N, D), given ``grad`` (N,) by the distances."""
    grad = grad[:, np.newaxis]
    return grad * mean, grad * (np.exp(log_var) - 1) / 2


def draw_code(mean: NDArray, log_var: NDArray, noise: NDArray) -> NDArray:
    """The reparametrization: ``mean + exp(log_var / 2) * noise``, noise standard normal; (N, D)."""
    return mean + np.exp(log_var / 2) * noise


class AutoEncoder:
    """``encoder`` (N, 784) -> code, ``decoder`` code -> logits of the pixels (N, 784).

    variational: the encoder returns mean and log-variance of the code side by side, (N, 2D), a code
    is drawn from them, and the loss has their distance from N(0, 1) in addition.
    """

    def __init__(self, code: int, *, variational: bool, rng: RandomSource = 0) -> None:
        self.rng = as_generator(rng)
        self.variational, out = variational, code * (2 if variational else 1)
        self.encoder = self._network(PIXELS, out)
        self.decoder = self._network(code, PIXELS)

    def _network(self, n_in: int, n_out: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Linear(n_in, HIDDEN, rng=self.rng),
            nn.ReLU(),
            nn.Linear(HIDDEN, n_out, rng=self.rng, init=nn.xavier_normal),
        )

    def encode(self, x: NDArray) -> NDArray:
        """The codes (N, D) of pictures (N, 784); the means of the variational one."""
        answer = self.encoder(x)
        return np.split(answer, 2, axis=1)[0] if self.variational else answer

    def decode(self, code: NDArray) -> NDArray:
        """Pictures (N, 784), from 0 to 1, of codes (N, D)."""
        return nn.sigmoid(self.decoder(code))

    def train_step(self, x: NDArray, optimizer: Adam) -> tuple[float, float]:
        """One step on pictures x (N, 784): reconstruction and distance, a picture, in nats."""
        answer, count = self.encoder(x), len(x)
        if self.variational:
            mean, log_var = np.split(answer, 2, axis=1)
            noise = self.rng.normal(size=mean.shape).astype(x.dtype)
            code, kl = draw_code(mean, log_var, noise), kl_to_standard_normal(mean, log_var)
        else:
            code, kl = answer, np.zeros(count)
        logits = self.decoder(code)
        drawn = PIXELS * nn.binary_cross_entropy_with_logits(logits, x)
        grad = self.decoder.backward(
            PIXELS * nn.binary_cross_entropy_with_logits_backward(logits, x)
        )
        if self.variational:
            dmean, dlog_var = kl_backward(np.full(count, 1 / count, x.dtype), mean, log_var)
            # the code is mean + exp(log_var / 2) * noise: both have a slope, the noise needs none
            dlog_var += grad * noise * np.exp(log_var / 2) / 2
            grad = np.concatenate([grad + dmean, dlog_var], axis=1)
        self.encoder.backward_params(grad)
        params = [
            part.params[name] for part in (self.encoder, self.decoder) for name in part.params
        ]
        grads = [part.grads[name] for part in (self.encoder, self.decoder) for name in part.params]
        optimizer.step(params, grads)
        return drawn, float(kl.mean())


def train_autoencoder(
    x: NDArray, *, code: int = 2, variational: bool, steps: int = 1500, seed: int = 0
) -> tuple[AutoEncoder, NDArray]:
    """A trained one, and reconstruction and distance of each step (steps, 2); x (N, 784)."""
    rng = np.random.default_rng(seed)
    model, optimizer = AutoEncoder(code, variational=variational, rng=rng), Adam(0.002)
    history = [model.train_step(x[rng.integers(0, len(x), 100)], optimizer) for _ in range(steps)]
    return model, np.array(history)
