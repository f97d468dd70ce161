"""Train what lecture 17 compares: ``python -m course_lib.experiments.record_sound``.

The word reader and its two tests, readers that also learn from recorded speakers, and the reader of
two words at a time, each with five seeds. It takes about five minutes with PyTorch on an idle core
and writes ``sound.json`` beside this file; the lecture reads it with ``recorded``. One recipe for
all, with fixed numbers of epochs; nothing was chosen with a test part.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.data import Dataset, log_mel, recorded_words, spoken_words
from course_lib.data.speech import SPEAKERS
from course_lib.experiments.spoken_words import (
    draw_mixtures,
    mixed_labels,
    mixed_pictures,
    mixed_sounds,
    scores,
    train,
    word_reader,
)
from course_lib.metrics import accuracy
from course_lib.nn import BCEWithLogitsLoss, Layer
from course_lib.training import predict

FILE = Path(__file__).with_name("sound.json")
SEEDS = 0, 1, 2, 3, 4
EPOCHS, EPOCHS_OF_TWO = 6, 4
TRAINED, TESTED = 2_000, 500  # mixtures


def right(model: Layer, x: NDArray, y: NDArray) -> float:
    """The share of the clips x whose word is read right."""
    return accuracy(predict(model, x).argmax(axis=1), y)


def one_word(seed: int) -> tuple[Layer, dict[str, Any]]:
    """The word reader, and its accuracy on new voices and on each recorded speaker."""
    voices, people = spoken_words(), spoken_words("speakers")
    model = word_reader(seed)
    train(model, voices, epochs=EPOCHS, seed=seed, device="cpu", progress=False)
    parts = np.split(np.arange(len(people.y_test)), len(SPEAKERS))
    return model, {
        "voices": right(model, voices.X_test, voices.y_test),
        "speakers": [right(model, people.X_test[part], people.y_test[part]) for part in parts],
    }


def with_speakers(seed: int, parts: list[NDArray]) -> list[float]:
    """Accuracy on each part of the recorded clips, when all others are learned from as well."""
    people, found = spoken_words("speakers"), []
    for part in parts:
        others = np.setdiff1d(np.arange(len(people.y_test)), part)
        data = Dataset(
            np.concatenate([people.X_train, people.X_test[others]]),
            np.concatenate([people.y_train, people.y_test[others]]),
            *(people.X_val, people.y_val, people.X_test[part], people.y_test[part]),
        )
        model = word_reader(seed)
        train(model, data, epochs=EPOCHS, seed=seed, device="cpu", progress=False)
        found.append(right(model, data.X_test, data.y_test))
    return found


def two_words(model: Layer, seed: int) -> dict[str, Any]:
    """Go on with a word reader on mixtures; scores on those of new voices and of speakers."""
    voices, people, rng = spoken_words(), spoken_words("speakers"), np.random.default_rng(seed)
    drawn = draw_mixtures(voices.y_train, TRAINED, rng)
    x, y = mixed_pictures(voices.X_train, drawn), mixed_labels(voices.y_train, drawn)
    data = Dataset(x, y, x[:0], y[:0], x[:0], y[:0])
    train(
        model, data, epochs=EPOCHS_OF_TWO, loss=BCEWithLogitsLoss(), seed=seed, device="cpu",
        progress=False,
    )  # fmt: skip
    drawn = draw_mixtures(voices.y_test, TESTED, rng)
    z = predict(model, mixed_pictures(voices.X_test, drawn))
    found = {"voices": scores(z, mixed_labels(voices.y_test, drawn))}
    drawn = draw_mixtures(people.y_test, TESTED, rng)
    sounds = mixed_sounds(recorded_words(), drawn)
    z = predict(model, np.stack([log_mel(sound)[np.newaxis] for sound in sounds]))
    return found | {"speakers": scores(z, mixed_labels(people.y_test, drawn))}


def recorded() -> dict[str, Any]:
    """What ``main`` wrote, a list with an entry for each of ``SEEDS`` under each name.

    ``one_word``: accuracies {"voices": share, "speakers": one for each of ``SPEAKERS``};
    ``other_speaker``: for each speaker, learned from the three others; ``same_speakers``: for each
    quarter of the clips drawn at random, learned from the rest; ``two_words``: what ``scores``
    returns for mixtures of "voices" and of "speakers".
    """
    return json.loads(FILE.read_text(encoding="utf-8"))


def main() -> None:
    """Train all, write the file."""
    found: dict[str, list[Any]] = {
        name: [] for name in ("one_word", "other_speaker", "same_speakers", "two_words")
    }
    clips = np.arange(len(spoken_words("speakers").y_test))
    for seed in SEEDS:
        model, rates = one_word(seed)
        found["one_word"].append(rates)
        found["other_speaker"].append(with_speakers(seed, np.split(clips, 4)))
        shuffled = np.random.default_rng(seed).permutation(clips)
        found["same_speakers"].append(with_speakers(seed, np.split(shuffled, 4)))
        found["two_words"].append(two_words(model, seed))
        print(seed, *(values[-1] for values in found.values()), sep="\n", flush=True)
    FILE.write_text(json.dumps(rounded(found)) + "\n", encoding="utf-8")


def rounded(value: Any) -> Any:
    """The same with four digits behind each point."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return round(value, 4)


if __name__ == "__main__":
    main()
