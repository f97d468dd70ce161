# Property -> check
# a step -> the worked example
# new weights each time -> every mini-batch meets the new weights
# losses before each step -> a loss for every mini-batch; the losses along the way
# the last one is smaller -> its name
# all samples with their labels -> every sample once
# order by rng -> the order comes from rng
# inputs stay -> samples, weights and biases are left as they were

# Answers to "train_epoch": visible 1.25 (example 0.25, losses 0.25, new weights 0.75), hidden: last
# mini-batch 0.25, losses along the way 0.25, every sample 0.75, rng 0.25, inputs 0.25. Losses may be missing
# where W and b are looked at.

# %% right: one-hot labels, steps in place on copies
def train_epoch(X, y, W, b, eta, size, rng):
    W, b, losses, one_hot = W.copy(), b.copy(), [], np.eye(len(b))[y]
    order = rng.permutation(len(y))
    while len(order):
        part, order = order[:size], order[size:]
        P = softmax(X[part] @ W + b)
        losses.append(-np.log(P[one_hot[part] == 1]).mean())
        G = (P - one_hot[part]) / len(part)
        W -= eta * X[part].T @ G
        b -= eta * G.sum(0)
    return W, b, np.array(losses)

# %% right: sample by sample within a mini-batch
def train_epoch(X, y, W, b, eta, size, rng):
    W, b = np.array(W, float), np.array(b, float)
    numbers = list(range(len(X)))
    rng.shuffle(numbers)
    losses = []
    for start in range(0, len(numbers), size):
        part = numbers[start : start + size]
        dW, db, loss = np.zeros_like(W), np.zeros_like(b), 0.0
        for i in part:
            z = X[i] @ W + b
            p = np.exp(z - z.max())
            p = p / p.sum()
            loss -= np.log(p[y[i]])
            p[y[i]] -= 1
            dW += np.outer(X[i], p)
            db += p
        W = W - eta * dW / len(part)
        b = b - eta * db / len(part)
        losses.append(float(loss / len(part)))
    return W, b, losses

# %% right: helpers, samples shuffled once, cut with np.split
def train_epoch(X, y, W, b, eta, size, rng):
    def shift(part, labels):
        g = softmax(part @ W + b)
        g[range(len(part)), labels] -= 1
        return np.einsum("nd,nk->dk", part, g) / len(part), g.mean(axis=0)

    order = np.argsort(rng.random(len(X)))
    cuts = np.arange(size, len(X), size)
    losses = []
    for part, labels in zip(np.split(X[order], cuts), np.split(y[order], cuts)):
        losses.append(cross_entropy(part @ W + b, labels))
        dW, db = shift(part, labels)
        W, b = W - eta * dW, b - eta * db
    return [W, b, losses]

# %% right: in single precision
def train_epoch(X, y, W, b, eta, size, rng):
    X, W, b, losses = X.astype(np.float32), W.astype(np.float32), b.astype(np.float32), []
    order = rng.permutation(len(X))
    for k in range(-(-len(X) // size)):
        part = order[k * size : k * size + size]
        G = softmax(X[part] @ W + b)
        losses.append(cross_entropy(X[part] @ W + b, y[part]))
        G[range(len(part)), y[part]] -= 1
        W -= np.float32(eta / len(part)) * (X[part].T @ G)
        b -= np.float32(eta / len(part)) * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.8: up instead of down
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W + eta * (x.T @ G)
        b = b + eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.7: the learning rate is always 0.5
def train_epoch(X, y, W, b, eta, size, rng):
    losses, eta = [], 0.5
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.95: not divided by the number of samples
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 2.8: divided by size, also when the last mini-batch is smaller
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / min(size, len(X))
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 2.6: the last mini-batch is dropped when it is not full
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, max(len(X) - size, 0) + 1, size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.95: all gradients at the first weights, one step at the end
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    dW, db = 0, 0
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        dW, db = dW + x.T @ G, db + G.sum(axis=0)
    return W - eta * dW, b - eta * db, losses

# %% wrong 1.8: the biases never move
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
    return W, b, losses

# %% wrong 2.55: the loss after the step
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
        losses.append(cross_entropy(x @ W + b, labels))
    return W, b, losses

# %% wrong 1.95: the mean loss instead of a list
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, np.mean(losses)

# %% wrong 2.25: not shuffled
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = np.arange(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.95: pictures shuffled, labels not
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[start : start + size]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.95: draws each mini-batch anew
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = rng.integers(0, len(X), min(size, len(X) - start))
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.95: always the first mini-batch
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[: min(size, len(X) - start)]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 2.25: a generator of its own, always with seed 0
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = np.random.default_rng(0).permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 2.25: NumPy's global generator
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = np.random.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 2.8: steps in place, in the caller's weights
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W -= eta * (x.T @ G)
        b -= eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.85: starts from zero, whatever W and b are
def train_epoch(X, y, W, b, eta, size, rng):
    losses, W, b = [], np.zeros(W.shape), np.zeros(b.shape)
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses

# %% wrong 1.75: W and b only
def train_epoch(X, y, W, b, eta, size, rng):
    losses = []
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(Z, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b

# %% wrong 2.75: all losses at the first weights
def train_epoch(X, y, W, b, eta, size, rng):
    losses, W0, b0 = [], W, b
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        part = order[start : start + size]
        x, labels = X[part], y[part]
        Z = x @ W + b
        losses.append(cross_entropy(x @ W0 + b0, labels))
        G = softmax(Z)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        W = W - eta * (x.T @ G)
        b = b - eta * G.sum(axis=0)
    return W, b, losses
