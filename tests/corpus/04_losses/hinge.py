# Property -> check
# sum over the wrong classes, not below 0 -> one picture, a dog; a cat that wins
# the class of labels is left out, not that of the row -> another margin; five classes
# mean over samples -> three pictures
# margin -> another margin
# inputs stay -> the inputs are left as they were

# Answers to "hinge": visible 1.5 (dog, cat, three: 0.5 each), hidden: margin, five classes,
# inputs, 0.5 each.

# %% right: all at once, the true class set to zero
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + margin)
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% right: three loops
def hinge(scores, labels, margin=1.0):
    total = 0.0
    for i in range(scores.shape[0]):
        for j in range(scores.shape[1]):
            if j != labels[i]:
                total += max(0.0, float(scores[i, j] - scores[i, labels[i]] + margin))
    return total / scores.shape[0]

# %% right: sums everything and takes the margin of the true classes off
def hinge(scores, labels, margin=1.0):
    true = np.take_along_axis(scores, labels.reshape(-1, 1), axis=1)
    return np.mean(np.clip(scores - true + margin, 0, None).sum(axis=1) - margin)

# %% right: with a mask from one-hot labels
def hinge(s, t, margin=1.0):
    onehot = np.eye(s.shape[1])[t]
    correct = (s * onehot).sum(axis=1, keepdims=True)
    losses = np.where(onehot == 1, 0, np.fmax(0, margin + s - correct))
    return np.average(losses.sum(axis=-1))

# %% right: one row at a time, the true class deleted
def hinge(scores, labels, margin=1.0):
    losses = []
    for row, label in zip(scores, labels):
        others = np.delete(row, label)
        losses.append(np.maximum(others - row[label] + margin, 0).sum())
    return sum(losses) / len(losses)

# %% wrong 1.3: the true class is counted, too, and adds the margin
def hinge(scores, labels, margin=1.0):
    true = scores[np.arange(len(labels)), labels][:, None]
    return np.maximum(0, scores - true + margin).sum() / len(labels)

# %% wrong 1.9: the sum over the pictures, not the mean
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + margin)
    missing[rows, labels] = 0
    return missing.sum()

# %% wrong 1.6: the mean over the classes as well
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + margin)
    missing[rows, labels] = 0
    return missing.mean()

# %% wrong 1.9: only the worst of the wrong classes (Crammer and Singer's hinge)
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + margin)
    missing[rows, labels] = 0
    return missing.max(axis=1).mean()

# %% wrong 1.3: nothing is cut off at zero
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = scores - scores[rows, labels][:, None] + margin
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% wrong 1.3: the difference the wrong way round
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores[rows, labels][:, None] - scores + margin)
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% wrong 1.6: the margin forgotten
def hinge(scores, labels, margin=1.0):
    true = scores[np.arange(len(labels)), labels][:, None]
    return np.maximum(0, scores - true).sum() / len(labels)

# %% wrong 2.4: the margin is always 1
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + 1)
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% wrong 1.5: three classes, as in the example
def hinge(scores, labels, margin=1.0):
    total = 0
    for i in range(len(labels)):
        for j in range(3):
            if j != labels[i]:
                total += max(0, scores[i, j] - scores[i, labels[i]] + margin)
    return total / len(labels)

# %% wrong 2.7: overwrites the score of the true class in the caller's array
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    true = scores[rows, labels]
    scores[rows, labels] = -np.inf
    return np.maximum(0, scores - true[:, None] + margin).sum() / len(labels)

# %% wrong 0.9: scores[:, labels] makes a matrix of N by N, right for one picture only
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[:, labels] + margin)
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% wrong 1.3: the true scores subtracted along columns instead of rows
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels] + margin)
    missing[rows, labels] = 0
    return missing.sum() / len(labels)

# %% wrong 1.6: squared hinge
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[rows, labels][:, None] + margin) ** 2
    missing[rows, labels] = 0
    return missing.sum() / len(labels)


# %% wrong 1: leaves out the class with the number of the row
def hinge(scores, labels, margin=1.0):
    total = 0.0
    for i in range(len(labels)):
        for j in range(scores.shape[1]):
            if j != i:
                total += max(0, scores[i, j] - scores[i, labels[i]] + margin)
    return total / len(labels)


# %% wrong 1.5: the two other classes, counted from the true one
def hinge(scores, labels, margin=1.0):
    rows = np.arange(len(labels))
    true = scores[rows, labels]
    one, two = scores[rows, (labels + 1) % 3], scores[rows, (labels + 2) % 3]
    return np.mean(np.maximum(0, one - true + margin) + np.maximum(0, two - true + margin))
