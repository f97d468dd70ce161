# Columns, new codes and what never changes are compared with the answer's own probabilities: a slip
# in the penalty or in the steps costs its own checks alone.
# Property -> check
# gradient descent on the training codes            -> three groups are told apart
# the softmax over the classes, (M, K)               -> they are probabilities
# the lowest point of J, lambda / 2                  -> the worked example; classes of different sizes
# no penalty of the biases                           -> classes of different sizes
# columns divided by their standard deviation        -> columns of very different sizes
# mean and deviation of the training codes for all   -> a new code alone; the worked example
# a column that never changes                        -> a number of the code that never changes
# codes stay                                         -> the codes are left as they were

# %% right: a Linear layer and SGD of the library
def linear_classifier(codes, y, new, classes, strength):
    mean, std = np.mean(codes, axis=0), np.std(codes, axis=0)
    std = np.where(std == 0, 1.0, std)
    model = nn.Linear(codes.shape[1], classes, rng=0, dtype=float)
    model.params["W"][...] = 0
    slow, fast = optim.SGD(0.1, 0.9, weight_decay=strength), optim.SGD(0.1, 0.9)
    for _ in range(1000):
        scores = model((codes - mean) / std)
        model.backward(nn.cross_entropy_backward(scores, y))
        slow.step([model.params["W"]], [model.grads["W"]])
        fast.step([model.params["b"]], [model.grads["b"]])
    return nn.softmax(model((new - mean) / std))

# %% right: loops over columns, own softmax, float32
def linear_classifier(codes, y, new, classes, strength):
    x, z = codes.astype(np.float32).copy(), new.astype(np.float32).copy()
    for j in range(codes.shape[1]):
        m, s = codes[:, j].mean(), codes[:, j].std()
        x[:, j] = codes[:, j] - m
        z[:, j] = new[:, j] - m
        if s > 0:
            x[:, j] /= s
            z[:, j] /= s

    def soft(a):
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    W = np.zeros((x.shape[1], classes), np.float32)
    b = np.zeros(classes, np.float32)
    for _ in range(2000):
        p = soft(x @ W + b)
        p[np.arange(len(y)), y] -= 1
        W = W - 0.1 * (x.T @ p / len(y) + strength * W)
        b = b - 0.1 * p.mean(axis=0)
    return soft(z @ W + b).tolist()

# %% right: until the gradient is small
def linear_classifier(codes, y, new, classes, strength):
    mean, std = codes.mean(axis=0), codes.std(axis=0)
    std = std + (std == 0)
    x = (codes - mean) / std
    rate = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 / len(x) + 0.5 + strength)
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(20_000):
        g = nn.cross_entropy_backward(nn.linear(x, W, b), y)
        dW, db = x.T @ g + nn.l2_penalty_backward(W, strength / 2), g.sum(axis=0)
        W, b = W - rate * dW, b - rate * db
        if max(np.abs(dW).max(), np.abs(db).max()) < 1e-5:
            break
    return nn.softmax((new - mean) / std @ W + b)

# %% right: Newton's method on all numbers
def linear_classifier(codes, y, new, classes, strength):
    m, s = codes.mean(0), codes.std(0)
    s[s == 0] = 1
    x, z = (np.c_[(part - m) / s, np.ones(len(part))] for part in (codes, new))
    W = np.zeros((x.shape[1], classes))
    pull = np.full(W.shape, strength)
    pull[-1] = 1e-8
    truth = np.eye(classes)[y]
    for _ in range(40):
        p = nn.softmax(x @ W)
        slope = x.T @ (p - truth) / len(x) + pull * W
        H = np.diag(pull.ravel())
        for n in range(len(x)):
            H += np.kron(np.outer(x[n], x[n]), np.diag(p[n]) - np.outer(p[n], p[n])) / len(x)
        W -= np.linalg.solve(H, slope.ravel()).reshape(W.shape)
    return nn.softmax(z @ W)

# %% wrong 3.5: without the half
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + 2 * strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 3.5: no penalty
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * x.T @ grad
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 4: the biases are pulled, too
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * (grad.sum(axis=0) + strength * b)
    return nn.softmax(x_new @ W + b)

# %% wrong 3.25: not standardised
def linear_classifier(codes, y, new, classes, strength):
    x = np.column_stack([codes, np.ones(len(codes))])
    z = np.column_stack([new, np.ones(len(new))])
    W, pull = np.zeros((x.shape[1], classes)), np.full((x.shape[1], 1), strength)
    pull[-1] = 1e-9
    for _ in range(60):
        p = nn.softmax(x @ W)
        slope = x.T @ (p - np.eye(classes)[y]) / len(x) + pull * W
        inner = p[:, :, None] * (np.eye(classes) - p[:, None, :]) / len(x)
        curve = np.einsum("ni,nj,nkl->ikjl", x, x, inner).reshape(W.size, W.size)
        curve += np.diag(np.repeat(pull[:, 0], classes))
        W -= np.linalg.lstsq(curve, slope.ravel(), rcond=None)[0].reshape(W.shape)
    return nn.softmax(z @ W)

# %% wrong 2.75: the new codes by their own mean and spread
def linear_classifier(codes, y, new, classes, strength):
    def standard(part):
        spread = part.std(axis=0)
        return (part - part.mean(axis=0)) / np.where(spread > 0, spread, 1)

    x, x_new = standard(codes), standard(new)
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 2.75: mean and spread of all codes together
def linear_classifier(codes, y, new, classes, strength):
    both = np.concatenate([codes, new])
    mean, spread = both.mean(axis=0), both.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 4: fifty steps
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(50):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 4.75: divided by a spread of 0
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 3.25: the scores
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return x_new @ W + b

# %% wrong 3.5: the sum over the samples
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(8_000):
        grad = nn.cross_entropy_backward(x @ W + b, y) * len(y)
        W -= 0.004 * (x.T @ grad + strength * W)
        b -= 0.004 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 4.75: the caller's codes are standardised in place
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    codes -= mean
    codes /= spread
    x_new = (new - mean) / spread
    W, b = np.zeros((codes.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(codes @ W + b, y)
        W -= 0.1 * (codes.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return nn.softmax(x_new @ W + b)

# %% wrong 4: no biases
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W = np.zeros((x.shape[1], classes))
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W, y)
        W -= 0.1 * (x.T @ grad + strength * W)
    return nn.softmax(x_new @ W)

# %% wrong 4.5: a single new code comes back without its axis
def linear_classifier(codes, y, new, classes, strength):
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return np.squeeze(nn.softmax(x_new @ W + b))

# %% wrong 1.25: labels
def linear_classifier(codes, y, new, classes, strength):
    """Probabilities (M, K) of new codes (M, D), by softmax regression on codes (N, D) and y (N,)."""
    mean, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(np.ptp(codes, axis=0) > 0, spread, 1)
    x, x_new = (codes - mean) / spread, (new - mean) / spread
    W, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    for _ in range(2_000):
        grad = nn.cross_entropy_backward(x @ W + b, y)
        W -= 0.1 * (x.T @ grad + strength * W)
        b -= 0.1 * grad.sum(axis=0)
    return (x_new @ W + b).argmax(axis=1)
