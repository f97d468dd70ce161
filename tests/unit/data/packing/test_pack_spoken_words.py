import numpy as np
import pytest

from course_lib.data.packing import pack_spoken_words
from course_lib.data.speech import PARTS, SPEAKERS, WORDS


def test_no_voice_is_in_two_parts_nor_are_variants_of_one():
    parts = {part: names.split() for part, names in pack_spoken_words.VOICES.items()}
    numbered = {"f", "m"}  # these are different people: f1, f2, ...
    bases = {
        part: {name.rstrip("0123456789") for name in names} - numbered
        for part, names in parts.items()
    }
    assert not bases["train"] & bases["val"]
    assert not bases["voices"] & (bases["train"] | bases["val"])
    names = [name for part in parts.values() for name in part]
    assert len(set(names)) == len(names) == 77
    for part, voices in parts.items():
        assert len(voices) * pack_spoken_words.ROUNDS * len(WORDS) == PARTS[part]
    assert len(SPEAKERS) * len(pack_spoken_words.STRETCHES) * len(WORDS) == PARTS["speakers"]


def test_a_tone_stays_the_same_tone_at_another_rate():
    times = np.arange(22_050) / 22_050
    tone = pack_spoken_words.resample(np.sin(2 * np.pi * 440 * times), 22_050, 8_000)
    np.testing.assert_allclose(tone, np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000), atol=1e-9)
    high = pack_spoken_words.resample(np.sin(2 * np.pi * 6_000 * times), 22_050, 8_000)
    np.testing.assert_allclose(high, 0, atol=1e-9)  # above half the new rate


@pytest.mark.parametrize("length", [100, 4_001, 9_000])
def test_a_word_comes_into_the_middle_of_its_second(length):
    samples = np.concatenate([np.zeros(700), np.full(length, 0.2), np.zeros(50)])
    second = pack_spoken_words.one_second(samples)
    assert second.shape == (8_000,)
    assert second.max() == pytest.approx(0.9)
    heard = np.flatnonzero(second)
    assert len(heard) == min(length, 8_000)
    assert abs(heard[0] - (7_999 - heard[-1])) <= 1


def test_another_version_of_a_program_is_refused(tmp_path, monkeypatch):
    for name, words in (("espeak-ng", "eSpeak NG 1.51"), ("flite", "version: flite-9.9")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {words}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(RuntimeError, match=r"flite is version: flite-9.9, wanted 2.2"):
        pack_spoken_words.check_versions()
