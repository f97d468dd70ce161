# Answers to "output_size": visible 1.25 (stride 1: 0.5, padding 0.5, stride 2: 0.25),
# hidden: the rest 0.25, an int 0.25, a filter that does not fit 0.25.

# %% right: whole division
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("the filter is larger than the picture")
    return (N - F + 2 * padding) // stride + 1

# %% right: counts the places
def output_size(N, F, stride=1, padding=0):
    total = N + padding + padding
    count = 0
    start = 0
    while start + F <= total:
        count += 1
        start += stride
    if count == 0:
        raise ValueError(f"{F} > {total}")
    return count

# %% right: the length of a range
def output_size(N, F, stride=1, padding=0):
    places = range(0, N + 2 * padding - F + 1, stride)
    if not places:
        raise ValueError("no place")
    return len(places)

# %% right: NumPy's floor, made a NumPy whole number
def output_size(N, F, stride=1, padding=0):
    result = np.floor((N - F + 2 * padding) / stride).astype(np.int64) + 1
    if result < 1:
        raise ValueError("the filter does not fit")
    return result

# %% wrong 1.25: one padding instead of two
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + padding) // stride + 1

# %% wrong 0: forgets the first place
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding) // stride

# %% wrong 1.5: a float
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding) / stride + 1

# %% wrong 1.75: rounds to the nearest
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return round((N - F + 2 * padding) / stride + 1)

# %% wrong 1.75: rounds up
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return -(-(N - F + 2 * padding) // stride) + 1

# %% wrong 1.75: NumPy's floor, which gives a float
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return np.floor((N - F + 2 * padding) / stride + 1)

# %% wrong 1.75: no error for a filter that is too large
def output_size(N, F, stride=1, padding=0):
    return (N - F + 2 * padding) // stride + 1

# %% wrong 1.75: the error forgets the padding
def output_size(N, F, stride=1, padding=0):
    if F > N:
        raise ValueError("too large")
    return (N - F + 2 * padding) // stride + 1

# %% wrong 1.75: a filter as large as the picture is refused, too
def output_size(N, F, stride=1, padding=0):
    if F >= N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding) // stride + 1

# %% wrong 1.75: int() cuts towards zero, so a filter that is too large has a place
def output_size(N, F, stride=1, padding=0):
    places = int((N - F + 2 * padding) / stride) + 1
    if places < 1:
        raise ValueError("too large")
    return places

# %% wrong 1.75: an assert instead of a ValueError
def output_size(N, F, stride=1, padding=0):
    assert F <= N + 2 * padding
    return (N - F + 2 * padding) // stride + 1

# %% wrong 1.25: adds the first place before it divides
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding + 1) // stride

# %% wrong 1.5: the stride is ignored
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return N - F + 2 * padding + 1

# %% wrong 0: prints, returns nothing
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    print((N - F + 2 * padding) // stride + 1)

# %% wrong 1.25: the answers of the visible tests
def output_size(N, F, stride=1, padding=0):
    return {(4, 2, 1, 0): 3, (9, 3, 1, 0): 7, (32, 5, 1, 2): 32, (9, 3, 1, 1): 9, (9, 3, 2, 0): 4}[
        N, F, stride, padding
    ]
