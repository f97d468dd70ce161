"""What students' code finds while it is graded: no clip of validation or of a test."""

import numpy as np

from course_lib.data import speech, spoken_words
from course_lib.data.packing.hold_out_spoken_words import hold_out_spoken_words


def test_only_training_clips_are_left_rightly_labeled(tmp_path):
    hold_out_spoken_words(speech.PACKED, tmp_path / "spoken_words.npz")
    with np.load(tmp_path / "spoken_words.npz") as packed:
        clips, labels = packed["levels"], packed["labels"]
    whole = spoken_words()
    levels = np.rint(whole.X_train[:, 0] * (speech.LEVELS - 1)).astype(np.uint8)
    known = {(x.tobytes(), y) for x, y in zip(levels, whole.y_train, strict=True)}
    assert len(clips) == sum(speech.PARTS.values())
    assert all((x.tobytes(), y) in known for x, y in zip(clips, labels, strict=True))
    np.testing.assert_array_equal(labels[: len(whole.y_train)], whole.y_train)
