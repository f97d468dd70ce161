# Property -> check
# each result by itself -> dbeta ...; dgamma ...; dx ..., each with the points of its share
# dgamma, dbeta of shape (D,) -> dbeta of many features; dgamma of many features
# three ways in dx -> dx, if only the mean feels the gradient; dx of the worked example; dx of many features
# eps of the call -> another eps
# variance from the differences -> large values in float32
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: as the formula
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% right: step by step along the graph, as in CS231n
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    N = x.shape[0]
    centred = x - x.mean(axis=0)
    var = np.mean(centred**2, axis=0)
    std = np.sqrt(var + eps)
    x_hat = centred / std
    dbeta = grad.sum(axis=0)
    dgamma = np.sum(grad * x_hat, axis=0)
    dx_hat = grad * gamma
    dvar = np.sum(dx_hat * centred, axis=0) * -0.5 * std**-3
    dmean = np.sum(-dx_hat / std, axis=0) + dvar * np.mean(-2 * centred, axis=0)
    dx = dx_hat / std + dvar * 2 * centred / N + dmean / N
    return dx, dgamma, dbeta

# %% right: the matrix of all slopes, one feature after the other
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    N, D = x.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for j in range(D):
        s = 1 / np.sqrt(np.var(x[:, j]) + eps)
        h = (x[:, j] - np.mean(x[:, j])) * s
        J = s * (np.eye(N) - 1 / N - np.outer(h, h) / N)
        dx[:, j] = gamma[j] * J.T @ grad[:, j]
        dgamma[j], dbeta[j] = grad[:, j] @ h, grad[:, j].sum()
    return dx, dgamma, dbeta

# %% right: einsum, everything times N first
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    G, X = np.asarray(grad, np.float64), np.asarray(x, np.float64)
    N = len(X)
    h = (X - X.mean(0)) / np.sqrt(X.var(0) + eps)
    dbeta, dgamma = np.einsum("nd->d", G), np.einsum("nd,nd->d", G, h)
    dx = (gamma / N / np.sqrt(X.var(0) + eps)) * (N * G - dbeta - h * dgamma)
    return dx, dgamma, dbeta

# %% right: four loops in plain Python, a list of results
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    N, D = x.shape
    dx = [[0.0] * D for _ in range(N)]
    dgamma, dbeta = [0.0] * D, [0.0] * D
    for j in range(D):
        column = [float(v) for v in x[:, j]]
        mean = sum(column) / N
        s = (sum((v - mean) ** 2 for v in column) / N + eps) ** -0.5
        hat = [(v - mean) * s for v in column]
        for n in range(N):
            dbeta[j] += float(grad[n, j])
            dgamma[j] += float(grad[n, j]) * hat[n]
        for n in range(N):
            rest = float(grad[n, j]) - dbeta[j] / N - hat[n] * dgamma[j] / N
            dx[n][j] = float(gamma[j]) * s * rest
    return [np.array(dx), np.array(dgamma), np.array(dbeta)]

# %% wrong 2.8: the mean and the variance taken for constants
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    return gamma * s * grad, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 3.3: the way through the variance forgotten
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2.8: the way through the mean forgotten
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2.8: sums where means belong
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.sum(axis=0) - x_hat * (grad * x_hat).sum(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 3.5: gamma forgotten in dx
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2.8: divides by the variance instead of its root
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s**2 * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2.7: x instead of x_hat in the way through the variance
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2: means for dgamma and dbeta, and dx built from them as if they were sums
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    N = len(x)
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dgamma, dbeta = (grad * x_hat).mean(axis=0), grad.mean(axis=0)
    dx = gamma * s * (grad - dbeta - x_hat * dgamma / N)
    return dx, dgamma, dbeta

# %% wrong 4: dgamma with x instead of x_hat, in dx done right
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x).sum(axis=0), grad.sum(axis=0)

# %% wrong 3.8: dgamma and dbeta in the wrong order
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, grad.sum(axis=0), (grad * x_hat).sum(axis=0)

# %% wrong 4.8: multiplies the gradient in place
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dgamma, dbeta = (grad * x_hat).sum(axis=0), grad.sum(axis=0)
    grad *= gamma
    dx = s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, dgamma, dbeta

# %% wrong 4.6: the default eps, whatever the call says
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + 1e-5)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 3.5: four samples, as in the example; other eps and inputs have seven, float32 four
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dgamma, dbeta = (grad * x_hat).sum(axis=0), grad.sum(axis=0)
    return gamma * s * (grad - dbeta / 4 - x_hat * dgamma / 4), dgamma, dbeta

# %% wrong 4.8: the variance as mean of squares minus squared mean
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    var = (x**2).mean(axis=0) - x.mean(axis=0) ** 2
    s = 1 / np.sqrt(np.maximum(var, 0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2: the unbiased variance
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0, ddof=1) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 2: all axes summed up
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var() + eps)
    x_hat = (x - x.mean()) * s
    dx = gamma * s * (grad - grad.mean() - x_hat * (grad * x_hat).mean())
    return dx, (grad * x_hat).sum(), grad.sum()

# %% wrong 3: dx alone
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    return gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))

# %% right: float32 throughout
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    grad, x, gamma = (np.asarray(one, np.float32) for one in (grad, x, gamma))
    s = 1 / np.sqrt(x.var(axis=0) + np.float32(eps))
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)

# %% wrong 4: dgamma as a mean
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).mean(axis=0), grad.sum(axis=0)

# %% wrong 3.8: dgamma and dbeta keep an axis
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0, keepdims=True), grad.sum(axis=0, keepdims=True)

# %% wrong 3: dgamma not summed, dbeta not summed
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return dx, grad * x_hat, grad

# %% wrong 1.6: the two gradients first, dx last
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) - x_hat * (grad * x_hat).mean(axis=0))
    return (grad * x_hat).sum(axis=0), grad.sum(axis=0), dx

# %% wrong 3.3: plus where minus belongs in the way through the variance
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    s = 1 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) * s
    dx = gamma * s * (grad - grad.mean(axis=0) + x_hat * (grad * x_hat).mean(axis=0))
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)


# %% right: step by step through the graph
def batch_norm_backward(grad, x, gamma, eps=1e-5):
    N = x.shape[0]
    d = x - np.mean(x, axis=0)
    sd = np.sqrt(np.mean(d**2, axis=0) + eps)
    h = d / sd
    dh = grad * gamma
    dvar = np.sum(dh * d, axis=0) * -0.5 / sd**3
    dmu = -np.sum(dh, axis=0) / sd - 2 * dvar * np.mean(d, axis=0)
    dx = dh / sd + dvar * 2 * d / N + dmu / N
    return dx, np.einsum("nd,nd->d", grad, h), np.einsum("nd->d", grad)
