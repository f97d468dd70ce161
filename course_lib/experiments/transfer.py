"""Transfer learning on small pictures: copy layers, freeze them or let them go on learning.

The source task is to tell the digits 0 to 4 apart. The target tasks are five classes of the same
kind, the digits 5 to 9, and five of another kind, clothes. ``record_transfer.py`` runs it all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, check_choice, check_count, check_not_negative
from course_lib.data import Dataset, fashion_mnist, mnist
from course_lib.optim import SGD, warmup_cosine
from course_lib.training import fit

CLASSES = 5
LEARNT = 4  # layers of the digit reader that have weights: two convolutions, two dense layers
BATCH, RATE = 50, 0.05


def digit_reader(rng: RandomSource = 0) -> nn.Sequential:
    """Pictures (N, 1, 28, 28) to the scores of five classes; 20,197 numbers to learn.

    The convolutions halve the picture themselves, 28 -> 12 -> 4, so that hundreds of such networks
    can be trained in a minute.
    """
    rng = np.random.default_rng(rng)
    return nn.Sequential(
        *(nn.Conv2d(1, 8, 5, stride=2, rng=rng), nn.ReLU()),
        *(nn.Conv2d(8, 16, 5, stride=2, rng=rng), nn.ReLU(), nn.Flatten()),
        *(nn.Linear(256, 64, rng=rng), nn.ReLU()),
        nn.Linear(64, CLASSES, rng=rng),
    )


def task(name: str) -> Dataset:
    """Five classes of a set that comes with the course, labels 0 to 4.

    name: "digits 0 to 4", "digits 5 to 9" or "clothes", the first five kinds of Fashion-MNIST.
    """
    check_choice("name", name, ("digits 0 to 4", "digits 5 to 9", "clothes"))
    whole = fashion_mnist() if name == "clothes" else mnist()
    first = 5 if name == "digits 5 to 9" else 0

    def part(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
        kept = (y >= first) & (y < first + CLASSES)
        return x[kept], y[kept] - first

    classes = whole.classes[first : first + CLASSES]
    return Dataset(
        *part(whole.X_train, whole.y_train), *part(whole.X_val, whole.y_val),
        *part(whole.X_test, whole.y_test), classes, name,
    )  # fmt: skip


def draw(data: Dataset, each: int, rng: np.random.Generator) -> Dataset:
    """``data`` with ``each`` training pictures of every class, drawn at random, and no validation.

    The test part stays as it is. ``ValueError`` if a class has fewer.
    """
    check_count("each", each)
    chosen = []
    for label in range(len(data.classes)):
        of_class = np.flatnonzero(data.y_train == label)
        if each > len(of_class):
            most = f"at most {len(of_class)}, as many as of class {label}"
            raise ValueError(f"each is {each}, wanted {most}")
        chosen.append(rng.choice(of_class, each, replace=False))
    index = np.concatenate(chosen)
    return Dataset(
        data.X_train[index], data.y_train[index], data.X_val[:0], data.y_val[:0], data.X_test,
        data.y_test, data.classes, data.name,
    )  # fmt: skip


class LayerRates(SGD):
    """Gradient descent with momentum and a learning rate for each layer.

    factors: one for each array that the model learns, in the order of ``model.params``; the array's
    rate is ``lr`` times its factor. At 0 it stays as it is. Momentum adds gradients up, so a factor
    in front of the gradient is a factor in front of the step.
    """

    def __init__(self, lr: float, factors: Sequence[float], momentum: float = 0.9) -> None:
        super().__init__(lr, momentum)
        for index, factor in enumerate(factors):
            check_not_negative(f"LayerRates: factors[{index}]", factor)
        self.factors = list(factors)

    def step(self, params: Sequence[NDArray], grads: Sequence[NDArray]) -> None:
        if len(grads) != len(self.factors):
            raise ValueError(
                f"factors has {len(self.factors)} numbers, wanted {len(grads)}: one for each array"
            )
        scaled = [np.asarray(f, g.dtype) * g for f, g in zip(self.factors, grads, strict=True)]
        super().step(params, scaled)


def transplant(source: nn.Sequential, layers: int, rng: RandomSource) -> nn.Sequential:
    """A new digit reader whose first ``layers`` layers with weights hold copies of the source's."""
    model = digit_reader(rng)
    arrays = list(zip(model.params.values(), source.params.values(), strict=True))
    for new, old in arrays[: 2 * layers]:  # W and b of each
        new[...] = old
    return model


def learn(
    model: nn.Sequential, data: Dataset, factors: Sequence[float], *, steps: int, seed: int
) -> nn.Sequential:
    """Train for so many mini-batches of 50, with a factor of the rate for each layer with weights.

    The rate falls from ``RATE`` to 0 along a cosine. Returns the model, which is changed in place.
    """
    epochs = steps * BATCH // len(data.X_train)
    optimizer = LayerRates(RATE, [factor for factor in factors for _ in ("W", "b")])
    schedule = warmup_cosine(RATE, 0, steps)
    fit(
        model, data, optimizer, epochs=epochs, batch_size=BATCH, schedule=schedule, seed=seed,
        progress=False,
    )  # fmt: skip
    return model
