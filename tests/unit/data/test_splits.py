import numpy as np
import pytest

from course_lib import data


def test_split_deals_every_sample_once_with_its_label():
    x, y = np.arange(100)[:, np.newaxis], np.arange(100) // 25
    parts = data.train_val_test_split(x, y, (0.6, 0.2, 0.2), rng=3, name="toy")
    assert (len(parts.X_train), len(parts.X_val), len(parts.X_test)) == (60, 20, 20)
    everything = np.concatenate([parts.X_train, parts.X_val, parts.X_test])
    assert sorted(everything.ravel()) == list(range(100))
    for x_part, y_part in zip(
        (parts.X_train, parts.X_val, parts.X_test),
        (parts.y_train, parts.y_val, parts.y_test),
        strict=True,
    ):
        assert np.array_equal(x_part.ravel() // 25, y_part)
        assert len(set(np.bincount(y_part))) == 1  # every class its share


def test_split_repeats_with_its_seed_only():
    x, y = np.arange(50), np.zeros(50)
    one, same, other = (data.train_val_test_split(x, y, rng=seed).X_test for seed in (0, 0, 1))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_whole_numbers_as_targets_are_no_labels():
    x, y = np.arange(20), np.stack([np.arange(20), np.arange(20) % 3], axis=1)
    parts = data.train_val_test_split(x, y)
    assert parts.y_train.shape == (12, 2)
    np.testing.assert_array_equal(parts.X_train, parts.y_train[:, 0])


def test_lists_will_do():
    parts = data.train_val_test_split([[1, 2], [3, 4]], [0, 0], (0.5, 0.5, 0))
    assert (len(parts.X_train), len(parts.X_val)) == (1, 1)
    assert [(a.tolist(), b.tolist()) for a, b in data.batches([1, 2, 3], [4, 5, 6], 2)] == [
        ([1, 2], [4, 5]),
        ([3], [6]),
    ]


def test_batches_cover_everything_in_order_or_shuffled():
    x, y = np.arange(10), np.arange(10) * 2
    assert [len(part) for part, _ in data.batches(x, y, 4)] == [4, 4, 2]
    assert np.concatenate([part for part, _ in data.batches(x, y, 4)]).tolist() == list(range(10))
    shuffled = list(data.batches(x, y, 4, rng=0))
    assert sorted(np.concatenate([part for part, _ in shuffled])) == list(range(10))
    assert np.concatenate([part for part, _ in shuffled]).tolist() != list(range(10))
    assert all(np.array_equal(2 * a, b) for a, b in shuffled)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: data.train_val_test_split(np.ones(3), np.ones(2)),
            "y has 2 entries, wanted 3: one for each of x",
        ),
        (lambda: data.train_val_test_split(np.ones(3), np.ones(3), (0.5, 0.5, 0.5)), "shares is"),
        (lambda: data.train_val_test_split(np.ones(0), np.ones(0)), "number of samples is 0"),
        (
            lambda: data.train_val_test_split(1.0, [1]),
            r"split: x has shape \(\), wanted \(N, ...\)",
        ),
        (lambda: data.batches(np.ones(3), np.ones(3), 0), "size is 0, wanted at least 1"),
        (lambda: data.batches(np.ones(3), np.ones(2), 1), "y has 2 entries, wanted 3"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
