# Property -> check
# whole groups, each row once -> seven whole groups for training, three for the test
# dealt at random, chance from rng alone -> chance comes from the generator, and from nothing
#     else
# groups anywhere -> groups that don't lie together
# any group numbers and sizes, share of the groups -> group numbers with gaps, groups of
#     different size, another share
# groups stays -> the groups are left as they were

# Answers to "split_by_group": visible 0.75 (once 0.25, whole groups 0.5),
# hidden: generator, scattered, gaps and sizes, share, inputs: 5 x 0.25.

# %% right: np.unique, permutation, np.isin
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    in_training = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return np.flatnonzero(in_training), np.flatnonzero(~in_training)

# %% right: sets and lists, rounded down
def split_by_group(groups, share, rng):
    names = sorted(set(groups.tolist()))
    rng.shuffle(names)
    chosen = set(names[: int(share * len(names) + 1e-9)])
    train, test = [], []
    for row, name in enumerate(groups):
        (train if name in chosen else test).append(row)
    return train, test

# %% right: group by group, rounded up, shuffled inside
def split_by_group(groups, share, rng):
    names = np.unique(groups)
    order = rng.permutation(len(names))
    n = int(np.ceil(share * len(names) - 1e-9))
    rows = [np.where(groups == names[k])[0] for k in order]
    train = np.concatenate(rows[:n])
    test = np.concatenate(rows[n:])
    return rng.permutation(train), rng.permutation(test)

# %% right: return_inverse, a random number per group
def split_by_group(groups, share, rng):
    names, inverse = np.unique(groups, return_inverse=True)
    place = rng.random(len(names)).argsort().argsort()
    part = (place >= round(share * len(names)))[inverse]
    return [np.nonzero(part == k)[0].astype(np.int32) for k in (0, 1)]

# %% right: choice without replacement, comparison table
def split_by_group(groups, share, rng):
    names = np.unique(groups)
    chosen = rng.choice(names, round(share * names.size), replace=False)
    inside = (groups[:, None] == chosen[None, :]).any(axis=1)
    rows = np.arange(len(groups))
    return rows[inside], rows[~inside]

# %% wrong 0.55: deals samples, not groups: the leak
def split_by_group(groups, share, rng):
    order = rng.permutation(len(groups))
    n = round(share * len(order))
    return order[:n], order[n:]

# %% wrong 1.3: takes the first groups, without chance
def split_by_group(groups, share, rng):
    names = np.unique(groups)
    inside = np.isin(groups, names[: round(share * len(names))])
    return np.flatnonzero(inside), np.flatnonzero(~inside)

# %% wrong 1.3: np.random.permutation, not the generator
def split_by_group(groups, share, rng):
    shuffled = np.random.permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return np.flatnonzero(inside), np.flatnonzero(~inside)

# %% wrong 1.3: a generator of its own, always the same
def split_by_group(groups, share, rng):
    shuffled = np.random.default_rng(42).permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return np.flatnonzero(inside), np.flatnonzero(~inside)

# %% wrong 1.4: the samples of a group lie together and are equally many
def split_by_group(groups, share, rng):
    G = len(np.unique(groups))
    blocks = np.arange(len(groups)).reshape(G, -1)
    order = rng.permutation(G)
    n = round(share * G)
    return blocks[order[:n]].ravel(), blocks[order[n:]].ravel()

# %% wrong 1.8: groups must lie together: cuts where the number changes
def split_by_group(groups, share, rng):
    starts = np.flatnonzero(np.diff(groups)) + 1
    blocks = np.split(np.arange(len(groups)), starts)
    order = rng.permutation(len(blocks))
    n = round(share * len(blocks))
    train = [row for k in order[:n] for row in blocks[k]]
    test = [row for k in order[n:] for row in blocks[k]]
    return train, test

# %% wrong 1.4: group numbers must run from 0 without gaps
def split_by_group(groups, share, rng):
    G = groups.max() + 1
    shuffled = rng.permutation(G)
    inside = np.isin(groups, shuffled[: round(share * G)])
    return np.flatnonzero(inside), np.flatnonzero(~inside)

# %% wrong 1.4: fills up training until the share of the samples is reached
def split_by_group(groups, share, rng):
    train, test = [], []
    for name in rng.permutation(np.unique(groups)):
        rows = np.flatnonzero(groups == name).tolist()
        if len(train) + len(rows) <= share * len(groups) + 1e-9:
            train += rows
        else:
            test += rows
    return train, test

# %% wrong 1.4: 70 per cent, whatever the share is
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: int(0.7 * len(shuffled))])
    return np.flatnonzero(inside), np.flatnonzero(~inside)

# %% wrong 1.05: test first, training second
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return np.flatnonzero(~inside), np.flatnonzero(inside)

# %% wrong 0.7: the group numbers come back, not the rows
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    n = round(share * len(shuffled))
    return shuffled[:n], shuffled[n:]

# %% wrong 0.7: True and False come back, not row numbers
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return inside, ~inside

# %% wrong 0.7: np.where gives a tuple, its array is not taken out
def split_by_group(groups, share, rng):
    shuffled = rng.permutation(np.unique(groups))
    inside = np.isin(groups, shuffled[: round(share * len(shuffled))])
    return np.where(inside), np.where(~inside)

# %% wrong 1.8: shuffles the caller's groups in place, and takes them in that order
def split_by_group(groups, share, rng):
    before = groups.copy()
    rng.shuffle(groups)
    names = list(dict.fromkeys(groups.tolist()))
    inside = np.isin(before, names[: round(share * len(names))])
    return np.flatnonzero(inside), np.flatnonzero(~inside)
