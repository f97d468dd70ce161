# Property -> check
# row is the truth -> the worked example
# each sample counts, each call by itself -> two classes, a thousand samples, twice
# size is classes -> classes that nobody has or says
# inputs stay -> answers and truth are left as they were

# Answers to "confusion_matrix": visible 0.25 (example), hidden: thousand, missing classes,
# inputs: 3 x 0.25.

# %% right: one pair after the other
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), int)
    for true, said in zip(y, y_hat):
        counts[true, said] += 1
    return counts

# %% right: np.add.at
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros([classes] * 2, dtype=np.int32)
    np.add.at(counts, (y, y_hat), 1)
    return counts

# %% right: bincount of a running number
def confusion_matrix(y_hat, y, classes):
    return np.bincount(y * classes + y_hat, minlength=classes**2).reshape(classes, classes)

# %% right: a product of one-hot rows, floats come back
def confusion_matrix(y_hat, y, classes):
    eye = np.eye(classes)
    return eye[y].T @ eye[y_hat]

# %% right: counts each cell of the table, as a list of lists
def confusion_matrix(y_hat, y, classes):
    return [
        [int(sum((y == true) & (y_hat == said))) for said in range(classes)]
        for true in range(classes)
    ]

# %% right: a histogram in two dimensions
def confusion_matrix(y_hat, y, classes):
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(y, y_hat, bins=[edges, edges])[0].astype(int)

# %% wrong 0.5: counts each pair once only
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), int)
    counts[y, y_hat] += 1
    return counts

# %% wrong 0.5: rows and columns swapped
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), int)
    for true, said in zip(y, y_hat):
        counts[said, true] += 1
    return counts

# %% wrong 0.5: the mistakes only, no diagonal
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), int)
    for true, said in zip(y, y_hat):
        if true != said:
            counts[true, said] += 1
    return counts

# %% wrong 0.5: shares of each row
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes))
    for true, said in zip(y, y_hat):
        counts[true, said] += 1
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

# %% wrong 0.75: as large as the classes that occur
def confusion_matrix(y_hat, y, classes):
    names = np.unique(np.concatenate([y, y_hat]))
    return np.array([[np.sum((y == i) & (y_hat == j)) for j in names] for i in names])

# %% wrong 0.75: as large as the largest label
def confusion_matrix(y_hat, y, classes):
    size = max(y.max(), y_hat.max()) + 1
    counts = np.zeros((size, size), int)
    np.add.at(counts, (y, y_hat), 1)
    return counts

# %% wrong 0.5: three classes, as in the example
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((3, 3), int)
    for true, said in zip(y, y_hat):
        counts[true, said] += 1
    return counts

# %% wrong 0.75: counts in bytes, which end at 255
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), np.uint8)
    for true, said in zip(y, y_hat):
        counts[true, said] += 1
    return counts

# %% wrong 0.75: the counts of the last call are still there
table = {}


def confusion_matrix(y_hat, y, classes):
    counts = table.setdefault(classes, np.zeros((classes, classes), int))
    for true, said in zip(y, y_hat):
        counts[true, said] += 1
    return counts

# %% wrong 0.75: makes the running number in the caller's labels
def confusion_matrix(y_hat, y, classes):
    y *= classes
    y += y_hat
    return np.bincount(y, minlength=classes**2).reshape(classes, classes)

# %% wrong 0.5: the visible answer by heart
def confusion_matrix(y_hat, y, classes):
    return np.array([[1, 1, 0], [0, 1, 0], [1, 0, 2]])

# %% wrong 0: forgets the return
def confusion_matrix(y_hat, y, classes):
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (y, y_hat), 1)
