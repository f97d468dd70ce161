# Property -> check
# each row number once -> each sample is in one part, once
# each class dealt by itself -> each part has the distribution of the whole
# labels in any order, any whole number, a class of one -> labels in any order, in shares of 50,
#     30 and 20 %
# shares are used, in their order, 0 too -> labels in any order; other shares
# chance comes from rng alone -> another generator deals otherwise; the same generator deals the
#     same
# dealt at random within a class -> nothing is left of the order of collection
# y stays -> the labels are left as they were

# Answers to "split_by_class": visible 1.25 (once 0.25, distribution 0.5, another generator 0.5),
# hidden: same generator, order of collection, labels, shares, inputs: 5 x 0.25.

# %% right: np.unique, permutation, np.split
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% right: plain lists, rng.shuffle, both cuts rounded down
def split_by_class(y, shares, rng):
    rows_of = {}
    for row, label in enumerate(y):
        rows_of.setdefault(int(label), []).append(row)
    train, val, test = [], [], []
    for rows in rows_of.values():
        rng.shuffle(rows)
        a = int(shares[0] * len(rows) + 1e-9)
        b = int((shares[0] + shares[1]) * len(rows) + 1e-9)
        train += rows[:a]
        val += rows[a:b]
        test += rows[b:]
    return train, val, test

# %% right: one permutation of everything, then sorted by class, each size rounded by itself
def split_by_class(y, shares, rng):
    order = rng.permutation(len(y))
    order = order[np.argsort(y[order], kind="stable")]
    train, val, test = [], [], []
    for label in sorted(set(y.tolist())):
        rows = order[y[order] == label]
        n_train, n_val = round(shares[0] * len(rows)), round(shares[1] * len(rows))
        train.extend(rows[:n_train])
        val.extend(rows[n_train : n_train + n_val])
        test.extend(rows[n_train + n_val :])
    return np.array(train, int), np.array(val, int), np.array(test, int)

# %% right: random numbers, ranks inside the class, masks; joins and shuffles at the end
def split_by_class(y, shares, rng):
    luck = rng.random(len(y))
    part = np.empty(len(y), dtype=np.int8)
    for label in np.unique(y):
        mine = y == label
        rank = luck[mine].argsort().argsort() + 0.5
        part[mine] = np.digitize(rank / mine.sum(), np.cumsum(shares)[:2])
    return tuple(rng.permutation(np.where(part == k)[0]) for k in range(3))

# %% right: draws without replacement, and takes the rest by set difference
def split_by_class(y, shares, rng):
    train, val, test = (np.empty(0, dtype=np.int32) for _ in range(3))
    for label in np.unique(y):
        rows = np.nonzero(y == label)[0]
        first = rng.choice(rows, size=round(shares[0] * rows.size), replace=False)
        rest = np.setdiff1d(rows, first)
        size = min(rest.size, round(shares[1] * rows.size))
        second = rng.choice(rest, size=size, replace=False)
        train = np.append(train, first).astype(np.int32)
        val = np.append(val, second).astype(np.int32)
        test = np.append(test, np.setdiff1d(rest, second)).astype(np.int32)
    return train, val, test

# %% wrong 1: shuffles all samples, not class by class
def split_by_class(y, shares, rng):
    order = rng.permutation(len(y))
    a, b = round(shares[0] * len(y)), round((shares[0] + shares[1]) * len(y))
    return order[:a], order[a:b], order[b:]

# %% wrong 1.5: class by class, but in the order of collection
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 1.5: a random start, and from there in the order of collection
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        rows = np.roll(rows, rng.integers(len(rows)))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 2.35: np.random.permutation, not the generator
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = np.random.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 2.35: a generator of its own, always the same
def split_by_class(y, shares, rng):
    rng = np.random.default_rng(0)
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 2.1: labels must be 0, 1, 2, so other samples are lost
def split_by_class(y, shares, rng):
    train, val, test = [], [], []
    for label in range(3):
        rows = rng.permutation(np.where(y == label)[0])
        a, b = round(shares[0] * len(rows)), round((shares[0] + shares[1]) * len(rows))
        train, val, test = train + list(rows[:a]), val + list(rows[a:b]), test + list(rows[b:])
    return train, val, test

