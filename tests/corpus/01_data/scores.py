# Property -> check
# accuracy -> the accuracy of ten mails
# precision, 0 where nothing was called positive -> their precision; the precision where ...
# recall, 0 where nothing is positive -> their recall; the recall where ...
# inputs stay -> answers and truth are left as they were

# Answers to "scores": visible 0.75 (accuracy, precision, recall), hidden: nothing called,
# nothing there, inputs: 3 x 0.25.

# %% right: three counts
def scores(y_hat, y):
    hits, called, positive = np.sum((y_hat == 1) & (y == 1)), np.sum(y_hat == 1), np.sum(y == 1)
    return np.mean(y_hat == y), hits / called if called else 0, hits / positive if positive else 0

# %% right: counts in one loop
def scores(y_hat, y):
    TP = FP = FN = TN = 0
    for said, true in zip(y_hat, y):
        if said == 1 and true == 1:
            TP += 1
        elif said == 1:
            FP += 1
        elif true == 1:
            FN += 1
        else:
            TN += 1
    accuracy = (TP + TN) / (TP + TN + FP + FN)
    precision = TP / (TP + FP) if TP + FP > 0 else 0.0
    recall = TP / (TP + FN) if TP + FN > 0 else 0.0
    return [accuracy, precision, recall]

# %% right: from a table of two by two, as an array
def scores(y_hat, y):
    table = np.bincount(2 * y + y_hat, minlength=4).reshape(2, 2)
    column, row = table[:, 1].sum(), table[1].sum()
    return np.array([table.trace() / table.sum(), table[1, 1] / max(column, 1), table[1, 1] / max(row, 1)])

# %% right: products and dot products, in float32
def scores(y_hat, y):
    a, b = y_hat.astype(np.float32), y.astype(np.float32)
    TP = a @ b
    right = TP + (1 - a) @ (1 - b)
    return (
        float(right) / len(y),
        float(TP) / float(a.sum()) if a.any() else 0.0,
        float(TP) / float(b.sum()) if b.any() else 0.0,
    )

# %% right: a tiny number below, exceptions nowhere
def scores(y_hat, y):
    TP = np.count_nonzero(np.logical_and(y_hat, y))
    precision = TP / (np.count_nonzero(y_hat) + 1e-12)
    recall = TP / (np.count_nonzero(y) + 1e-12)
    return 1 - np.abs(y_hat - y).mean(), precision, recall

# %% wrong 0.8: precision and recall swapped, where both are equal or the same 0 is wanted nothing shows
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    FP = np.sum((y_hat == 1) & (y == 0))
    FN = np.sum((y_hat == 0) & (y == 1))
    precision = TP / (TP + FN) if TP + FN else 0
    recall = TP / (TP + FP) if TP + FP else 0
    return np.mean(y_hat == y), precision, recall

# %% wrong 1.1: 0 / 0 is NaN in both
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    return np.mean(y_hat == y), TP / np.sum(y_hat == 1), TP / np.sum(y == 1)

# %% wrong 1.3: only the precision is kept from 0 / 0
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    precision = TP / np.sum(y_hat == 1) if np.any(y_hat == 1) else 0
    return np.mean(y_hat == y), precision, TP / np.sum(y == 1)

# %% wrong 1.3: only the recall is kept from 0 / 0
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    recall = TP / np.sum(y == 1) if np.any(y == 1) else 0
    return np.mean(y_hat == y), TP / np.sum(y_hat == 1), recall

# %% wrong 1.1: says 1, not 0, where there is nothing to count
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    precision = TP / np.sum(y_hat == 1) if np.any(y_hat == 1) else 1
    recall = TP / np.sum(y == 1) if np.any(y == 1) else 1
    return np.mean(y_hat == y), precision, recall

# %% wrong 1.2: the accuracy counts the hits alone
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    precision = TP / np.sum(y_hat == 1) if np.any(y_hat == 1) else 0
    recall = TP / np.sum(y == 1) if np.any(y == 1) else 0
    return TP / len(y), precision, recall

# %% wrong 0.6: numbers, not shares
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    return np.sum(y_hat == y), TP, np.sum(y == 1)

# %% wrong 0.5: in per cent
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    precision = TP / np.sum(y_hat == 1) if np.any(y_hat == 1) else 0
    recall = TP / np.sum(y == 1) if np.any(y == 1) else 0
    return 100 * np.mean(y_hat == y), 100 * precision, 100 * recall

# %% wrong 0.8: positive is 0
def scores(y_hat, y):
    TP = np.sum((y_hat == 0) & (y == 0))
    precision = TP / np.sum(y_hat == 0) if np.any(y_hat == 0) else 0
    recall = TP / np.sum(y == 0) if np.any(y == 0) else 0
    return np.mean(y_hat == y), precision, recall

# %% wrong 0: rounded to one digit
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    precision = TP // np.sum(y_hat == 1) if np.any(y_hat == 1) else 0
    recall = TP // np.sum(y == 1) if np.any(y == 1) else 0
    return np.sum(y_hat == y) // len(y), precision, recall

# %% wrong 1.4: adds the truth to the caller's answers
def scores(y_hat, y):
    positive, called = np.sum(y == 1), np.sum(y_hat == 1)
    y_hat += y
    TP, wrong = np.sum(y_hat == 2), np.sum(y_hat == 1)
    return 1 - wrong / len(y), TP / max(called, 1), TP / max(positive, 1)

# %% wrong 0.7: the visible answers by heart
def scores(y_hat, y):
    return 0.7, 0.75, 0.6

# %% wrong 0.5: a dictionary comes back
def scores(y_hat, y):
    TP = np.sum((y_hat == 1) & (y == 1))
    return {
        "accuracy": np.mean(y_hat == y),
        "precision": TP / max(np.sum(y_hat), 1),
        "recall": TP / max(np.sum(y), 1),
    }


# %% wrong 0.5: in percent, in another order
def scores(y_hat, y):
    TP, FP, FN = np.sum(y_hat * y), np.sum(y_hat > y), np.sum(y_hat < y)
    precision = TP / (TP + FP) if TP + FP else 0.0
    recall = TP / (TP + FN) if TP + FN else 0.0
    return 100 * precision, 100 * recall, 100 * np.mean(y_hat == y)
