# Property -> check
# x_hat, gamma and beta, whatever the axis -> two samples, two features
# per feature, divided by N -> the worked example; the mean ...; the spread of each feature
# beta shifts, gamma scales -> the mean of each feature is its beta; the spread is its gamma
# no division by zero, N = 1 -> features that never change, and one sample
# eps under the root, the call's -> eps is used, under the root
# variance from the differences -> large values in float32
# arrays left as they are -> the inputs are left as they were (nothing else)

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

# %% wrong 1.2: divides by N - 1, and a single sample by 0
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + eps) + beta

# %% wrong 1.2: every sample by itself
def batch_norm(x, gamma, beta, eps=1e-5):
    mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta

# %% wrong 1.35: the whole batch together
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean()) / np.sqrt(x.var() + eps) + beta

# %% wrong 1.45: divides by the variance
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / (x.var(axis=0) + eps) + beta

# %% wrong 2.6: eps outside of the root
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / (np.sqrt(x.var(axis=0)) + eps) + beta

# %% wrong 2.6: an eps of its own
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5) + beta

# %% wrong 2.35: no eps
def batch_norm(x, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        return gamma * (x - x.mean(axis=0)) / x.std(axis=0) + beta

# %% wrong 2.85: the mean of the squares minus the square of the mean
def batch_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    var = np.maximum((x**2).mean(axis=0) - mean**2, 0)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta

# %% wrong 2.8: subtracts in place
def batch_norm(x, gamma, beta, eps=1e-5):
    var = x.var(axis=0)
    x -= x.mean(axis=0)
    return gamma * x / np.sqrt(var + eps) + beta

# %% wrong 1.2: gamma and beta swapped
def batch_norm(x, gamma, beta, eps=1e-5):
    return beta * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + gamma

# %% wrong 1.55: forgets beta
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)

# %% wrong 1.6: forgets gamma
def batch_norm(x, gamma, beta, eps=1e-5):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta

# %% wrong 1.15: two features, as in the example
def batch_norm(x, gamma, beta, eps=1e-5):
    y = np.zeros(x.shape)
    for j in range(2):
        column = x[:, j]
        y[:, j] = gamma[j] * (column - column.mean()) / np.sqrt(column.var() + eps) + beta[j]
    return y

# %% wrong 2.35: leaves out the axis of a single sample
def batch_norm(x, gamma, beta, eps=1e-5):
    y = gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta
    return np.squeeze(y)

# %% wrong 1.2: forgets to subtract the mean in the numerator
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * x / np.sqrt(x.var(axis=0) + eps) + beta

# %% right: float32 throughout
def batch_norm(x, gamma, beta, eps=1e-5):
    x, gamma, beta = (np.asarray(one, np.float32) for one in (x, gamma, beta))
    d = x - x.mean(axis=0)
    return gamma * d / np.sqrt((d**2).mean(axis=0) + np.float32(eps)) + beta

# %% wrong 0: x minus gamma
def batch_norm(x, gamma, beta, eps=1e-5):
    return x - gamma

# %% wrong 0: an array with nothing in it
def batch_norm(x, gamma, beta, eps=1e-5):
    return np.ma.masked_all(x.shape)

# %% wrong 0.45: beta for each sample
def batch_norm(x, gamma, beta, eps=1e-5):
    return np.zeros_like(x) + beta

# %% wrong 1.2: the difference the wrong way round
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x.mean(axis=0) - x) / np.sqrt(x.var(axis=0) + eps) + beta

# %% wrong 1.55: beta before gamma
def batch_norm(x, gamma, beta, eps=1e-5):
    return gamma * ((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta)


# %% wrong 0.95: no gamma, no beta
def batch_norm(x, gamma, beta, eps=1e-5):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