# %% wrong 2.1: labels must run from 0, so a label of -1 is lost
def split_by_class(y, shares, rng):
    train, val, test = [], [], []
    for label in range(y.max() + 1):
        rows = rng.permutation(np.where(y == label)[0])
        a, b = round(shares[0] * len(rows)), round((shares[0] + shares[1]) * len(rows))
        train, val, test = train + list(rows[:a]), val + list(rows[a:b]), test + list(rows[b:])
    return train, val, test

# %% wrong 1.75: 60/20/20 whatever the shares are
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = round(0.6 * len(rows)), round(0.8 * len(rows))
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 2.1: at least one sample of each class in every part, so single ones are in all three
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        if len(rows) < 3:
            dealt = [rows, rows, rows]
        else:
            ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
            dealt = np.split(rows, ends)
        for part, some in zip(parts, dealt):
            part.append(some)
    return [np.concatenate(part) for part in parts]

# %% wrong 1: the second cut at the share of validation, not at the sum of the first two
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        a, b = round(shares[0] * len(rows)), round(shares[1] * len(rows))
        for part, dealt in zip(parts, (rows[:a], rows[a : a + b], rows[b:])):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 1: the labels come back, not the row numbers
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(y[dealt])
    return [np.concatenate(part) for part in parts]

# %% wrong 0.3: row numbers inside the class, not in the whole
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.sum(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 0.9: True and False for each sample, shuffles nothing else
def split_by_class(y, shares, rng):
    masks = np.zeros((3, len(y)), bool)
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for mask, dealt in zip(masks, np.split(rows, ends)):
            mask[dealt] = True
    return tuple(masks)

# %% wrong 0.3: draws with replacement
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        for part, share in zip(parts, shares):
            part.append(rng.choice(rows, size=round(share * len(rows))))
    return [np.concatenate(part) for part in parts]

# %% wrong 2.4: sorts the caller's labels in place
def split_by_class(y, shares, rng):
    order = np.argsort(y, kind="stable")
    y.sort()
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(order[y == label])
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, dealt in zip(parts, np.split(rows, ends)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 1.75: test and validation swapped, right as long as they are equal
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        train, val, test = np.split(rows, ends)
        for part, dealt in zip(parts, (train, test, val)):
            part.append(dealt)
    return [np.concatenate(part) for part in parts]

# %% wrong 1.75: each size rounded down and cut off at its own end: the last samples of a class are lost
def split_by_class(y, shares, rng):
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        start = 0
        for part, share in zip(parts, shares):
            size = int(share * len(rows))
            part.append(rows[start : start + size])
            start += size
    return [np.concatenate(part) for part in parts]


# %% wrong 1.75: sorts the labels first, so the row numbers are those of another array
def split_by_class(y, shares, rng):
    y = np.sort(y)
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, some in zip(parts, np.split(rows, ends)):
            part.append(some)
    return tuple(np.concatenate(part) for part in parts)


# %% wrong 1.65: sorts the caller's labels
def split_by_class(y, shares, rng):
    y.sort()
    parts = [[], [], []]
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        ends = np.round(np.cumsum(shares)[:2] * len(rows)).astype(int)
        for part, some in zip(parts, np.split(rows, ends)):
            part.append(some)
    return tuple(np.concatenate(part) for part in parts)


# %% wrong 1.75: deals as if each class lay together, start + permutation(n)
def split_by_class(y, shares, rng):
    train, val, test, start = [], [], [], 0
    for n in np.unique(y, return_counts=True)[1]:
        rows = start + rng.permutation(n)
        a, b = round(shares[0] * n), round((shares[0] + shares[1]) * n)
        train, val, test = [*train, *rows[:a]], [*val, *rows[a:b]], [*test, *rows[b:]]
        start += n
    return np.array(train, int), np.array(val, int), np.array(test, int)


# %% right: random keys and lexsort
def split_by_class(y, shares, rng):
    y = np.asarray(y)
    key = rng.random(y.size)
    order = np.lexsort((key, y))
    _, counts = np.unique(y, return_counts=True)
    part = np.empty(y.size, dtype=np.int8)
    start = 0
    for n in counts:
        where = (np.arange(n) + 0.5) / n
        part[order[start:start + n]] = np.searchsorted(np.cumsum(shares)[:2], where, side="right")
        start += n
    return [np.flatnonzero(part == k) for k in range(3)]
