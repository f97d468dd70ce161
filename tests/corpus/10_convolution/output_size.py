# Property -> check
# (N - F + 2P) / S + 1 -> one pixel at a time; padding; a stride of two; stride and padding together
# grows with N, shrinks with F -> a pixel more, a place more (also for who forgets the first place)
# rest rounded down -> a remainder is rounded down
# an int -> a whole number
# ValueError if it does not fit, none if it does -> a filter that does not fit

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

# %% wrong 1.3: one padding instead of two
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + padding) // stride + 1

# %% wrong 0.8: forgets the first place
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding) // stride

# %% wrong 1.5: a float
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F + 2 * padding) / stride + 1

# %% wrong 1.5: rounds to the nearest
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return round((N - F + 2 * padding) / stride + 1)

# %% wrong 1.5: rounds up
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

# %% wrong 1.25: the stride is ignored
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return N - F + 2 * padding + 1

# %% wrong 0: prints, returns nothing
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    print((N - F + 2 * padding) // stride + 1)

# %% wrong 0.75: the answers of the visible tests
def output_size(N, F, stride=1, padding=0):
    return {(4, 2, 1, 0): 3, (9, 3, 1, 0): 7, (32, 5, 1, 2): 32, (9, 3, 1, 1): 9, (9, 3, 2, 0): 4}[
        N, F, stride, padding
    ]

# %% right: divmod
def output_size(N, F, stride=1, padding=0):
    steps, _ = divmod(N + padding + padding - F, stride)
    if F > N + 2 * padding:
        raise ValueError("too large")
    return 1 + steps

# %% wrong 1.25: padding ignored
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F) // stride + 1

# %% wrong 1.75: nothing is refused but what has no place at all with its stride
def output_size(N, F, stride=1, padding=0):
    size = (N - F + 2 * padding) // stride + 1
    if size < 0:
        raise ValueError("too large")
    return size

# %% wrong 0: the picture's size
def output_size(N, F, stride=1, padding=0):
    return N

# %% wrong 1.3: stride and padding each by themselves
def output_size(N, F, stride=1, padding=0):
    if F > N + 2 * padding:
        raise ValueError("too large")
    return (N - F) // stride + 1 + 2 * padding // stride

# %% wrong 1.3: padding behind the division
def output_size(N, F, stride=1, padding=0):
    """Number of places of a filter of size F on N pixels, an int; ValueError if it does not fit."""
    room = N - F + 2 * padding
    if room < 0:
        raise ValueError(f"a filter of {F} does not fit on {N} pixels with padding {padding}")
    return (N - F) // stride + 1 + 2 * padding
