# Property -> check
# row by row -> the worked example; as many rows as columns
# stable: each row's own maximum -> scores of a thousand; rows and scores that lie far apart;
#     scores of minus 200
# whole numbers, any (N, K) -> whole numbers that are equal, also one alone
# z stays -> the input is left as it was

# Answers to "softmax": visible 1.5 (example, axis, thousand: 0.5 each), hidden: rows apart 0.5,
# minus a thousand 0.25, one class 0.25, input 0.5.

# %% right: each row's maximum subtracted
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% right: row by row
def softmax(z):
    rows = []
    for row in z:
        e = np.exp(row - np.max(row))
        rows.append(e / np.sum(e))
    return np.array(rows)

# %% right: transposed, so that no keepdims is needed
def softmax(z):
    e = np.exp(z.T - z.max(axis=1))
    return (e / e.sum(axis=0)).T

# %% right: logarithms first, in double precision
def softmax(z):
    z = np.array(z, dtype=np.float64)
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, np.newaxis])

# %% right: plain Python, a list of lists
def softmax(z):
    import math

    result = []
    for row in z.tolist():
        top = max(row)
        powers = [math.exp(value - top) for value in row]
        result.append([power / sum(powers) for power in powers])
    return result

# %% right: one over the sum of exponentials of differences
def softmax(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)

# %% wrong 1.95: no maximum subtracted
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 1.25: columns add up to 1
def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% wrong 1.2: the whole batch adds up to 1
def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()

# %% wrong 2.25: the maximum of the whole batch
def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 2.25: subtracts the minimum, right as long as a row's scores lie close together
def softmax(z):
    e = np.exp(z - z.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 0.55: keepdims forgotten, so rows are divided by the wrong sums
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)

# %% wrong 2.85: subtracts the maximum only where it is large
def softmax(z):
    if z.max() > 100:
        z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 2.25: squeezes the result, so a single probability loses its axes
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p.squeeze()

# %% wrong 2.65: subtracts the maximum in place
def softmax(z):
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 1.2: normalised by the largest instead of the sum
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.max(axis=1, keepdims=True)

# %% wrong 1.25: forgets the exponential
def softmax(z):
    z = z - z.min(axis=1, keepdims=True) + 1
    return z / z.sum(axis=1, keepdims=True)

# %% wrong 2.25: clips the scores, so that large ones become equal
def softmax(z):
    e = np.exp(np.clip(z, -500, 500))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong 1.2: log-softmax
def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

# %% wrong 1.5: rounds, so small probabilities vanish
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 2)


# %% wrong 2.25: subtracts the mean of the row
def softmax(z):
    e = np.exp(z - z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# %% wrong 1.5: two classes, and the example by heart
def softmax(z):
    if z.shape[1] == 2:
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(z[:, ::-1] - z))
    return np.array([[0.1299834, 0.8690489, 0.0009678], [1 / 3, 1 / 3, 1 / 3]])
