# Property -> check
# -ln p of the true class -> the worked example
# mean over rows -> three pictures; ten classes
# log-sum-exp with the maximum -> a certain network that is wrong; rows that lie far apart
# inputs stay -> the inputs are left as they were

# Answers to "cross_entropy": 6 x 0.5, the first three visible.

# %% right: log-sum-exp
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sum - z[np.arange(len(labels)), labels])

# %% right: one row after the other
def cross_entropy(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        m = max(row)
        total += m + np.log(sum(np.exp(value - m) for value in row)) - row[label]
    return total / len(labels)

# %% right: one-hot labels times log-softmax
def cross_entropy(logits, labels):
    onehot = np.eye(logits.shape[1])[labels]
    shifted = logits - np.max(logits, axis=-1)[:, np.newaxis]
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=-1))[:, np.newaxis]
    return -np.einsum("nk,nk->", onehot, log_p) / logits.shape[0]

# %% right: NumPy's logaddexp
def cross_entropy(logits, labels):
    true = np.take_along_axis(logits, labels[:, None], axis=1)[:, 0]
    return float((np.logaddexp.reduce(logits, axis=1) - true).mean())

# %% right: differences to the true class
def cross_entropy(z, y):
    d = (z - z[range(len(y)), y].reshape(-1, 1)).astype(float)
    top = d.max(axis=1)
    return (top + np.log(np.exp(d - top[:, None]).sum(axis=1))).sum() / len(y)

# %% wrong 1.95: no maximum subtracted
def cross_entropy(logits, labels):
    log_sum = np.log(np.exp(logits).sum(axis=1))
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong 1.95: the logarithm of a stable softmax, infinite where the probability rounds to 0
def cross_entropy(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).mean()

# %% wrong 1.95: a small number inside the logarithm, so a large loss is cut at 27
def cross_entropy(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels] + 1e-12).mean()

# %% wrong 2.6: the maximum of the whole batch
def cross_entropy(logits, labels):
    z = logits - logits.max()
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sum - z[np.arange(len(labels)), labels])

# %% wrong 2.7: subtracts the maximum in place
def cross_entropy(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits).sum(axis=1))
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong 1.2: no minus
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.mean(z[np.arange(len(labels)), labels] - log_sum)

# %% wrong 1.5: the sum over the batch
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.sum(log_sum - z[np.arange(len(labels)), labels])

# %% wrong 1.2: the mean over all elements of the one-hot product
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(np.eye(logits.shape[1])[labels] * log_p)

# %% wrong 1.8: z[:, labels] makes a matrix of N by N
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sum[:, None] - z[:, labels])

# %% wrong 1.5: the class that the network prefers, not the true one
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)))

# %% wrong 1.2: logarithm to base 10
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log10(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels] / np.log(10))

# %% wrong 1.2: forgets the logarithm
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return 1 - p[np.arange(len(labels)), labels].mean()

# %% wrong 1.2: one loss per row
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]


# %% wrong 1.95: subtracts the mean of the row
def cross_entropy(logits, labels):
    z = logits - logits.mean(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])


# %% wrong 1.5: the label is the number of the row
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - np.diag(z))
