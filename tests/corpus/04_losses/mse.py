# Property -> check
# squared -> prediction 14, truth 10; twice the error costs four times as much
# mean over all -> three predictions; a matrix
# inputs stay -> the inputs are left as they were

# Answers to "mse": visible 1 (one 0.5, three 0.5), hidden: matrix 0.5, inputs 0.5.

# %% right: as the formula
def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2)

# %% right: loops over the flattened arrays, a Python float
def mse(y_hat, y):
    total, n = 0.0, 0
    for a, b in zip(y_hat.flatten(), y.flatten()):
        total += (a - b) * (a - b)
        n += 1
    return float(total / n)

# %% right: squared length over the number of elements
def mse(prediction, target):
    return np.linalg.norm(prediction - target) ** 2 / target.size

# %% right: einsum, in double precision
def mse(y_hat, y):
    d = (y_hat.astype(np.float64) - y).ravel()
    return np.einsum("i,i->", d, d) / len(d)

# %% wrong 1.2: the sum, not the mean
def mse(y_hat, y):
    return np.sum((y_hat - y) ** 2)

# %% wrong 0.8: the absolute error
def mse(y_hat, y):
    return np.mean(np.abs(y_hat - y))

# %% wrong 0.8: the root of it
def mse(y_hat, y):
    return np.sqrt(np.mean((y_hat - y) ** 2))

# %% wrong 1.2: the square of the mean error
def mse(y_hat, y):
    return np.mean(y_hat - y) ** 2

# %% wrong 0.8: a factor one half, as in some books
def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2) / 2

# %% wrong 1.6: divides by the rows of a matrix, not by its elements
def mse(y_hat, y):
    return np.sum((y_hat - y) ** 2) / len(y)

# %% wrong 1.6: a mean per column
def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2, axis=0)

# %% wrong 1.8: subtracts in place
def mse(y_hat, y):
    y_hat -= y
    return np.mean(y_hat**2)

# %% wrong 0.6: each element's error, no mean
def mse(y_hat, y):
    return (y_hat - y) ** 2

# %% wrong 1.4: a dot product, right for one axis only, of a difference made in place
def mse(y_hat, y):
    np.subtract(y_hat, y, out=y_hat)
    return y_hat @ y_hat / len(y_hat)

# %% wrong 0: forgets the return
def mse(y_hat, y):
    loss = np.mean((y_hat - y) ** 2)


# %% wrong 0.8: half of it
def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2) / 2


# %% wrong 1: the truth is the same everywhere
def mse(y_hat, y):
    return np.mean((y_hat - y.ravel()[0]) ** 2)
