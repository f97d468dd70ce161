# Property -> check
# shared by union                 -> the worked example; the mean of the classes; all pixels right
# NaN for a class in neither      -> a class that is nowhere; the first class is nowhere
# 0 for a class in one only       -> a class that is in one of both only
# all pictures together           -> pictures that differ much
# each class by itself            -> five classes, three pictures
# inputs stay                     -> the inputs are left as they were

# %% right: from a confusion matrix
def class_ious(y_hat, y, classes):
    table = np.bincount(classes * y.ravel() + y_hat.ravel(), minlength=classes**2).reshape(classes, classes)
    both = np.diag(table)
    either = table.sum(axis=0) + table.sum(axis=1) - both
    with np.errstate(invalid="ignore"):
        return both / either

# %% right: sets of places, a list
def class_ious(y_hat, y, classes):
    result = [float("nan")] * classes
    for k in range(classes):
        a = {n for n, value in enumerate(y_hat.flat) if value == k}
        b = {n for n, value in enumerate(y.flat) if value == k}
        if a or b:
            result[k] = len(a & b) / len(a | b)
    return result

# %% right: one-hot masks, float32
def class_ious(y_hat, y, classes):
    a = (y_hat.reshape(-1, 1) == np.arange(classes)).astype(np.float32)
    b = (y.reshape(-1, 1) == np.arange(classes)).astype(np.float32)
    both = (a * b).sum(axis=0)
    either = a.sum(axis=0) + b.sum(axis=0) - both
    return np.where(either == 0, np.float32(np.nan), both / np.maximum(either, 1))

# %% wrong 3.25: an absent class counts as 0
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else 0.0)
    return np.array(found)

# %% wrong 3.25: an absent class counts as 1
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else 1.0)
    return np.array(found)

# %% wrong 2.5: the mean of the pictures
def class_ious(y_hat, y, classes):
    rows = []
    for p, t in zip(y_hat, y):
        a = p.reshape(1, -1) == np.arange(classes)[:, None]
        b = t.reshape(1, -1) == np.arange(classes)[:, None]
        rows.append([(u & w).sum() / (u | w).sum() if (u | w).any() else np.nan for u, w in zip(a, b)])
    rows = np.array(rows)
    return np.array([np.mean(c[~np.isnan(c)]) if not np.isnan(c).all() else np.nan for c in rows.T])

# %% wrong 1.75: Dice
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(2 * both / (a.sum() + b.sum()) if either else np.nan)
    return np.array(found)

# %% wrong 1.6: recall
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / b.sum() if b.any() else np.nan)
    return np.array(found)

# %% wrong 1.6: precision
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / a.sum() if a.any() else np.nan)
    return np.array(found)

# %% wrong 1.6: divided by both sizes, the shared pixels twice
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), a.sum() + b.sum()
        found.append(both / either if either else np.nan)
    return np.array(found)

# %% wrong 2.5: only the first picture
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat[0] == k, y[0] == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else np.nan)
    return np.array(found)

# %% wrong 1.5: one number, the mean
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else np.nan)
    return np.nanmean(found)

# %% wrong 3.5: only the classes that are there, the rest NaN at the end
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else np.nan)
    there = [f for f in found if f == f]
    return np.array(there + [np.nan] * (classes - len(there)))

# %% wrong 3.75: class 1 becomes 0 in the caller's array
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if either else np.nan)
    y[y == 1] = 0
    return np.array(found)

# %% wrong 3.5: NaN where nothing is shared
def class_ious(y_hat, y, classes):
    found = []
    for k in range(classes):
        a, b = y_hat == k, y == k
        both, either = np.sum(a & b), np.sum(a | b)
        found.append(both / either if both else np.nan)
    return np.array(found)


# %% right: bincount of pairs
def class_ious(y_hat, y, classes):
    pairs = np.bincount(np.ravel(y) * classes + np.ravel(y_hat), minlength=classes**2).reshape(classes, classes)
    both = np.diagonal(pairs)
    any_ = pairs.sum(0) + pairs.sum(1) - both
    return np.divide(both, any_, out=np.full(classes, np.nan), where=any_ > 0)

# %% wrong 1.75: classes from 1
def class_ious(y_hat, y, classes):
    """IoU of each class over all pixels of y_hat and y (N, H, W): (classes,), NaN if nowhere."""
    found = np.full(classes, np.nan)
    for k in range(1, classes):
        both, either = (y_hat == k) & (y == k), (y_hat == k) | (y == k)
        if either.any():
            found[k] = both.sum() / either.sum()
    return found
