"""Ten spoken words, from the voices of two programs that speak.

``packing/pack_spoken_words.py`` made them. Two tests of the same network differ in what is new in
them: voices of the same program, or recorded people.
"""

import functools
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.data.packed_files import read_only, read_packed
from course_lib.data.sound import decibels, mel_filters, spectrogram
from course_lib.data.splits import Dataset

PACKED = Path(__file__).with_name("spoken_words.npz")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPEAKERS = ("awb", "kal", "rms", "slt")  # men from Scotland and twice America, a woman from America

RATE = 8_000  # samples a second; a clip is one second
WINDOW, HOP = 200, 80  # frames of 25 ms, one every 10 ms
N_FFT = 256
BANDS, FRAMES = 40, 98
BELOW = 60.0  # decibels under the loudest place of a clip at which it counts as silent
LEVELS = 64  # of loudness

PARTS = {"train": 1_080, "val": 200, "voices": 260, "speakers": 120}  # clips


def spoken_words(test: str = "voices") -> Dataset:
    """The words "zero" to "nine" as pictures of sound: 1,080 + 200 clips, and one of two tests.

    X is (N, 1, 40, 98), float32 in [0, 1]: loudness (0 at 60 decibels under the clip's loudest
    place) in 40 bands evenly spaced in mel, lowest first, and 98 frames of 25 ms. It is what
    ``log_mel`` makes of a second of sound with the word in its middle. Labels are int64.

    Training, validation and the test "voices" (260 clips) are spoken by the program espeak-ng: 54,
    10 and 13 of its voices, none of them in two parts, each saying every word twice, with other
    accents, pitches and speeds. The test "speakers" (120 clips) is spoken by flite, whose voices
    were built from recordings of people: 30 clips of each of the four ``SPEAKERS``, in this order.
    Train and choose without them, and compare the two tests: the second is nearer to people.

    The arrays are shared and read-only; ``RuntimeError`` if the packed file is missing or damaged.
    Sources: espeak-ng 1.51,
    of which only these pictures are kept, and flite 2.2 (Carnegie Mellon University; free licence).
    """
    check_choice("spoken_words: test", test, ("voices", "speakers"))
    X, y = _parts()
    return Dataset(
        *(X["train"], y["train"], X["val"], y["val"], X[test], y[test]), WORDS, name="spoken_words"
    )


@functools.cache
def _parts() -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """X and y of each of ``PARTS``."""
    count = sum(PARTS.values())
    levels, labels = read_packed(PACKED, levels=(count, BANDS, FRAMES), labels=(count,))
    x = np.multiply(levels[:, np.newaxis], np.float32(1 / (LEVELS - 1)), dtype=np.float32)
    cuts = np.cumsum(list(PARTS.values()))[:-1]
    X = np.split(read_only(x), cuts)
    y = np.split(read_only(labels.astype(np.int64)), cuts)
    return dict(zip(PARTS, X, strict=True)), dict(zip(PARTS, y, strict=True))


@functools.cache
def recorded_words() -> NDArray[Any]:
    """The sounds of the test "speakers", to be listened to: (120, 8000), float32 in [-1, 1].

    A second of 8,000 samples each, in the order of ``spoken_words("speakers").X_test``, which is
    ``log_mel`` of them in 64 levels. Read-only; ``RuntimeError`` as for ``spoken_words``.
    """
    (codes,) = read_packed(PACKED, codes=(PARTS["speakers"], RATE))
    return read_only(from_mu_law(codes))


def log_mel(signal: NDArray[Any]) -> NDArray[Any]:
    """The picture of a second of sound: (8000,)  ->  (40, 98) in [0, 1], as ``spoken_words`` has.

    Power of each frame's frequencies, gathered in bands, as decibels.
    """
    power = spectrogram(signal, WINDOW, HOP, N_FFT)
    return decibels(mel_filters(BANDS, N_FFT, RATE) @ power, BELOW).astype(signal.dtype)


def from_mu_law(codes: NDArray[Any]) -> NDArray[Any]:
    """Samples from a byte each, as the telephone has them: fine steps near 0, coarse ones far away.

    codes: whole numbers of 0 to 255, 128 for silence  ->  float32 in [-1, 1]. Source: ITU-T G.711
    (its formula, not its table).
    """
    share = (codes.astype(np.float32) - 128) / 127
    return np.sign(share) * np.expm1(np.abs(share) * np.log(np.float32(256))) / 255


def to_mu_law(samples: NDArray[Any]) -> NDArray[Any]:
    """The bytes from which ``from_mu_law`` makes samples close to these."""
    share = np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log(256)
    return np.rint(128 + 127 * share).astype(np.uint8)
