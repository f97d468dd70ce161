# Property -> check
# probability minus truth -> the worked example; the true classes; the sizes of each row, without signs
# by N -> three pictures; ten classes
# any classes -> five classes, of which some do not occur
# stable -> scores of a thousand
# inputs stay -> the inputs are left as they were

# Answers to "cross_entropy_backward": visible 2 (example 0.5, sizes 0.5, true classes 0.25, three 0.25,
# ten 0.5), hidden: five 0.5, thousand 0.25, inputs 0.25.

# %% right: a one-hot matrix
def cross_entropy_backward(logits, labels):
    one_hot = np.eye(logits.shape[1])[labels]
    return (softmax(logits) - one_hot) / logits.shape[0]

# %% right: a softmax of one's own, row by row
def cross_entropy_backward(logits, labels):
    rows = []
    for row, label in zip(logits, labels):
        e = np.exp(row - max(row))
        p = e / sum(e)
        p[label] -= 1
        rows.append(p / len(labels))
    return np.array(rows)

# %% right: comparing class numbers with labels
def cross_entropy_backward(z, y):
    N, K = z.shape
    truth = np.arange(K)[None, :] == y[:, None]
    shifted = z - z.max(axis=1)[:, None]
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.exp(log_p) / N - truth / N

# %% right: by the full matrix of slopes of softmax, upstream -1 / p
def cross_entropy_backward(logits, labels):
    p = softmax(logits)
    out = np.zeros_like(p)
    for n, label in enumerate(labels):
        for k in range(p.shape[1]):
            # the slope of s_label by z_k, over s_label, is [k = label] - s_k
            out[n, k] = -((k == label) - p[n, k]) / len(labels)
    return out

# %% right: in single precision
def cross_entropy_backward(logits, labels):
    z = (logits - logits.max(axis=1, keepdims=True)).astype(np.float32)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    p[np.arange(len(p)), labels] -= np.float32(1)
    return p / np.float32(len(p))

# %% wrong 1.55: not divided by N
def cross_entropy_backward(logits, labels):
    grad = softmax(logits)
    grad[np.arange(len(labels)), labels] -= 1
    return grad

# %% wrong 1.75: divided by the number of classes instead of samples
def cross_entropy_backward(logits, labels):
    grad = softmax(logits)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / (logits.shape[1] if len(labels) > 1 else 1)

# %% wrong 1.2: truth minus probability
def cross_entropy_backward(logits, labels):
    return (np.eye(logits.shape[1])[labels] - softmax(logits)) / len(labels)

# %% wrong 1.35: grad[:, labels] takes 1 off whole columns, right for one sample
def cross_entropy_backward(logits, labels):
    grad = softmax(logits)
    grad[:, labels] -= 1
    return grad / len(labels)

# %% wrong 1.5: as many classes as the largest label says
def cross_entropy_backward(logits, labels):
    one_hot = np.eye(labels.max() + 1)[labels]
    return (softmax(logits) - one_hot) / len(labels)

# %% wrong 2.65: two, three or ten classes, as in the examples
def cross_entropy_backward(logits, labels):
    one_hot = {2: np.eye(2), 3: np.eye(3), 10: np.eye(10)}
    return (softmax(logits) - one_hot[logits.shape[1]][labels]) / len(labels)

# %% wrong 2.25: no maximum subtracted
def cross_entropy_backward(logits, labels):
    e = np.exp(logits)
    grad = e / e.sum(axis=1, keepdims=True)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)

# %% wrong 2.8: subtracts the maximum in place
def cross_entropy_backward(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    e = np.exp(logits)
    grad = e / e.sum(axis=1, keepdims=True)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)

# %% wrong 2.25: one maximum for the whole batch
def cross_entropy_backward(logits, labels):
    e = np.exp(logits - logits.max())
    grad = e / e.sum(axis=1, keepdims=True)
    grad[np.arange(len(labels)), labels] -= 1
    return grad / len(labels)

# %% wrong 0: takes 1 off the logits instead of the probabilities
def cross_entropy_backward(logits, labels):
    moved = logits.copy()
    moved[np.arange(len(labels)), labels] -= 1
    return softmax(moved) / len(labels)

# %% wrong 1.2: the wrong classes get nothing
def cross_entropy_backward(logits, labels):
    one_hot = np.eye(logits.shape[1])[labels]
    return one_hot * (softmax(logits) - 1) / len(labels)

# %% wrong 1.2: the gradient of the probabilities, -1 / p at the true class, not of the logits
def cross_entropy_backward(logits, labels):
    one_hot = np.eye(logits.shape[1])[labels]
    return -one_hot / softmax(logits) / len(labels)

# %% wrong 1.2: softmax along the batch
def cross_entropy_backward(logits, labels):
    return (softmax(logits, axis=0) - np.eye(logits.shape[1])[labels]) / len(labels)

# %% wrong 0: the loss instead of its gradient
def cross_entropy_backward(logits, labels):
    return cross_entropy(logits, labels)


# %% wrong 2.25: a softmax of its own that subtracts the mean of the row
def cross_entropy_backward(logits, labels):
    e = np.exp(logits - logits.mean(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


# %% wrong 1.5: class 0 or the last one
def cross_entropy_backward(logits, labels):
    grad = softmax(logits)
    for row, label in zip(grad, labels):
        row[0 if label == 0 else -1] -= 1
    return grad / len(labels)


# %% wrong 0.8: the truth is not taken off
def cross_entropy_backward(logits, labels):
    return softmax(logits) / len(labels)
