"""Make ``spoken_words.npz``: let two programs say ten words in many voices.

``python -m course_lib.data.packing.pack_spoken_words`` needs espeak-ng 1.51 and flite 2.2 (Debian's
packages of these names). Of espeak-ng, which is under the GPL and holds a few recorded consonants,
only pictures of the sounds are packed; of flite, whose licence is free, the sounds as well.
"""

import io
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.data.packed_files import write_packed
from course_lib.data.speech import (
    LEVELS,
    PACKED,
    PARTS,
    RATE,
    SPEAKERS,
    WORDS,
    from_mu_law,
    log_mel,
    to_mu_law,
)

PROGRAMS = {"espeak-ng": "1.51", "flite": "2.2"}
ACCENTS = (
    *("en-gb", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb-x-rp"),
    *("en-us", "en-us-nyc", "en-029"),
)
# Voices of espeak-ng that sound like a person. Those that share a name (iven, iven2, ...) are in
# the same part: they are variants of one.
VOICES = {
    "train": """
        Alex Andrea Andy AnxiousAndy Diogo Gene Gene2 Henrique Jacky Lee Marco Mario Michael Mike
        RicishayMax RicishayMax2 RicishayMax3 Tweaky adam aunty benjamin caleb david ed edward
        edward2 f1 f2 f4 grandma iven iven2 iven3 iven4 john m1 m3 m4 m5 m6 m8 marcelo max miguel
        norbert pablo paul quincy rob robert sandro steph steph2 steph3
        """,
    "val": "Alicia Hugo Nguyen antonio belinda f5 m7 michel travis victor",
    "voices": "Annie Denis Storm anika boris f3 grandpa gustave linda m2 pedro shelby zac",
}
ROUNDS = 2  # how often each voice says every word
STRETCHES = 0.85, 1.0, 1.15  # how slowly the recorded speakers say it
SILENCE = 0.01  # of the loudest sample; what is below at either end is cut off


def pack(to: Path = PACKED) -> None:
    """Write ``to``. ``RuntimeError`` if a program has another version than what was packed."""
    check_versions()
    pictures, labels, codes = [], [], []
    for part in VOICES:
        for word, samples in synthetic_words(part):
            pictures.append(log_mel(one_second(samples)))
            labels.append(WORDS.index(word))
    for word, samples in recorded_words():
        code = to_mu_law(one_second(samples))
        codes.append(code)
        pictures.append(log_mel(from_mu_law(code)))
        labels.append(WORDS.index(word))
    if len(labels) != sum(PARTS.values()):
        raise RuntimeError(f"{len(labels)} clips were made, wanted {sum(PARTS.values())}")
    write_packed(
        to,
        levels=np.rint(np.array(pictures) * (LEVELS - 1)).astype(np.uint8),
        labels=np.array(labels, np.uint8),
        codes=np.array(codes),
    )


def check_versions() -> None:
    """``RuntimeError`` unless both programs have the version that the packed file names."""
    for program, version in PROGRAMS.items():
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        if version not in said:
            raise RuntimeError(f"{program} is {said.strip() or 'silent'}, wanted {version}")


def synthetic_words(part: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Each word from every voice of a part, ``ROUNDS`` times: the word, and samples at ``RATE``."""
    rng = np.random.default_rng(list(VOICES).index(part))
    for voice in VOICES[part].split():
        for _ in range(ROUNDS):
            accent = rng.choice(ACCENTS)
            for word in WORDS:
                pitch, speed = rng.integers(30, 71), rng.integers(130, 211)
                settings = ["-v", f"{accent}+{voice}", "-p", str(pitch), "-s", str(speed)]
                yield word, spoken(["espeak-ng", *settings, "-w", "{wav}", word])


def recorded_words() -> Iterator[tuple[str, NDArray[Any]]]:
    """Each word from every recorded speaker, once for each of ``STRETCHES``."""
    for speaker in SPEAKERS:
        for stretch in STRETCHES:
            for word in WORDS:
                settings = ["-voice", speaker, "--setf", f"duration_stretch={stretch}"]
                yield word, spoken(["flite", *settings, "-t", word, "-o", "{wav}"])


def spoken(command: list[str]) -> NDArray[Any]:
    """Samples at ``RATE`` of what a command writes to the file that it calls ``{wav}``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "word.wav"
        subprocess.run([part.format(wav=path) for part in command], check=True)
        content = path.read_bytes()
    with wave.open(io.BytesIO(content)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 2**15
        return resample(samples, file.getframerate(), RATE)


def resample(samples: NDArray[Any], rate: int, wanted: int) -> NDArray[Any]:
    """The same sound at another rate: its spectrum cut off at half the new one."""
    count = round(len(samples) * wanted / rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return np.fft.irfft(spectrum, count) * (count / len(samples))


def one_second(samples: NDArray[Any]) -> NDArray[Any]:
    """The word without the silence around it, in the middle of a second, its peak at 0.9."""
    samples = samples * (0.9 / np.abs(samples).max())
    heard = np.flatnonzero(np.abs(samples) > SILENCE)
    word = samples[heard[0] : heard[-1] + 1]
    cut = max(len(word) - RATE, 0) // 2
    word = word[cut : cut + RATE]
    before = (RATE - len(word)) // 2
    return np.pad(word, (before, RATE - len(word) - before)).astype(np.float32)


if __name__ == "__main__":
    pack()
