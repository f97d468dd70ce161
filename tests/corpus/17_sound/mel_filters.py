# Answers to "mel_filters": visible 2 (shape 0.25, not alone; worked example 1, each band has its
# place 0.75), hidden: neighbours 0.5, narrower range 0.75, another rate and an odd n_fft 0.75.
# Property -> check
# (count, n_fft // 2 + 1) -> the shape
# corners even in mel, straight lines in Hz -> the worked example
# low and high -> bands of a narrower range
# a band begins at the middle of the one before -> neighbours add up to 1
# rate, odd n_fft -> another rate, and an odd n_fft
# rise in order, from 0 to 1 -> each band has its place

# %% right: loops over bands and rows
def mel_filters(count, n_fft, rate, low, high):
    def mel(f):
        return 2595 * np.log10(1 + f / 700)

    a, b = mel(low), mel(high)
    corners = [700 * (10 ** ((a + (b - a) * i / (count + 1)) / 2595) - 1) for i in range(count + 2)]
    bands = np.zeros((count, n_fft // 2 + 1))
    for band in range(count):
        left, top, right = corners[band : band + 3]
        for k in range(n_fft // 2 + 1):
            f = k * rate / n_fft
            if left < f <= top:
                bands[band, k] = (f - left) / (top - left)
            elif top < f < right:
                bands[band, k] = (right - f) / (right - top)
    return bands

# %% right: np.interp, row by row
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = 700 * (10 ** (m / 2595) - 1)
    f = np.fft.rfftfreq(n_fft, 1 / rate)
    return np.array([np.interp(f, c[i : i + 3], [0, 1, 0], left=0, right=0) for i in range(count)])

# %% right: natural logarithms, both ways (the factor of the scale cancels)
def mel_filters(count, n_fft, rate, low, high):
    corners = 700 * np.expm1(np.linspace(np.log1p(low / 700), np.log1p(high / 700), count + 2))
    f = np.arange(n_fft // 2 + 1) * (rate / n_fft)
    slopes = np.diff(corners)
    position = f - corners[:, None]
    up, down = position[:-2] / slopes[:-1, None], -position[2:] / slopes[1:, None]
    return np.clip(np.minimum(up, down), 0, None)

# %% wrong 1.6: corners even in Hz
def mel_filters(count, n_fft, rate, low, high):
    corners = np.linspace(low, high, count + 2)[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = corners[:-2], corners[1:-1], corners[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 1.6: corners moved to whole rows
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    rows = np.floor((n_fft + 1) * 700 * (10 ** (m / 2595) - 1) / rate).astype(int)
    bands = np.zeros((count, n_fft // 2 + 1))
    for i in range(count):
        a, b, c = rows[i : i + 3]
        for k in range(a, b):
            bands[i, k] = (k - a) / (b - a)
        for k in range(b, min(c, n_fft // 2 + 1)):
            bands[i, k] = (c - k) / (c - b)
    return bands

# %% wrong 1.6: straight lines in mel, not in Hz
def mel_filters(count, n_fft, rate, low, high):
    def mel(f):
        return 2595 * np.log10(1 + f / 700)

    corners = np.linspace(mel(low), mel(high), count + 2)[:, None]
    f = mel(np.arange(n_fft // 2 + 1) * rate / n_fft)
    b, m, e = corners[:-2], corners[1:-1], corners[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 2: each band scaled to an area of 1
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m))) * 2 / (e - b)

# %% wrong 2: low and high ignored
def mel_filters(count, n_fft, rate, low, high):
    low, high = 0, rate / 2
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 1: natural logarithm one way, powers of ten the other
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log(1 + low / 700), 2595 * np.log(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 3: transposed
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m))).T

# %% wrong 2.5: rows spread from 0 to half the rate, which is right for an even n_fft, and no zeros below
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.linspace(0, rate / 2, n_fft // 2 + 1)
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.minimum((f - b) / (m - b), (e - f) / (e - m))

# %% wrong 3.25: rows spread from 0 to half the rate, which is right for an even n_fft
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), count + 2)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.linspace(0, rate / 2, n_fft // 2 + 1)
    b, m, e = c[:-2], c[1:-1], c[2:]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 2: bands that do not overlap with the one after the next corner
def mel_filters(count, n_fft, rate, low, high):
    m = np.linspace(2595 * np.log10(1 + low / 700), 2595 * np.log10(1 + high / 700), 2 * count + 1)
    c = (700 * (10 ** (m / 2595) - 1))[:, None]
    f = np.arange(n_fft // 2 + 1) * rate / n_fft
    b, m, e = c[:-2:2], c[1:-1:2], c[2::2]
    return np.maximum(0, np.minimum((f - b) / (m - b), (e - f) / (e - m)))

# %% wrong 3: one column less
def mel_filters(count, n_fft, rate, low, high):
    """How much each row of a spectrogram counts in each band: (count, n_fft // 2)."""
    lowest, highest = (2595 * np.log10(1 + f / 700) for f in (low, high))
    corners = 700 * (10 ** (np.linspace(lowest, highest, count + 2) / 2595) - 1)
    begin, middle, end = (corners[i : i + count, np.newaxis] for i in range(3))
    frequency = np.arange(n_fft // 2) * rate / n_fft
    rise, fall = (frequency - begin) / (middle - begin), (end - frequency) / (end - middle)
    return np.maximum(0, np.minimum(rise, fall))

# %% wrong 3.25: not cut at 0
def mel_filters(count, n_fft, rate, low, high):
    """How much each row of a spectrogram counts in each band: (count, n_fft // 2 + 1)."""
    lowest, highest = (2595 * np.log10(1 + f / 700) for f in (low, high))
    corners = 700 * (10 ** (np.linspace(lowest, highest, count + 2) / 2595) - 1)
    begin, middle, end = (corners[i : i + count, np.newaxis] for i in range(3))
    frequency = np.arange(n_fft // 2 + 1) * rate / n_fft
    rise, fall = (frequency - begin) / (middle - begin), (end - frequency) / (end - middle)
    return np.minimum(rise, fall)
