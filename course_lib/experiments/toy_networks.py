"""Small networks on toy sets of two features: built, trained, asked."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from course_lib import data, nn
from course_lib.optim import Adam
from course_lib.training import History, fit, predict

# name: function, its backward, its layer
ACTIVATIONS = {
    "sigmoid": (nn.sigmoid, nn.sigmoid_backward, nn.Sigmoid),
    "tanh": (nn.tanh, nn.tanh_backward, nn.Tanh),
    "ReLU": (nn.relu, nn.relu_backward, nn.ReLU),
    "leaky ReLU": (nn.leaky_relu, nn.leaky_relu_backward, nn.LeakyReLU),
}
NO_ACTIVATION = "none"

Decide = Callable[[ArrayLike], NDArray]


def slope(name: str, z: ArrayLike) -> NDArray:
    """Derivative of the activation ``name`` at each z."""
    return value_and_slope(ACTIVATIONS[name], np.asarray(z, float))[1]


def value_and_slope(activation: tuple[Callable, ...], z: NDArray) -> tuple[NDArray, NDArray]:
    """Values and derivatives of one of the ``ACTIVATIONS`` at each z."""
    function, backward, _ = activation
    return function(z), backward(np.ones_like(z), z)


def build(
    depth: int,
    width: int,
    activation: str,
    classes: int,
    *,
    seed: int | np.random.Generator = 0,
    dtype: DTypeLike = float,
) -> nn.Sequential:
    """A ``Sequential`` for two features, with ``depth`` hidden layers of ``width`` units.

    activation: a name in ``ACTIVATIONS``, or "none" for hidden layers that are linear.
    """
    rng = np.random.default_rng(seed)
    init = nn.he_normal if "ReLU" in activation else nn.xavier_normal
    layers: list[Any] = []
    n = 2
    for _ in range(depth):
        layers.append(nn.Linear(n, width, rng=rng, init=init, dtype=dtype))
        if activation != NO_ACTIVATION:
            layers.append(ACTIVATIONS[activation][2]())
        n = width
    return nn.Sequential(*layers, nn.Linear(n, classes, rng=rng, dtype=dtype))


@functools.lru_cache(maxsize=256)
def trained(samples: str, depth: int, width: int, activation: str, seed: int = 0) -> nn.Sequential:
    """A network of ``build`` after 200 epochs of Adam on the toy set named ``samples``.

    Takes half a second at most; what was trained once is kept, so do not change it.
    """
    toy = getattr(data, samples)()
    model = build(depth, width, activation, len(toy.classes), seed=seed)
    fit(model, toy, Adam(lr=0.02), epochs=200, batch_size=30, progress=False)
    return model


def decide(model: nn.Sequential) -> Decide:
    """The class that ``model`` answers, as a function of points (N, 2)."""
    dtype = next(iter(model.params.values())).dtype
    return lambda x: predict(model, np.asarray(x, dtype)).argmax(axis=1)


def noisy_moons(n: int = 60, noise: float = 0.3) -> data.Dataset:
    """Moons with ``n`` samples to learn from, and 1200 for validation to see the truth."""
    few = data.moons(round(n / 0.6), noise=noise, rng=1)
    many = data.moons(2000, noise=noise, rng=np.random.default_rng([1, 1]))
    return replace(few, X_val=many.X_train, y_val=many.y_train)


def five_sets(noise: float, draw: int) -> list[data.Dataset]:
    """Five sets of moons with 40 samples each to learn from; another ``draw``, five other sets.

    No validation part: who measures how models differ asks all of them the same points.
    """
    rngs = (np.random.default_rng([draw, number]) for number in range(5))
    drawn = (data.moons(67, noise=noise, rng=rng) for rng in rngs)  # 40 of them for training
    return [replace(one, X_val=one.X_val[:0], y_val=one.y_val[:0]) for one in drawn]


def fitted(
    samples: data.Dataset,
    *,
    width: int = 64,
    dropout: float = 0.0,
    decay: float = 0.0,
    epochs: int = 300,
) -> tuple[nn.Sequential, History]:
    """A network with two hidden layers, trained with dropout and an L2 penalty; its history.

    dropout: the share dropped.
    """
    rng = np.random.default_rng(0)
    layers = build(2, width, "ReLU", 2, seed=rng, dtype=np.float32).layers
    drops = [nn.Dropout(dropout, rng=rng) for _ in range(2)]
    model = nn.Sequential(*layers[:2], drops[0], *layers[2:4], drops[1], layers[4])
    optimizer = Adam(0.01, weight_decay=decay)
    return model, fit(model, samples, optimizer, epochs=epochs, progress=False)


def learn_regularized(samples: data.Dataset, **options: Any) -> tuple[Decide, History]:
    """What a ``fitted`` network decides, and its history; options as there."""
    model, history = fitted(samples, **options)
    return decide(model), history


def share_moving_together(model: nn.Sequential, toy: data.Dataset, size: int) -> float:
    """Of the units in the second layer: how often all weights of one move in the same direction.

    The mean over 60 batches of ``size`` samples. Units without any gradient are left out.
    """
    second = [layer for layer in model.layers if isinstance(layer, nn.Linear)][1]
    shares = []
    for seed in range(60):
        some = np.random.default_rng(seed).permutation(len(toy.y_train))[:size]
        loss = nn.CrossEntropyLoss()
        loss(model(toy.X_train[some].astype(float)), toy.y_train[some])
        model.backward(loss.backward())
        steps = second.grads["W"][:, second.grads["W"].any(axis=0)]
        shares.append(np.mean((steps >= 0).all(axis=0) | (steps <= 0).all(axis=0)))
    return float(np.mean(shares))
