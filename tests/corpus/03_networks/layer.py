# Property -> check
# X W + b -> the worked example; as many samples as inputs and neurons
# (N, K) always -> one sample, one neuron, whole numbers
# ValueError unless b is (K,) -> a column of biases is refused; one bias, or a row of
#     biases, is refused
# inputs stay -> the inputs are left as they were

# Answers to "layer": visible 0.5 (example, column refused), hidden: square, one neuron, one bias, inputs.

# %% right: look, then one line
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError(f"b has shape {b.shape}, wanted ({W.shape[1]},)")
    return X @ W + b

# %% right: the sum over d as it is written, in three loops
def layer(X, W, b):
    (N, D), K = X.shape, W.shape[1]
    if np.ndim(b) != 1 or len(b) != K:
        raise ValueError("wrong biases")
    Z = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            Z[n, k] = b[k]
            for d in range(D):
                Z[n, k] += X[n, d] * W[d, k]
    return Z

# %% right: einsum
def layer(X, W, b):
    if list(np.shape(b)) != [np.shape(W)[1]]:
        raise ValueError
    return np.einsum("nd,dk->nk", X, W) + b[None, :]

# %% right: the bias as one more row of W
def layer(X, W, b):
    if b.ndim != 1 or b.size != W.shape[-1]:
        raise ValueError(b.shape)
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ np.vstack([W, b])

# %% right: sample by sample, a list of rows
def layer(X, W, b):
    if b.shape == W[0].shape:
        return [W.T @ x + b for x in X]
    raise ValueError("one bias per neuron, please")

# %% wrong 1.1: no look at b's shape
def layer(X, W, b):
    return X @ W + b

# %% wrong 1.2: looks at the size, so a row passes
def layer(X, W, b):
    if b.size != W.shape[1] or b.shape[-1] != W.shape[1]:
        raise ValueError("b")
    return X @ W + b

# %% wrong 1.2: looks at the number of axes only
def layer(X, W, b):
    if b.ndim != 1:
        raise ValueError("b")
    return X @ W + b

# %% wrong 1.125: looks at the first axis only, so a column passes
def layer(X, W, b):
    if b.shape[0] != W.shape[1]:
        raise ValueError("b")
    return X @ W + b

# %% wrong 1.1: says it with an assert
def layer(X, W, b):
    assert b.shape == (W.shape[1],)
    return X @ W + b

# %% wrong 1.1: prints that it is wrong, and goes on
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        print("b has the wrong shape")
    return X @ W + b

# %% wrong 0.6: no bias at all
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X @ W

# %% wrong 0.6: a bias for each sample, as a column: right for one sample and neuron
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X @ W + b[:, np.newaxis]

# %% wrong 0.9: compares b with the number of samples
def layer(X, W, b):
    if b.shape != (X.shape[0],):
        raise ValueError("b")
    return X @ W + b

# %% wrong 0.6: rows of W are taken for neurons
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X @ W.T + b

# %% wrong 0: sums of products with numpy's *, not @
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return (X * W).sum(axis=1) + b

# %% wrong 0.8: a ReLU behind it, which shows where a sum is below 0
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return np.maximum(X @ W + b, 0)

# %% wrong 1.3: a batch of one loses its axis
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return np.squeeze(X @ W + b)

# %% wrong 1.1: adds the bias in an array of the caller
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    b += 0.0
    W *= 1.0
    X *= 2.0
    return X @ W / 2 + b

# %% wrong 1.3: three inputs, as in the example
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X[:, [0]] * W[0] + X[:, [1]] * W[1] + X[:, [2]] * W[2] + b

# %% wrong 1: takes a square W for one with neurons as rows
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X @ W.T + b if W.shape[0] == W.shape[1] and len(X) == len(W) else X @ W + b

# %% wrong 0: refuses every b
def layer(X, W, b):
    if b.shape != W.shape[1]:
        raise ValueError("b")
    return X @ W + b


# %% wrong 0.6: refuses the wrong b, and forgets the right one
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b")
    return X @ W


# %% wrong 1: the results are written into whole numbers
def layer(X, W, b):
    if b.shape != (W.shape[1],):
        raise ValueError("b needs a number for each neuron")
    Z = np.zeros((len(X), W.shape[1]), dtype=int)
    for n in range(len(X)):
        for k in range(W.shape[1]):
            Z[n, k] = np.sum(X[n] * W[:, k]) + b[k]
    return Z
