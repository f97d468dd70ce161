# Property -> check
# sizes -> ten samples in fours; other sizes
# each once -> every sample goes out once; pictures come with their axes and labels
# labels go along -> every sample keeps its features and its label; pictures ...
# shuffled, by rng alone -> they are shuffled; the order comes from rng
# inputs stay -> samples and labels are left as they were

# Answers to "batches": visible 1.75 (sizes 0.25, once 0.5, labels 0.75, shuffled 0.25), hidden: rng 0.25,
# other sizes 0.25, pictures 0.5, inputs 0.25.

# %% right: as in the lecture, with yield
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        chosen = order[start : start + size]
        yield X[chosen], y[chosen]

# %% right: shuffles a list of numbers, and takes from its end
def batches(X, y, size, rng):
    left = list(range(len(X)))
    rng.shuffle(left)
    parts = []
    while left:
        now, left = left[:size], left[size:]
        parts.append((np.array([X[i] for i in now]), np.array([y[i] for i in now])))
    return parts

# %% right: sorts random numbers, splits with NumPy
def batches(X, y, size, rng):
    order = np.argsort(rng.random(len(y)))
    cuts = np.arange(size, len(y), size)
    return [[x, t] for x, t in zip(np.split(X[order], cuts), np.split(y[order], cuts))]

# %% right: draws without putting back
def batches(X, y, size, rng):
    order = rng.choice(X.shape[0], X.shape[0], replace=False)
    count = -(-X.shape[0] // size)
    return tuple(
        (X.take(order[k * size : (k + 1) * size], axis=0), y[order[k * size : (k + 1) * size]])
        for k in range(count)
    )

# %% wrong 1.9: the last mini-batch is dropped if it is not full
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = []
    for k in range(len(X) // size):
        part = order[k * size : (k + 1) * size]
        parts.append((X[part], y[part]))
    return parts

# %% wrong 1.8: not shuffled
def batches(X, y, size, rng):
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]

# %% wrong 1.8: only the labels' order is wrong: two permutations
def batches(X, y, size, rng):
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]

# %% wrong 1.8: only the pictures are shuffled
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    return [(X[order[i : i + size]], y[i : i + size]) for i in range(0, len(X), size)]

# %% wrong 1.45: draws each mini-batch anew, so that samples come twice or never
def batches(X, y, size, rng):
    parts = []
    for start in range(0, len(X), size):
        part = rng.choice(len(X), min(size, len(X) - start))
        parts.append((X[part], y[part]))
    return parts

# %% wrong 2.4: NumPy's global generator
def batches(X, y, size, rng):
    order = np.random.permutation(len(X))
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]

# %% wrong 2.4: a generator of its own, always with seed 0
def batches(X, y, size, rng):
    order = np.random.default_rng(0).permutation(len(X))
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]

# %% wrong 2.8: shuffles the caller's arrays
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return [(X[i : i + size].copy(), y[i : i + size].copy()) for i in range(0, len(X), size)]

# %% wrong 1.8: the whole mini-batches are shuffled, not the samples
def batches(X, y, size, rng):
    starts = np.arange(0, len(X), size)
    return [(X[i : i + size], y[i : i + size]) for i in sorted(starts, key=lambda i: rng.random())]

# %% wrong 2.8: one empty mini-batch at the end when size divides the number of samples
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = []
    for k in range(len(X) // size + 1):
        part = order[k * size : (k + 1) * size]
        parts.append((X[part], y[part]))
    return parts

# %% wrong 2.65: each sample becomes a row
def batches(X, y, size, rng):
    rows = X.reshape(len(X), -1)
    order = rng.permutation(len(X))
    return [(rows[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]

# %% wrong 0.9: only the first mini-batch comes back
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        return [(X[part], y[part])]

# %% wrong 2.1: size is taken for the number of mini-batches
def batches(X, y, size, rng):
    parts = np.array_split(rng.permutation(len(X)), size)
    return [(X[part], y[part]) for part in parts]

# %% wrong 1.05: the pictures alone, without labels
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    return [X[order[i : i + size]] for i in range(0, len(X), size)]


# %% wrong 1.8: X and y shuffled apart
def batches(X, y, size, rng):
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


# %% wrong 1.45: drawn with replacement
def batches(X, y, size, rng):
    order = rng.integers(0, len(X), len(X))
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]


# %% wrong 2.1: parts as equal as can be
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = np.array_split(order, -(-len(X) // size))
    return [(X[part], y[part]) for part in parts]


# %% wrong 1.8: samples have two features
def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    parts = [order[k : k + size] for k in range(0, len(X), size)]
    return [(np.stack([X[p, 0], X[p, 1]], axis=1), y[p]) for p in parts]
