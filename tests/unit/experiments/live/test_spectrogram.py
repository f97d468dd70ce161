import numpy as np
import pytest

from course_lib.experiments.live import moving_spectrogram, spectrogram


def test_a_long_window_parts_the_tones_and_a_short_one_does_not():
    found = moving_spectrogram().shown["peaks"]
    assert len(found[32]) == 1
    assert found[512].tolist() == [1_000, 1_250]


def test_a_short_window_parts_the_clicks_and_a_long_one_does_not():
    shown = moving_spectrogram().shown["loudness"]
    for size, apart in ((32, True), (128, True), (512, False)):
        above = shown[size][200:].mean(axis=0)  # frequencies far above the tones
        middle = np.arange(len(above)) * spectrogram.HOP + size / 2
        first, between, second = (
            above[np.abs(middle - sample).argmin()] for sample in (2_416, 2_516, 2_616)
        )
        assert (between < 0.5 * min(first, second)) == apart


def test_the_quiet_frames_end_before_the_first_click():
    longest = max(spectrogram.SIZES)
    assert (spectrogram.QUIET - 1) * spectrogram.HOP + longest <= spectrogram.CLICKS[0]


def test_another_window_is_refused():
    with pytest.raises(ValueError, match="size is 100"):
        moving_spectrogram(size=100)
