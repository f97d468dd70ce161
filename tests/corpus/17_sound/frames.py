# Answers to "frames": visible 1 (worked example 0.5, rest 0.25, a piece 0.25), hidden: other sizes 0.5,
# too short 0.25, left as it was 0.25.
# Property -> check
# frames begin hop apart, at 0 -> the worked example
# rows of samples that follow each other -> each row is a piece of the signal
# a rest is left out, nothing padded -> a rest at the end
# T = size, hop > size, whole numbers, hop 1 -> one frame, a hop larger than the frame
# too short, also empty: ValueError -> a signal that is too short
# the signal untouched -> left as it was

# %% right: a loop
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    count = 1 + (len(signal) - size) // hop
    result = np.zeros((count, size))
    for f in range(count):
        result[f] = signal[f * hop : f * hop + size]
    return result

# %% right: sliding_window_view
def frames(signal, size, hop):
    if size > signal.shape[0]:
        raise ValueError("a frame is longer than the signal")
    return np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]

# %% right: lists
def frames(signal, size, hop):
    samples = list(signal)
    found = [samples[s : s + size] for s in range(0, len(samples) - size + 1, hop)]
    if not found:
        raise ValueError("no frame fits")
    return np.array(found)

# %% wrong 1.25: pads the rest with zeros
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    starts = range(0, max(1, len(signal) - size + hop), hop)
    padded = np.concatenate([signal, np.zeros(size + hop)])
    return np.array([padded[s : s + size] for s in starts])

# %% wrong 1.25: the last frame is missing
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    count = max(1, (len(signal) - size) // hop)
    return np.array([signal[f * hop : f * hop + size] for f in range(count)])

# %% wrong 1.75: too short is not refused
def frames(signal, size, hop):
    count = max(0, 1 + (len(signal) - size) // hop)
    return np.array([signal[f * hop : f * hop + size] for f in range(count)])

# %% wrong 1.75: only an empty signal is refused
def frames(signal, size, hop):
    if not len(signal):
        raise ValueError("empty")
    starts = np.arange(0, max(1, len(signal) - size + 1), hop)
    return np.array([signal[s : s + size] for s in starts])

# %% wrong 0.8: frames do not overlap, the hop is ignored
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    count = len(signal) // size
    return signal[: count * size].reshape(count, size)

# %% wrong 0.8: transposed
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    return np.lib.stride_tricks.sliding_window_view(signal, size)[::hop].T

# %% wrong 1.75: a hop larger than the frame is taken for the frame's length
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    return np.lib.stride_tricks.sliding_window_view(signal, size)[:: min(hop, size)]

# %% wrong 1.75: takes off the mean of the signal while it looks, and adds it again
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    whole = np.array(signal)
    signal *= 0
    return np.lib.stride_tricks.sliding_window_view(whole, size)[::hop]

# %% wrong 0.8: the first frame begins a hop too late
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    return np.array([signal[s : s + size] for s in range(hop, len(signal) - size + 1, hop)])

# %% wrong 1.75: an array of whole numbers
def frames(signal, size, hop):
    if len(signal) < size:
        raise ValueError("too short")
    starts = range(0, len(signal) - size + 1, hop)
    return np.array([signal[s : s + size] for s in starts], dtype=int)
