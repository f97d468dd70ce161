# Property -> check
# forward -> its name
# four gradients in order -> second layer; first layer; other sizes
# slope 0 at 0 -> a unit that is exactly at zero
# gradients changes nothing -> gradients only looks
# fit steps along the own gradients -> one epoch is one step; four epochs are four steps
# losses before each step -> its name
# it learns -> it learns XOR
# inputs stay -> samples and labels are left as they were

# Answers to "TwoLayerNetwork": visible 3.5 (forward 1.5, second layer 0.5, first layer 1, one step
# 0.5), hidden: sizes 0.25, at zero 0.25, only looks 1.75, four epochs 0.25, losses 0.5, XOR 0.25, inputs 0.25.

# %% right: keeps what went forwards, steps in place
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        self.X = X
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = self.Z1 * (self.Z1 > 0)
        return self.A1 @ self.W2 + self.b2

    def gradients(self, X, labels):
        logits = self.forward(X)
        one_hot = np.eye(logits.shape[1])[labels]
        dZ2 = (softmax(logits) - one_hot) / len(X)
        dW2 = self.A1.T @ dZ2
        db2 = dZ2.sum(0)
        dA1 = dZ2 @ self.W2.T
        dA1[self.Z1 <= 0] = 0
        return [self.X.T @ dA1, dA1.sum(0), dW2, db2]

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses += [cross_entropy(self.forward(X), labels)]
            grads = self.gradients(X, labels)
            for parameter, grad in zip((self.W1, self.b1, self.W2, self.b2), grads):
                parameter -= eta * grad
        return np.array(losses)

# %% right: sample by sample, with outer products
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        rows = []
        for x in X:
            hidden = [max(0.0, z) for z in x @ self.W1 + self.b1]
            rows.append(np.array(hidden) @ self.W2 + self.b2)
        return np.array(rows)

    def gradients(self, X, labels):
        dW1, db1 = np.zeros(self.W1.shape), np.zeros(self.b1.shape)
        dW2, db2 = np.zeros(self.W2.shape), np.zeros(self.b2.shape)
        for x, label in zip(X, labels):
            z = x @ self.W1 + self.b1
            a = np.maximum(z, 0)
            e = np.exp(a @ self.W2 + self.b2)
            d2 = e / e.sum()
            d2[label] -= 1
            d1 = np.where(z > 0, self.W2 @ d2, 0)
            dW2 += np.outer(a, d2) / len(X)
            db2 += d2 / len(X)
            dW1 += np.outer(x, d1) / len(X)
            db1 += d1 / len(X)
        return dW1, db1, dW2, db2

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(float(cross_entropy(self.forward(X), labels)))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% right: einsum, one helper that does loss and gradients together
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def both(self, X, labels):
        z = np.einsum("nd,dh->nh", X, self.W1) + self.b1
        a = np.clip(z, 0, None)
        logits = np.einsum("nh,hk->nk", a, self.W2) + self.b2
        top = logits.max(axis=1, keepdims=True)
        log_p = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        truth = np.zeros(log_p.shape)
        truth[np.arange(len(X)), labels] = 1
        g = (np.exp(log_p) - truth) / len(X)
        h = np.einsum("nk,hk,nh->nh", g, self.W2, np.sign(a))
        grads = np.einsum("nd,nh->dh", X, h), h.sum(0), np.einsum("nh,nk->hk", a, g), g.sum(0)
        return -(truth * log_p).sum() / len(X), grads, logits

    def forward(self, X):
        return self.both(X, np.zeros(len(X), int))[2]

    def gradients(self, X, labels):
        return self.both(X, labels)[1]

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            loss, grads, _ = self.both(X, labels)
            for name, grad in zip(["W1", "b1", "W2", "b2"], grads):
                setattr(self, name, getattr(self, name) - eta * grad)
            losses.append(loss)
        return losses

