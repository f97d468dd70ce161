import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.data import sound


def test_one_second_has_98_frames():
    signal = np.arange(16_000.0)
    pieces = sound.frames(signal, 400, 160)
    assert pieces.shape == (98, 400)
    np.testing.assert_array_equal(pieces[1], signal[160:560])
    assert len(sound.frames(signal, 16_000, 160)) == 1


@given(size=st.integers(2, 30), hop=st.integers(1, 20), more=st.integers(0, 50))
def test_spectrogram_equals_torch(size, hop, more):
    signal, n_fft = np.random.default_rng(0).normal(size=size + more), 32
    ours = sound.spectrogram(signal, size, hop, n_fft)
    pieces = torch.from_numpy(signal).unfold(0, size, hop)
    window = torch.hann_window(size, dtype=torch.float64)
    wanted = torch.fft.rfft(pieces * window, n_fft).abs().square().T
    np.testing.assert_allclose(ours, wanted, rtol=1e-9, atol=1e-12)


def test_a_pure_tone_lands_in_its_row():
    time = np.arange(16_000) / 16_000
    power = sound.spectrogram(np.sin(2 * np.pi * 1_000 * time), 400, 160, 512)
    assert power.shape == (257, 98)
    assert set(power.argmax(axis=0)) == {32}  # 1000 Hz / (16 000 Hz / 512)


def test_power_of_a_frame_is_that_of_its_samples():
    signal = np.random.default_rng(0).normal(size=64)
    power = sound.spectrogram(signal, 64, 64, 64)[:, 0]
    window = torch.hann_window(64, dtype=torch.float64).numpy()
    twice = power[0] + power[-1] + 2 * power[1:-1].sum()  # each inner row stands for two
    assert twice / 64 == pytest.approx(np.sum((signal * window) ** 2))  # Parseval


def test_mel_of_known_frequencies():
    np.testing.assert_allclose(
        sound.mel([0, 1_000, 4_000, 8_000]), [0, 1_000, 2_146, 2_840], atol=0.5
    )
    np.testing.assert_allclose(sound.hertz(sound.mel([20.0, 440, 7_000])), [20, 440, 7_000])


def test_mel_filters_are_triangles_that_meet_at_their_middles():
    filters = sound.mel_filters(40, 512, 16_000)
    assert filters.shape == (40, 257)
    assert filters.min() == 0
    assert filters.max() <= 1
    middles = sound.hertz(np.linspace(0, sound.mel(8_000), 42))[1:-1]
    np.testing.assert_allclose(middles[[0, 1, 2, 3, 4]], [44, 92, 142, 195, 252], atol=0.6)
    np.testing.assert_allclose(middles[[-2, -1]], [6_994, 7_481], atol=0.6)
    spacing = 16_000 / 512
    assert np.all(np.abs(filters.argmax(axis=1) * spacing - middles) <= spacing)
    # Between the first and the last middle every frequency counts once in all, shared by two.
    inner = slice(int(middles[0] / spacing) + 1, int(middles[-1] / spacing))
    np.testing.assert_allclose(filters.sum(axis=0)[inner], 1)


def test_filters_between_low_and_high():
    filters = sound.mel_filters(10, 512, 16_000, 300, 3_000)
    rows = np.flatnonzero(filters.sum(axis=0)) * 16_000 / 512
    assert 300 <= rows.min() < 350
    assert 2_900 < rows.max() <= 3_000


def test_decibels():
    power = np.array([100.0, 10, 1, 1e-9, 0])
    np.testing.assert_allclose(sound.decibels(power, 40), [1, 0.75, 0.5, 0, 0])
    np.testing.assert_array_equal(sound.decibels(np.zeros(3), 40), [0, 0, 0])


def test_bad_input_is_named():
    signal = np.ones(100)
    with pytest.raises(ValueError, match="size is 101, wanted at most the signal's 100"):
        sound.frames(signal, 101, 10)
    with pytest.raises(ValueError, match="hop is 0, wanted at least 1"):
        sound.frames(signal, 10, 0)
    with pytest.raises(ValueError, match=r"signal has shape \(10, 10\), wanted \(T\)"):
        sound.frames(signal.reshape(10, 10), 2, 2)
    with pytest.raises(ValueError, match="n_fft is 32, wanted at least 64"):
        sound.spectrogram(signal, 64, 10, 32)
    with pytest.raises(ValueError, match="low is 5000, wanted 0 or more, less than 4000"):
        sound.mel_filters(10, 256, 8_000, 5_000)
    with pytest.raises(ValueError, match="below is 0"):
        sound.decibels(signal, 0)
