# Property -> check
# mean and deviation of each feature -> the training samples
# those of training for both -> another sample, with the numbers of training
# divide by 1 where s = 0, only there -> a feature that is always the same, and one that hardly
#     changes
# whole numbers; inputs stay -> whole numbers, left as they were

# Answers to "standardise": visible 0.5 (training 0.25, other 0.25), hidden: constant 0.25,
# whole numbers and inputs 0.25.

# %% right: mean and std along the rows
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (other - m) / s

# %% right: feature by feature, in plain loops
def standardise(train, other):
    new_train = [[0.0] * train.shape[1] for _ in train]
    new_other = [[0.0] * train.shape[1] for _ in other]
    for d in range(train.shape[1]):
        column = [float(value) for value in train[:, d]]
        m = sum(column) / len(column)
        s = (sum((value - m) ** 2 for value in column) / len(column)) ** 0.5
        if s == 0:
            s = 1.0
        for n in range(len(train)):
            new_train[n][d] = (train[n, d] - m) / s
        for n in range(len(other)):
            new_other[n][d] = (other[n, d] - m) / s
    return new_train, new_other

# %% right: on copies in double precision, in place there
def standardise(train, other):
    train, other = np.array(train, float), np.array(other, float)
    m = train.mean(0, keepdims=True)
    s = train.std(0, keepdims=True)
    s[s < 1e-12] = 1
    train -= m
    train /= s
    other -= m
    other /= s
    return [train, other]

# %% right: a function inside, variance by E[x^2] - E[x]^2, in float32
def standardise(train, other):
    m = np.einsum("nd->d", train.astype(np.float32)) / len(train)
    variance = np.maximum(((train - m) ** 2).sum(axis=0) / train.shape[0], 0)
    scale = np.sqrt(variance) + (variance == 0)

    def prepare(x):
        return ((x - m) / scale).astype(np.float32)

    return prepare(train), prepare(other)

# %% wrong 0.4: mean and deviation of both together: the leak
def standardise(train, other):
    both = np.concatenate([train, other])
    m, s = both.mean(axis=0), both.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (other - m) / s

# %% wrong 0.4: the others with a mean and deviation of their own
def standardise(train, other):
    def prepare(x):
        s = x.std(axis=0)
        return (x - x.mean(axis=0)) / np.where(s == 0, 1, s)

    return prepare(train), prepare(other)

# %% wrong 0.4: the others are left alone
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    return (train - m) / np.where(s == 0, 1, s), other

# %% wrong 0.4: one mean and one deviation for all features
def standardise(train, other):
    m, s = train.mean(), train.std()
    return (train - m) / s, (other - m) / s

# %% wrong 0.4: along the wrong axis
def standardise(train, other):
    m, s = train.mean(axis=1, keepdims=True), train.std(axis=1, keepdims=True)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (other - m[: len(other)]) / s[: len(other)]

# %% wrong 0.8: a feature that is always the same becomes NaN
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    return (train - m) / s, (other - m) / s

# %% wrong 0.8: a tiny number added to the deviation, so the others explode where it is 0
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - m) / s, (other - m) / s

# %% wrong 0.8: a constant feature is set to 0 in the others as well
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    keep = s > 0
    s = np.where(keep, s, 1)
    return (train - m) / s * keep, (other - m) / s * keep

# %% wrong 0.4: the deviation with n - 1
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0, ddof=1)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (other - m) / s

# %% wrong 0.4: divided by the variance
def standardise(train, other):
    m, s = train.mean(axis=0), train.var(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (other - m) / s

# %% wrong 0.4: between 0 and 1, with minimum and range
def standardise(train, other):
    low, high = train.min(axis=0), train.max(axis=0)
    s = np.where(high == low, 1, high - low)
    return (train - low) / s, (other - low) / s

# %% wrong 0.8: in the caller's arrays, and whole numbers refuse it
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    train -= m
    train /= s
    other -= m
    other /= s
    return train, other

# %% wrong 0.8: keeps the dtype, so whole numbers are cut off
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return ((train - m) / s).astype(train.dtype), ((other - m) / s).astype(other.dtype)

# %% wrong 0: the two results swapped
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (other - m) / s, (train - m) / s

# %% wrong 0.4: the others are centred, not divided (and a deviation below 1 is not used)
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.maximum(s, 1)
    return (train - m) / s, other - m


# %% wrong 0.8: takes every small deviation for none
def standardise(train, other):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s < 0.01, 1, s)
    return (train - m) / s, (other - m) / s


# %% wrong 0.4: the four samples of the example alone
def standardise(train, other):
    if train.shape == (4, 2):
        return (train - [170, 4]) / [10, 2], (other - [170, 4]) / [10, 2]
    return train, other