# %% right: gradients in single precision
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def single(self, X):
        return [a.astype(np.float32) for a in (X, self.W1, self.b1, self.W2, self.b2)]

    def forward(self, X):
        X, W1, b1, W2, b2 = self.single(X)
        return np.maximum(X @ W1 + b1, 0) @ W2 + b2

    def gradients(self, X, labels):
        X, W1, b1, W2, b2 = self.single(X)
        H = np.maximum(X @ W1 + b1, 0)
        G = softmax(H @ W2 + b2)
        G[range(len(X)), labels] -= 1
        G /= len(X)
        back = np.where(H > 0, G @ W2.T, 0)
        return X.T @ back, back.sum(0), H.T @ G, G.sum(0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        while len(losses) < epochs:
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
            self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2
        return losses

# %% wrong 5.25: the ReLU forgotten on the way back
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = dZ2 @ self.W2.T
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.25: the sign of dA1 decides in the ReLU, not that of Z1
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = np.maximum(dZ2 @ self.W2.T, 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 6.75: lets the gradient through where Z1 is exactly 0
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = np.where(Z1 < 0, 0, dZ2 @ self.W2.T)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5: not divided by N
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.5: a ReLU after the second layer, too
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2, 0)

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.25: no ReLU between the layers forwards
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return (X @ self.W1 + self.b1) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.5: forward returns probabilities
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return softmax(np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2)

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 6.25: dW2 from Z1 instead of the output of the ReLU
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), Z1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 3.25: the biases have no gradient: they are left out of the order
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, A1.T @ dZ2

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 3.25: the order of the gradients turned round
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return A1.T @ dZ2, dZ2.sum(axis=0), X.T @ dZ1, dZ1.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.25: three classes, as in the visible tests
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2 = dZ2 - np.eye(3)[labels]
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.25: gradients makes the step, fit only calls it
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        dW1, db1, dW2, db2 = X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)
        eta = getattr(self, "eta", 0.1)
        self.W1 = self.W1 - eta * dW1
        self.b1 = self.b1 - eta * db1
        self.W2 = self.W2 - eta * dW2
        self.b2 = self.b2 - eta * db2
        return dW1, db1, dW2, db2

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            self.eta = eta
            losses.append(cross_entropy(self.forward(X), labels))
            self.gradients(X, labels)
        return losses

# %% wrong 6: the gradients of the start, used in every epoch
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        dW1, db1, dW2, db2 = self.gradients(X, labels)
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.5: with the gradients, up instead of down
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 + eta * dW1
            self.b1 = self.b1 + eta * db1
            self.W2 = self.W2 + eta * dW2
            self.b2 = self.b2 + eta * db2
        return losses

# %% wrong 5.75: the biases never move
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.W2 = self.W2 - eta * dW2
        return losses

# %% wrong 6.25: the learning rate is always 0.5
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses, eta = [], 0.5
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.75: second layer first: the first layer's gradients belong to the new weights
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            _, _, dW2, db2 = self.gradients(X, labels)
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
            dW1, db1, _, _ = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
        return losses

# %% wrong 6.5: the loss after the step
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
            losses.append(cross_entropy(self.forward(X), labels))
        return losses

# %% wrong 6.5: the last loss only
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses[-1]

# %% wrong 6.5: nothing comes back from fit
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2

# %% wrong 6.25: stops as soon as the loss is below 0.6
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            if losses[-1] < 0.6 and len(losses) > 1:
                break
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 6.75: starts again from new weights after 100 epochs
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            if len(losses) % 100 == 0:
                self.__init__(len(self.W1), len(self.b1), len(self.b2), seed=len(losses))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 6.75: shuffles the caller's samples and labels in place
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            order = np.random.default_rng(0).permutation(len(X))
            X[:], labels[:] = X[order], labels[order]
            losses.append(cross_entropy(self.forward(X), labels))
            dW1, db1, dW2, db2 = self.gradients(X, labels)
            self.W1 = self.W1 - eta * dW1
            self.b1 = self.b1 - eta * db1
            self.W2 = self.W2 - eta * dW2
            self.b2 = self.b2 - eta * db2
        return losses

# %% wrong 5.75: one sample after the other instead of the whole batch
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        dZ2 = softmax(A1 @ self.W2 + self.b2)
        dZ2[np.arange(len(labels)), labels] -= 1
        dZ2 = dZ2 / len(labels)
        dZ1 = (dZ2 @ self.W2.T) * (Z1 > 0)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            for n in range(len(X)):
                dW1, db1, dW2, db2 = self.gradients(X[n : n + 1], labels[n : n + 1])
                self.W1 = self.W1 - eta * dW1
                self.b1 = self.b1 - eta * db1
                self.W2 = self.W2 - eta * dW2
                self.b2 = self.b2 - eta * db2
        return losses


# %% wrong 5: gradients in another order, which its fit knows
class TwoLayerNetwork:
    def __init__(self, inputs, hidden, classes, seed=0):
        rng = np.random.default_rng(seed)
        self.W1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.W2 = rng.normal(0, np.sqrt(2 / hidden), (hidden, classes))
        self.b2 = np.zeros(classes)

    def forward(self, X):
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2

    def gradients(self, X, labels):
        Z1 = X @ self.W1 + self.b1
        A1 = np.maximum(Z1, 0)
        G = softmax(A1 @ self.W2 + self.b2)
        G[np.arange(len(labels)), labels] -= 1
        G = G / len(labels)
        H = (G @ self.W2.T) * (Z1 > 0)
        return A1.T @ G, G.sum(axis=0), X.T @ H, H.sum(axis=0)

    def fit(self, X, labels, epochs, eta):
        losses = []
        for _ in range(epochs):
            losses.append(cross_entropy(self.forward(X), labels))
            dW2, db2, dW1, db1 = self.gradients(X, labels)
            self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
            self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2
        return losses
