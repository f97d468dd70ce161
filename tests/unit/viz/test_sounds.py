"""A player holds the sound that it was given."""

import io
import re
import wave
from base64 import b64decode

import numpy as np
import pytest

from course_lib.viz.sounds import Sounds, wav


def samples_of(content):
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")


def test_a_file_holds_the_samples_and_their_rate():
    rate, samples = samples_of(wav(np.array([0, 0.5, -1, 2, -3]), 8_000))
    assert rate == 8_000
    assert samples.tolist() == [0, 16_384, -32_767, 32_767, -32_767]


def test_each_sound_has_a_player_with_its_name_and_its_own_rate():
    shown = Sounds(
        {"low <1>": np.zeros(80), "high": np.ones(320)}, {"low <1>": 8_000, "high": 16_000}
    )
    page = shown._repr_mimebundle_()
    assert page["text/plain"] == "Sounds: low <1>, 0.0 s; high, 0.0 s."
    assert re.findall(r'aria-label="([^"]*)"', page["text/html"]) == ["low &lt;1&gt;", "high"]
    files = [b64decode(code) for code in re.findall(r'base64,([^"]+)"', page["text/html"])]
    assert [samples_of(file)[0] for file in files] == [8_000, 16_000]
    assert [len(samples_of(file)[1]) for file in files] == [80, 320]


def test_one_rate_may_stand_for_all():
    assert Sounds({"a": np.zeros(1), "b": np.zeros(1)}, 8_000).rates == {"a": 8_000, "b": 8_000}


@pytest.mark.parametrize("name", ["a", "b"])
def test_text_says_how_long_it_lasts(name):
    shown = Sounds({name: np.zeros(12_000)}, 8_000)
    assert shown._repr_mimebundle_()["text/plain"] == f"Sounds: {name}, 1.5 s."
