# Property -> check
# dW, db -> of one sample; dW and db are the same as what is measured
# dW without sign, in either place -> which weight has the larger slope
# by N -> two samples count half each
# stable, any K -> ten classes, one sample, scores of a thousand
# only looks -> samples, weights and biases are left as they were

# Answers to "gradients": visible 1 (dW, db, two samples, larger slope: 0.25 each), hidden: dW and db
# measured 0.5 each, thousand 0.25, inputs 0.75.

# %% right: one-hot labels
def gradients(x, labels, W, b):
    one_hot = np.eye(W.shape[1])[labels]
    dZ = (softmax(x @ W + b) - one_hot) / len(x)
    return x.T @ dZ, dZ.sum(axis=0)

# %% right: sample by sample, a softmax of one's own
def gradients(x, labels, W, b):
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for row, label in zip(x, labels):
        z = row @ W + b
        e = np.exp(z - z.max())
        g = e / e.sum()
        g[label] -= 1
        dW += np.outer(row, g) / len(x)
        db += g / len(x)
    return dW, db

# %% right: class by class, in double precision
def gradients(x, labels, W, b):
    x = np.asarray(x, np.float64)
    P = softmax(x @ W + b)
    dW, db = np.empty_like(W, dtype=float), np.empty(len(b))
    for k in range(len(b)):
        g = P[:, k] - (labels == k)
        dW[:, k] = np.mean(x * g[:, None], axis=0)
        db[k] = np.mean(g)
    return [dW, db]

# %% right: einsum, and a column of ones for the bias
def gradients(x, labels, W, b):
    ones = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    both = np.vstack([W, b])
    G = softmax(ones @ both)
    np.subtract.at(G, (np.arange(len(x)), labels), 1)
    d = np.einsum("nd,nk->dk", ones, G / len(x))
    return d[:-1], d[-1]

# %% right: in single precision
def gradients(x, labels, W, b):
    x, W, b = (a.astype(np.float32) for a in (x, W, b))
    G = softmax(x @ W + b)
    G[range(len(x)), labels] -= 1
    G /= np.float32(len(x))
    return x.T @ G, G.sum(axis=0)

# %% wrong 1.95: not divided by the number of samples
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    return x.T @ G, G.sum(axis=0)

# %% wrong 1.35: truth minus probability
def gradients(x, labels, W, b):
    G = (np.eye(len(b))[labels] - softmax(x @ W + b)) / len(x)
    return x.T @ G, G.sum(axis=0)

# %% wrong 1.95: the bias forgotten in the scores
def gradients(x, labels, W, b):
    G = softmax(x @ W)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.sum(axis=0)

# %% wrong 2.6: divided twice: db by the mean of what is divided already
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.mean(axis=0)

# %% wrong 1.75: dW the wrong way round
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return G.T @ x, G.sum(axis=0)

# %% wrong 1.75: grad[:, labels] takes 1 off whole columns
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[:, labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.sum(axis=0)

# %% wrong 2.2: db over the wrong axis
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.sum(axis=1)

# %% wrong 2.8: exp of the scores as they are
def gradients(x, labels, W, b):
    e = np.exp(x @ W + b)
    G = e / e.sum(axis=1, keepdims=True)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.sum(axis=0)

# %% wrong 2.25: makes a small step already, in place
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    dW, db = x.T @ G, G.sum(axis=0)
    W -= 0.5 * dW
    b -= 0.5 * db
    return dW, db

# %% wrong 1.35: db before dW
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return G.sum(axis=0), x.T @ G

# %% wrong 1.2: a two-class softmax: a sigmoid per class
def gradients(x, labels, W, b):
    G = 1 / (1 + np.exp(-(x @ W + b))) - np.eye(len(b))[labels]
    G = G / len(labels)
    return x.T @ G, G.sum(axis=0)

# %% wrong 1.75: as many classes as the largest label says
def gradients(x, labels, W, b):
    one_hot = np.eye(labels.max() + 1)[labels]
    G = (softmax(x @ W + b) - one_hot) / len(labels)
    return x.T @ G, G.sum(axis=0)

# %% wrong 0: nothing but the gradient of the scores
def gradients(x, labels, W, b):
    G = softmax(x @ W + b)
    G[np.arange(len(labels)), labels] -= 1
    return G / len(labels)


# %% wrong 1.2: the probabilities are those of the start
def gradients(x, labels, W, b):
    G = np.full((len(x), len(b)), 1 / len(b))
    G[np.arange(len(labels)), labels] -= 1
    G = G / len(labels)
    return x.T @ G, G.sum(axis=0)


# %% wrong 1.2: the truth is not taken off
def gradients(x, labels, W, b):
    G = softmax(x @ W + b) / len(labels)
    return x.T @ G, G.sum(axis=0)
