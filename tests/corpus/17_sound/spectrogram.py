# Answers to "spectrogram": visible 1.75 (shape 0.25, not alone; worked example 0.75, loudest row
# 0.75), hidden: sum of power 0.75, noise 0.75, odd n_fft and whole numbers 0.5, left 0.25.
# Property -> check
# rows are frequencies, columns frames -> the shape
# Hann's periodic window, power -> the worked example
# row k is k * rate / n_fft -> tones of 1,000 and 2,000 Hz are loudest in their rows
# all frames, all power, the scale -> the sum of all power
# filled up with zeros behind the window -> noise, filled up with zeros
# odd n_fft, whole numbers -> an odd n_fft, and whole numbers
# the signal untouched -> left as it was

# %% right: a loop over frames
def spectrogram(signal, size, hop, n_fft):
    w = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
    columns = []
    for s in range(0, len(signal) - size + 1, hop):
        c = np.fft.rfft(w * signal[s : s + size], n=n_fft)
        columns.append(c.real**2 + c.imag**2)
    return np.array(columns).T

# %% right: sums of cosines and sines, as in the lecture
def spectrogram(signal, size, hop, n_fft):
    t = np.arange(size)
    w = np.sin(np.pi * t / size) ** 2
    F = 1 + (len(signal) - size) // hop
    power = np.empty((n_fft // 2 + 1, F))
    for f in range(F):
        x = signal[f * hop : f * hop + size] * w
        for k in range(n_fft // 2 + 1):
            angle = 2 * np.pi * k * t / n_fft
            power[k, f] = (x @ np.cos(angle)) ** 2 + (x @ np.sin(angle)) ** 2
    return power

# %% right: the whole transform, of which the first half is kept; np.hanning of one more
def spectrogram(signal, size, hop, n_fft):
    window = np.hanning(size + 1)[:-1]
    starts = np.arange(0, len(signal) - size + 1, hop)
    padded = np.zeros((len(starts), n_fft))
    padded[:, :size] = np.asarray(signal)[starts[:, None] + np.arange(size)] * window
    return (np.abs(np.fft.fft(padded))[:, : n_fft // 2 + 1] ** 2).T

# %% wrong 2.25: no window
def spectrogram(signal, size, hop, n_fft):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces, n_fft).T) ** 2

# %% wrong 2.25: magnitude in place of power
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * window, n_fft).T)

# %% wrong 3.25: transposed
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * window, n_fft)) ** 2

# %% wrong 2.25: the symmetric window
def spectrogram(signal, size, hop, n_fft):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * np.hanning(size), n_fft).T) ** 2

# %% wrong 2.25: n_fft is ignored
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * window).T) ** 2

# %% wrong 2.5: all n_fft rows, with those beyond the half
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.fft(pieces * window, n_fft).T) ** 2

# %% wrong 3.75: a row too many where n_fft is odd
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    power = np.abs(np.fft.fft(pieces * window, n_fft).T) ** 2
    return power[: (n_fft + 1) // 2 + 1]

# %% wrong 2.75: divided by the length
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * window, n_fft).T) ** 2 / n_fft

# %% wrong 2.75: the window is faded over the zeros as well
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(n_fft) / n_fft)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.abs(np.fft.rfft(pieces * window[:size], n_fft).T) ** 2

# %% wrong 3.5: fades the frames in place, and with them the signal
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    signal = np.asarray(signal)
    columns = []
    for s in range(0, len(signal) - size + 1, hop):
        columns.append(np.abs(np.fft.rfft(signal[s : s + size] * window, n_fft)) ** 2)
    signal -= signal[0]
    signal *= 0.5
    return np.array(columns).T if signal.dtype == float else np.array(columns)

# %% wrong 2: takes the mean of the frames' power
def spectrogram(signal, size, hop, n_fft):
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    power = np.abs(np.fft.rfft(pieces * window, n_fft).T) ** 2
    return np.repeat(power.mean(axis=1, keepdims=True), len(pieces), axis=1)


# %% right: a matrix of cosines and sines
def spectrogram(signal, size, hop, n_fft):
    x = np.lib.stride_tricks.sliding_window_view(np.asarray(signal, float), size)[::hop]
    t = np.arange(size)
    x = x * np.sin(np.pi * t / size)**2
    angle = 2 * np.pi * np.outer(np.arange(n_fft // 2 + 1), t) / n_fft
    return (np.cos(angle) @ x.T)**2 + (np.sin(angle) @ x.T)**2

# %% wrong 2: hop ignored
def spectrogram(signal, size, hop, n_fft):
    """Power of each frequency in each frame, faded with Hann's window: (n_fft // 2 + 1, F)."""
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)
    return np.abs(np.fft.rfft(pieces * window, n_fft).T) ** 2

# %% wrong 2.25: complex
def spectrogram(signal, size, hop, n_fft):
    """Power of each frequency in each frame, faded with Hann's window: (n_fft // 2 + 1, F)."""
    window = (1 - np.cos(2 * np.pi * np.arange(size) / size)) / 2
    pieces = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    return np.fft.rfft(pieces * window, n_fft).T
