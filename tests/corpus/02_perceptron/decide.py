# Property -> check
# sum, bias, > 0 -> the worked example; a sum of exactly zero is a no
# numbers 0 and 1 -> numbers come back, not True and False
# (N,), any N and D -> a batch of one; five features
# no rounding -> sums close to zero; a batch of one; five features
# inputs stay -> the inputs are left as they were

# Answers to "decide": visible 1 point (example 0.5, boundary 0.25, numbers 0.25), hidden 4 x 0.25.

# %% right: one matrix product
def decide(X, w, b):
    return (X @ w + b > 0).astype(int)

# %% right: two loops, plain Python numbers
def decide(X, w, b):
    decisions = []
    for row in X:
        total = b
        for value, weight in zip(row, w):
            total += value * weight
        decisions.append(1 if total > 0 else 0)
    return decisions

# %% right: einsum and where, floats come back
def decide(X, w, b):
    return np.where(np.einsum("nd,d->n", X, w) > -b, 1.0, 0.0)

# %% right: multiply, sum, heaviside
def decide(inputs, weights, bias):
    sums = (inputs * weights).sum(axis=1) + bias
    return np.heaviside(sums, 0)

# %% right: fills an array of small integers
def decide(X, w, b):
    y = np.zeros(X.shape[0], dtype=np.uint8)
    y[np.dot(X, w) + b > 0] = 1
    return y

# %% wrong 0.85: no bias
def decide(X, w, b):
    return (X @ w > 0).astype(int)

# %% wrong 1.6: at the threshold it says yes
def decide(X, w, b):
    return (X @ w + b >= 0).astype(int)

# %% wrong 1.75: True and False come back
def decide(X, w, b):
    return X @ w + b > 0

# %% wrong 0.75: the sum itself, no decision
def decide(X, w, b):
    return X @ w + b

# %% wrong 0.85: the bias as a threshold, subtracted
def decide(X, w, b):
    return (X @ w - b > 0).astype(int)

# %% wrong 0.85: signs, -1 and 1, instead of 0 and 1
def decide(X, w, b):
    return np.sign(X @ w + b).astype(int)

# %% wrong 1.9: squeeze takes the only axis of a batch of one
def decide(X, w, b):
    return np.squeeze(X @ w[:, np.newaxis] + b > 0).astype(int)

# %% wrong 1.2: written for the two features of the example
def decide(X, w, b):
    return (X[:, 0] * w[0] + X[:, -1] * w[-1] + b > 0).astype(int)

# %% wrong 1.4: cuts the sum to a whole number before it compares
def decide(X, w, b):
    return ((X @ w + b).astype(int) > 0).astype(int)

# %% wrong 1.85: multiplies in place, in the caller's X
def decide(X, w, b):
    X *= w
    return (X.sum(axis=1) + b > 0).astype(int)

# %% wrong 0: sums over the samples, not over the features
def decide(X, w, b):
    return ((X * w).sum(axis=0) + b > 0).astype(int)

# %% wrong 0: one decision for the whole batch, by an if on an array
def decide(X, w, b):
    if X @ w + b > 0:
        return 1
    return 0

# %% wrong 1.25: a column comes back, (N, 1)
def decide(X, w, b):
    return (X @ w.reshape(-1, 1) + b > 0).astype(int)

# %% wrong 0: prints, returns nothing
def decide(X, w, b):
    print((X @ w + b > 0).astype(int))

# %% wrong 0.75: the visible answers by heart
def decide(X, w, b):
    return np.array([0, 1, 1, 0])

# %% wrong 0: the cell was emptied
# my answer is gone
