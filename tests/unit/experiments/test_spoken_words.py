import numpy as np
import pytest

from course_lib import data, nn
from course_lib.data.sound import decibels, mel_filters, spectrogram
from course_lib.data.speech import HOP
from course_lib.experiments import record_sound
from course_lib.experiments import spoken_words as words
from course_lib.experiments.spoken_words import Part


@pytest.fixture(scope="module")
def people():
    return data.spoken_words("speakers")


def test_the_reader_gives_ten_scores_and_keeps_frequencies_apart():
    model = words.word_reader()
    assert sum(array.size for array in model.params.values()) == 36_602
    model.eval()
    x = np.random.default_rng(0).random((2, 1, 40, 98), np.float32)
    assert model(x).shape == (2, 10)
    assert not np.allclose(model(x), model(np.roll(x, 4, axis=2)), atol=1e-3)


def test_it_learns_two_words_from_a_few_clips(people):
    some = people.y_train < 2
    few = data.Dataset(people.X_train[some], people.y_train[some], *[people.X_train[:0],
                       people.y_train[:0]] * 2)  # fmt: skip
    history = words.train(words.word_reader(), few, epochs=3, progress=False)
    assert history.train_accuracy[-1] > 0.95
    assert len(history.loss) == 3 * -(-216 // words.BATCH)


def test_mixtures_hold_one_or_two_different_words(people):
    drawn = words.draw_mixtures(people.y_test, 400, np.random.default_rng(0))
    counts = [len(parts) for parts in drawn]
    assert set(counts) == {1, 2}
    assert 170 < counts.count(1) < 230
    labels = words.mixed_labels(people.y_test, drawn)
    assert labels.sum(axis=1).tolist() == counts  # none is there twice
    assert labels.shape == (400, 10)
    parts = [part for mixture in drawn for part in mixture]
    assert {part.shift for part in parts} == set(range(-20, 21))
    assert min(part.quieter for part in parts) >= 0
    assert max(part.quieter for part in parts) <= 6
    again = words.draw_mixtures(people.y_test, 400, np.random.default_rng(0))
    assert drawn == again


def test_labels_are_those_of_the_clips():
    labels = words.mixed_labels(np.array([4, 7, 7]), [[Part(0, 0, 0.0), Part(2, 5, 1.0)]])
    assert np.flatnonzero(labels[0]).tolist() == [4, 7]


def test_one_clip_unmoved_is_itself(people):
    x = people.X_test[:3]
    alone = words.mixed_pictures(x, [[Part(2, 0, 5.0)]])  # louder or not is not to be seen
    np.testing.assert_allclose(alone[0], x[2], atol=1e-6)
    sound = words.mixed_sounds(data.recorded_words()[:3], [[Part(2, 0, 0.0)]])
    np.testing.assert_array_equal(sound[0], data.recorded_words()[2])


def test_a_picture_of_mixed_sounds_is_close_to_the_mixed_pictures(people):
    """Both ways with clips whose pictures have the same loudest power."""
    sounds = data.recorded_words()
    rng = np.random.default_rng(1)
    drawn = words.draw_mixtures(people.y_test, 30, rng)
    mixed = words.mixed_pictures(people.X_test, drawn)
    for parts, picture in zip(drawn, mixed, strict=True):
        peak = [mel_filters(40, 256, 8_000)
                @ spectrogram(sounds[part.clip], 200, 80, 256) for part in parts]  # fmt: skip
        even = np.array([sounds[part.clip] / np.sqrt(p.max())
                         for part, p in zip(parts, peak, strict=True)])  # fmt: skip
        again = [part._replace(clip=k) for k, part in enumerate(parts)]
        real = data.log_mel(words.mixed_sounds(even, [again])[0])
        assert np.abs(real - picture[0]).mean() < 0.03


def test_moving_loses_what_leaves():
    a = np.arange(1, 5)
    assert words.moved(a, 1).tolist() == [0, 1, 2, 3]
    assert words.moved(a, -3).tolist() == [4, 0, 0, 0]
    assert words.moved(a, 0).tolist() == [1, 2, 3, 4]
    sound = np.zeros(8_000)
    sound[400] = 1
    mixed = words.mixed_sounds(sound[np.newaxis], [[Part(0, 2, 20.0)]])
    assert np.flatnonzero(mixed[0]).tolist() == [400 + 2 * HOP]
    assert mixed[0].max() == pytest.approx(0.1)  # 20 decibels are a factor of 10 in height


def test_no_sample_of_a_mixture_is_above_one():
    loud = np.full((2, 8_000), 0.8)
    mixed = words.mixed_sounds(loud, [[Part(0, 0, 0.0), Part(1, 0, 0.0)]])
    assert np.abs(mixed).max() == 1


def test_power_is_what_decibels_came_from():
    powers = np.array([0.0, 1e-5, 0.25, 1.0])
    np.testing.assert_allclose(words.power(decibels(powers, 60)), powers, atol=1e-12)


def test_scores_of_perfect_and_of_empty_answers():
    y = np.eye(10)
    best = words.scores(np.where(y == 1, 5.0, -5.0), y)
    assert best == {"labels": 1, "exact": 1, "micro_f1": 1, "macro_f1": 1, "mean_ap": 1}
    none = words.scores(np.full((10, 10), -5.0), y)
    assert none["labels"] == 0.9
    assert none["exact"] == none["micro_f1"] == none["macro_f1"] == 0


def test_the_record_has_every_seed_and_its_first_one_can_be_made_again():
    record = record_sound.recorded()
    seeds = len(record_sound.SEEDS)
    assert {name: len(runs) for name, runs in record.items()} == dict.fromkeys(
        ("one_word", "other_speaker", "same_speakers", "two_words"), seeds
    )
    for run in record["one_word"]:
        assert len(run["speakers"]) == 4
    for name in ("other_speaker", "same_speakers"):
        assert {len(run) for run in record[name]} == {4}
    assert set(record["two_words"][0]["voices"]) == {
        *("labels", "exact", "micro_f1", "macro_f1", "mean_ap")
    }
    assert record_sound.rounded({"a": [0.123456]}) == {"a": [0.1235]}


def test_a_share_of_the_clips_is_read_right():
    class Says3(nn.Layer):
        def forward(self, x):
            return np.eye(10)[np.full(len(x), 3)]

    y = np.array([3, 3, 1, 3])
    assert record_sound.right(Says3(), np.zeros((4, 1, 40, 98), np.float32), y) == 0.75
