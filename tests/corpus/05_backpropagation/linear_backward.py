# Property -> check
# dx, dW, db -> a check of the example and one of three samples each
# the right product where shapes are square -> dx, where all arrays are square; dW and db likewise
# in this order -> all; dW and db, wherever they stand among the results, if exchanged
# shapes with ones -> one of everything
# inputs stay -> the inputs are left as they were

# Answers to "linear_backward": dx, dW, db 0.25 each (visible); hidden: wherever they stand 0.5; dx,
# dW, db of three samples, square dx, square dW and db, one of everything, inputs, 0.25 each.

# %% right: three matrix products
def linear_backward(grad, x, W):
    dx = np.dot(grad, W.T)
    dW = np.dot(x.T, grad)
    db = np.ones(len(x)) @ grad
    return dx, dW, db

# %% right: loops, as the sums are written
def linear_backward(grad, x, W):
    N, K = grad.shape
    D = x.shape[1]
    dx, dW, db = np.zeros((N, D)), np.zeros((D, K)), np.zeros(K)
    for n in range(N):
        for k in range(K):
            db[k] += grad[n, k]
            for d in range(D):
                dx[n, d] += grad[n, k] * W[d, k]
                dW[d, k] += grad[n, k] * x[n, d]
    return dx, dW, db

# %% right: einsum, in double precision
def linear_backward(g, x, W):
    g, x, W = (np.asarray(a, np.float64) for a in (g, x, W))
    return (
        np.einsum("nk,dk->nd", g, W),
        np.einsum("nd,nk->dk", x, g),
        np.einsum("nk->k", g),
    )

# %% right: an outer product per sample, a list of results
def linear_backward(grad, x, W):
    dW = sum(np.outer(sample, upstream) for sample, upstream in zip(x, grad))
    dx = np.stack([W @ upstream for upstream in grad])
    return [dx, dW, np.add.reduce(grad)]

# %% wrong 1.75: db by the mean over the batch
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.mean(axis=0)

# %% wrong 2: dW by the mean over the batch
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad / len(x), grad.sum(axis=0)

# %% wrong 1.5: dW and db by the mean over the batch
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad / len(x), grad.mean(axis=0)

# %% wrong 1.75: dW the wrong way round
def linear_backward(grad, x, W):
    return grad @ W.T, grad.T @ x, grad.sum(axis=0)

# %% wrong 1.2: the upstream gradient forgotten: local gradients only
def linear_backward(grad, x, W):
    return grad @ W.T, np.repeat(x.sum(axis=0)[:, None], W.shape[1], axis=1), np.ones(W.shape[1])

# %% wrong 1: dx with W not transposed, fits square weights only
def linear_backward(grad, x, W):
    return grad @ W, x.T @ grad, grad.sum(axis=0)

# %% wrong 2.75: takes the transpose only if the shapes ask for it
def linear_backward(grad, x, W):
    dx = grad @ W if grad.shape[1] == W.shape[0] else grad @ W.T
    return dx, x.T @ grad, grad.sum(axis=0)

# %% wrong 1.75: db over the wrong axis
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.sum(axis=1)

# %% wrong 1.5: db keeps its first axis
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.sum(axis=0, keepdims=True)

# %% wrong 1.5: db is grad itself, one row per sample
def linear_backward(grad, x, W):
    return grad @ W.T, x.T @ grad, grad

# %% wrong 0.75: the order of the results is dW, db, dx
def linear_backward(grad, x, W):
    return x.T @ grad, grad.sum(axis=0), grad @ W.T

# %% wrong 0.75: only dW and db come back
def linear_backward(grad, x, W):
    return x.T @ grad, grad.sum(axis=0)

# %% wrong 2.75: squeezes, so a single number loses its axes
def linear_backward(grad, x, W):
    dx, dW, db = grad @ W.T, x.T @ grad, grad.sum(axis=0)
    return dx, np.squeeze(dW), db

# %% wrong 2.75: adds up in the first row of grad
def linear_backward(grad, x, W):
    dx, dW = grad @ W.T, x.T @ grad
    db = grad[0]
    for row in grad[1:]:
        db += row
    return dx, dW, db

# %% wrong 2: one sample only, the first
def linear_backward(grad, x, W):
    dW = np.zeros(W.shape)
    for d in range(W.shape[0]):
        for k in range(W.shape[1]):
            dW[d, k] = x[0, d] * grad[0, k]
    return grad @ W.T, dW, grad.sum(axis=0)

# %% wrong 2.25: the sizes of the example: dx of the first sample, db of the first two
def linear_backward(grad, x, W):
    dx = np.zeros((1, W.shape[0]))
    for d in range(W.shape[0]):
        for k in range(W.shape[1]):
            dx[0, d] += grad[0, k] * W[d, k]
    db = grad[0] + grad[1] if len(grad) > 1 else grad[0]
    return dx, x.T @ grad, db
