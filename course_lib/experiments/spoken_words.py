"""A reader of spoken words, and mixtures of two words, for lecture 17.

A clip is a picture (1, 40, 98) as ``data.spoken_words`` has it, or a second of sound (8000,).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib import nn
from course_lib.checks import RandomSource, check_count
from course_lib.data import Dataset
from course_lib.data.sound import decibels
from course_lib.data.speech import BELOW, HOP, WORDS
from course_lib.experiments.blocks import convolve
from course_lib.metrics import average_precision, macro_f1, micro_f1
from course_lib.optim import Adam, warmup_cosine
from course_lib.training import History, fit

BATCH = 32
RATE = 0.004  # of Adam, at its highest
FURTHEST = 20  # frames, 0.2 seconds, by which a word of a mixture is moved
QUIETEST = 6.0  # decibels, a quarter of the power


def word_reader(rng: RandomSource = 0) -> nn.Sequential:
    """A network (N, 1, 40, 98) -> (N, 10) that keeps frequencies apart and averages over time."""
    rng = np.random.default_rng(rng)
    return nn.Sequential(
        *(*convolve(1, 16, 5, rng, stride=2), nn.ReLU()),  # 40 x 98 -> 20 x 49
        nn.MaxPool2d(2),  # 10 x 24
        *(*convolve(16, 32, 3, rng), nn.ReLU()),
        nn.MaxPool2d(2),  # 5 x 12
        nn.Conv2d(32, 64, (5, 3), bias=False, rng=rng),  # all frequencies at once: 1 x 10
        *(nn.BatchNorm2d(64), nn.ReLU()),
        *(nn.GlobalAvgPool2d(), nn.Linear(64, len(WORDS), rng=rng)),
    )


def train(
    model: nn.Layer,
    data: Dataset,
    *,
    epochs: int,
    loss: nn.Loss | None = None,
    seed: int = 0,
    device: str = "numpy",
    progress: bool = True,
) -> History:
    """``fit`` with the one recipe of the lecture; nothing in it was tuned on a test part."""
    steps = -(-len(data.X_train) // BATCH)
    schedule = warmup_cosine(RATE, steps, epochs * steps, end=1e-5)
    return fit(
        model, data, Adam(), epochs=epochs, batch_size=BATCH, loss=loss, schedule=schedule,
        seed=seed, device=device, progress=progress,
    )  # fmt: skip


class Part(NamedTuple):
    """A word of a mixture."""

    clip: int
    shift: int  # frames to the right
    quieter: float  # decibels


def draw_mixtures(y: NDArray, count: int, rng: np.random.Generator) -> list[list[Part]]:
    """``count`` mixtures of one or two different words, half of them each, of clips labeled y."""
    check_count("draw_mixtures: count", count)
    clips = [np.flatnonzero(y == word) for word in range(len(WORDS))]
    return [
        [
            Part(
                int(rng.choice(clips[word])),
                int(rng.integers(-FURTHEST, FURTHEST + 1)),
                float(rng.uniform(0, QUIETEST)),
            )
            for word in rng.choice(len(WORDS), rng.integers(1, 3), replace=False)
        ]
        for _ in range(count)
    ]


def mixed_labels(y: NDArray, mixtures: Sequence[Sequence[Part]]) -> NDArray:
    """1 for each word that is in a mixture, else 0: (N, 10) float32."""
    labels = np.zeros((len(mixtures), len(WORDS)), np.float32)
    for row, parts in zip(labels, mixtures, strict=True):
        row[[y[part.clip] for part in parts]] = 1
    return labels


def mixed_pictures(x: NDArray, mixtures: Sequence[Sequence[Part]]) -> NDArray:
    """The pictures of mixtures, from the pictures x (M, 1, 40, 98): (N, 1, 40, 98).

    Powers add where sounds add, but for a term that is as often above 0 as below.
    """
    mixed = np.empty((len(mixtures), *x.shape[1:]), x.dtype)
    for picture, parts in zip(mixed, mixtures, strict=True):
        powers = [power(moved(x[p.clip], p.shift)) / 10 ** (p.quieter / 10) for p in parts]
        picture[:] = decibels(np.sum(powers, axis=0), BELOW)
    return mixed


def mixed_sounds(sounds: NDArray, mixtures: Sequence[Sequence[Part]]) -> NDArray:
    """The sounds of mixtures, from sounds (M, 8000): (N, 8000), none above 1."""
    mixed = np.empty((len(mixtures), *sounds.shape[1:]), sounds.dtype)
    for sound, parts in zip(mixed, mixtures, strict=True):
        sounding = [moved(sounds[p.clip], p.shift * HOP) / 10 ** (p.quieter / 20) for p in parts]
        sound[:] = np.sum(sounding, axis=0)
    return mixed / np.maximum(1, np.abs(mixed).max(axis=1, keepdims=True))


def power(picture: NDArray) -> NDArray:
    """The powers of which ``decibels`` makes this picture, the largest 1; silence is 0."""
    silence = 1e-6  # what rounding leaves of 0
    return np.where(picture > silence, 10 ** (BELOW / 10 * (picture.astype(float) - 1)), 0)


def moved(a: NDArray, by: int) -> NDArray:
    """``a`` moved to the right along its last axis, or to the left if ``by`` is below 0.

    What leaves is lost, what comes in is 0.
    """
    result = np.zeros_like(a)
    length = a.shape[-1]
    result[..., max(0, by) : length + min(0, by)] = a[..., max(0, -by) : length - max(0, by)]
    return result


def scores(z: NDArray, y: NDArray) -> dict[str, float]:
    """What lecture 17 asks of logits z (N, L) for labels y (N, L) of 0 and 1, at threshold 0."""
    y_hat = z > 0
    return {
        "labels": float(np.mean(y_hat == y)),
        "exact": float(np.mean((y_hat == y).all(axis=1))),
        "micro_f1": micro_f1(y_hat, y),
        "macro_f1": macro_f1(y_hat, y),
        "mean_ap": float(np.mean([average_precision(z[:, k], y[:, k]) for k in range(y.shape[1])])),
    }
