import numpy as np
import pytest

from course_lib import data
from course_lib.data import speech


def test_three_parts_and_two_tests():
    voices, speakers = data.spoken_words(), data.spoken_words("speakers")
    assert voices.X_train.shape == (1_080, 1, 40, 98)
    assert voices.X_val.shape == (200, 1, 40, 98)
    assert voices.X_test.shape == (260, 1, 40, 98)
    assert speakers.X_test.shape == (120, 1, 40, 98)
    assert voices.X_train is speakers.X_train
    assert voices.y_val is speakers.y_val
    for y in (voices.y_train, voices.y_val, voices.y_test, speakers.y_test):
        assert y.dtype == np.int64
        assert np.bincount(y).tolist() == [len(y) // 10] * 10
    assert voices.classes[:2] == ("zero", "one")
    for x in (voices.X_train, voices.X_val, voices.X_test, speakers.X_test):
        assert x.dtype == np.float32
        assert (x.min(), x.max()) == (0, 1)
        assert x.max(axis=(1, 2, 3)).min() == 1  # every clip is as loud as any


def test_words_stand_in_the_middle_and_start_with_their_sounds():
    x, y = data.spoken_words().X_train[:, 0], data.spoken_words().y_train
    assert x[:, :, :5].mean() < 0.02
    assert x[:, :, 45:53].mean() > 0.3
    # "six" and "seven" begin with a hiss: power in high bands, where "one" and "nine" have little.
    first = x.max(axis=1).argmax(axis=1)  # the loudest frame comes after the first consonant
    start = np.array(
        [clip[:, max(0, at - 25) : at].sum(axis=1) for clip, at in zip(x, first, strict=True)]
    )
    middle = start @ np.arange(40) / start.sum(axis=1)
    assert middle[np.isin(y, [6, 7])].mean() > middle[np.isin(y, [1, 9])].mean() + 5


def test_pictures_of_the_recorded_sounds_are_the_test():
    sounds, pictures = data.recorded_words(), data.spoken_words("speakers").X_test
    assert sounds.shape == (120, 8_000)
    assert sounds.dtype == np.float32
    assert 0.85 < np.abs(sounds).max() <= 1
    for sound, picture in zip(sounds, pictures, strict=True):
        made = data.log_mel(sound)
        assert made.dtype == np.float32
        np.testing.assert_allclose(made, picture[0], atol=0.5 / 63 + 1e-4)


def test_four_speakers_of_thirty_clips_each():
    """Neighbouring clips of a word by one speaker are closer than those by different ones."""
    x = data.spoken_words("speakers").X_test.reshape(4, 3, 10, -1)
    same = np.abs(x[:, 0] - x[:, 1]).mean()
    other = np.abs(x[:, 0] - np.roll(x[:, 1], 1, axis=0)).mean()
    assert same < 0.8 * other
    assert len(speech.SPEAKERS) == 4


def test_a_nearest_mean_reads_new_voices_and_speakers_above_chance():
    voices, speakers = data.spoken_words(), data.spoken_words("speakers")
    x, y = voices.X_train.reshape(1_080, -1), voices.y_train
    means = np.array([x[y == k].mean(axis=0) for k in range(10)])

    def right(part):
        scores = part.X_test.reshape(len(part.y_test), -1) @ means.T - (means**2).sum(axis=1) / 2
        return np.mean(scores.argmax(axis=1) == part.y_test)

    assert right(voices) > 0.7
    assert right(voices) > right(speakers) + 0.05
    assert right(speakers) > 0.3


def test_mu_law_there_and_back():
    samples = np.linspace(-1, 1, 1_001)
    codes = speech.to_mu_law(samples)
    assert codes.dtype == np.uint8
    assert (codes.min(), codes[500], codes.max()) == (1, 128, 255)
    back = speech.from_mu_law(codes)
    assert np.all(np.abs(back - samples) <= 0.003 + 0.025 * np.abs(samples))
    np.testing.assert_array_equal(speech.to_mu_law(back), codes)
    known = speech.from_mu_law(np.array([128, 255, 1, 192], np.uint8))
    np.testing.assert_allclose(known, [0, 1, -1, (256 ** (64 / 127) - 1) / 255], rtol=1e-5)


def test_read_only_and_bad_input_is_named():
    with pytest.raises(ValueError, match="read-only"):
        data.spoken_words().X_train[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        data.recorded_words()[0] = 0
    with pytest.raises(ValueError, match="test is 'people', wanted 'voices' or 'speakers'"):
        data.spoken_words("people")
    with pytest.raises(ValueError, match="wanted at most the signal's 100"):
        data.log_mel(np.ones(100))


def test_silence_is_all_zero():
    np.testing.assert_array_equal(data.log_mel(np.zeros(8_000)), np.zeros((40, 98)))
