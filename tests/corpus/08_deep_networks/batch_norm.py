# Answers to "batch_norm": visible 1.5 (example 1, constant features 0.5), hidden: eps 0.5,
# float32 0.5, one sample 0.25, inputs 0.25.

# %% right: as the formula
def batch_norm(x, gamma, beta, eps=1e-5):
    mean, var = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta

# %% right: feature by feature, sample by sample, in plain Python
def batch_norm(x, gamma, beta, eps=1e-5):
    N, D = x.shape
    y = [[0.0] * D for _ in range(N)]
    for j in range(D):
        mean = sum(float(x[i, j]) for i in range(N)) / N
        var = sum((float(x[i, j]) - mean) ** 2 for i in range(N)) / N
        for i in range(N):
            y[i][j] = float(gamma[j]) * (float(x[i, j]) - mean) / (var + eps) ** 0.5 + float(beta[j])
    return y

# %% right: einsum, in double precision
def batch_norm(x, gamma, beta, eps=1e-5):
    x = np.asarray(x, dtype=np.float64)
    centred = x - np.einsum("nd->d", x) / len(x)
    var = np.einsum("nd,nd->d", centred, centred) / len(x)
    return np.einsum("d,nd->nd", gamma / np.sqrt(var + eps), centred) + beta

# %% right: one factor and one shift per feature, as for evaluation
def batch_norm(x, gamma, beta, eps=1e-5):
    x = x.astype(float)
    factor = gamma * (np.var(x, axis=0, keepdims=True) + eps) ** -0.5
    return x * factor + (beta - np.mean(x, axis=0, keepdims=True) * factor)

# %% right: features as rows, a loop over them
def batch_norm(inputs, gamma, beta, eps=1e-5):
    rows = []
    for row, g, b in zip(inputs.T, gamma, beta):
        d = row - np.average(row)
        rows.append(g * d / np.sqrt(np.dot(d, d) / d.size + eps) + b)
    return np.array(rows).T

# %% wrong 0.5: divides by N - 1, and a single sample by 0
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + eps) + beta

# %% wrong 0: every sample by itself
def batch_norm(x, gamma, beta, eps=1e-5):
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta

# %% wrong 0.5: the whole batch together
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean()) / np.sqrt(x.var() + eps) + beta

# %% wrong 0.75: divides by the variance
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / (x.var(axis=0) + eps) + beta

# %% wrong 2.5: eps outside of the root
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / (np.sqrt(x.var(axis=0)) + eps) + beta

# %% wrong 2.5: an eps of its own
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5) + beta

# %% wrong 1.75: no eps
def batch_norm(x, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        return gamma * (x - x.mean(axis=0)) / x.std(axis=0) + beta

# %% wrong 2.5: the mean of the squares minus the square of the mean
def batch_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    var = np.maximum((x**2).mean(axis=0) - mean**2, 0)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta

# %% wrong 2.75: subtracts in place
def batch_norm(x, gamma, beta, eps=1e-5):
    var = x.var(axis=0)
    x -= x.mean(axis=0)
    return gamma * x / np.sqrt(var + eps) + beta

# %% wrong 0: gamma and beta swapped
def batch_norm(x, gamma, beta, eps=1e-5):
    return beta * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + gamma

# %% wrong 1: forgets beta
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)

# %% wrong 1.25: forgets gamma
def batch_norm(x, gamma, beta, eps=1e-5):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta

# %% wrong 2.25: two features, as in the example
def batch_norm(x, gamma, beta, eps=1e-5):
    y = np.zeros(x.shape)
    for j in range(2):
        column = x[:, j]
        y[:, j] = gamma[j] * (column - column.mean()) / np.sqrt(column.var() + eps) + beta[j]
    return y

# %% wrong 2.25: leaves out the axis of a single sample
def batch_norm(x, gamma, beta, eps=1e-5):
    y = gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta
    return np.squeeze(y)

# %% wrong 0: forgets to subtract the mean in the numerator
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * x / np.sqrt(x.var(axis=0) + eps) + beta
