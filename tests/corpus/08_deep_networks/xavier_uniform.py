# Property -> check
# shape -> the shape (no points alone: zeros have it)
# limits from -a to a -> the limits of the worked example
# a depends on inputs and outputs -> a wide layer and a narrow one
# uniform; a draw for each weight -> evenly between the smallest and the largest
# rng decides, rng alone -> the weights come from rng

# %% right: rng.uniform
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / (shape[0] + shape[1]))
    return rng.uniform(-a, a, size=shape)

# %% right: numbers from 0 to 1, stretched and moved
def xavier_uniform(shape, rng):
    a = (6 / sum(shape)) ** 0.5
    return a * (2 * rng.random(shape) - 1)

# %% right: one weight after the other, a list of lists
def xavier_uniform(shape, rng):
    rows, columns = shape
    limit = float(np.sqrt(6.0) / np.sqrt(rows + columns))
    return [[rng.uniform(-limit, limit) for _ in range(columns)] for _ in range(rows)]

# %% right: by way of the variance, in float32
def xavier_uniform(shape, rng):
    n_in, n_out = shape
    variance = 2 / (n_in + n_out)
    a = np.sqrt(3 * variance)
    W = rng.random(n_in * n_out, dtype=np.float32).reshape(n_in, n_out)
    return (2 * W - 1) * np.float32(a)

# %% wrong 1.25: only the inputs count, which is He's limit
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / shape[0])
    return rng.uniform(-a, a, shape)

# %% wrong 1.25: normal with the right variance
def xavier_uniform(shape, rng):
    return rng.normal(0, np.sqrt(2 / sum(shape)), shape)

# %% wrong 1.25: the standard deviation for the limit
def xavier_uniform(shape, rng):
    a = np.sqrt(2 / sum(shape))
    return rng.uniform(-a, a, shape)

# %% wrong 1.25: forgets the root
def xavier_uniform(shape, rng):
    a = 6 / sum(shape)
    return rng.uniform(-a, a, shape)

# %% wrong 1.25: from 0 to a
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return rng.uniform(0, a, shape)

# %% wrong 1.25: the product of inputs and outputs instead of the sum
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / (shape[0] * shape[1]))
    return rng.uniform(-a, a, shape)

# %% wrong 1.5: the limit of the worked example, whatever the shape
def xavier_uniform(shape, rng):
    return rng.uniform(-0.1, 0.1, shape)

# %% wrong 2.6: NumPy's own generator, so the seed has no say
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return np.random.uniform(-a, a, shape)

# %% wrong 2.6: a new generator, always the same
def xavier_uniform(shape, rng):
    rng = np.random.default_rng(0)
    a = np.sqrt(6 / sum(shape))
    return rng.uniform(-a, a, shape)

# %% wrong 2.6: draws from a copy, so rng never moves on
def xavier_uniform(shape, rng):
    import copy

    a = np.sqrt(6 / sum(shape))
    return copy.deepcopy(rng).uniform(-a, a, shape)

# %% wrong 1.8: normal, clipped to the limits
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return np.clip(rng.normal(0, a / np.sqrt(3), shape), -a, a)

# %% wrong 1.65: transposed
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return rng.uniform(-a, a, (shape[1], shape[0]))

# %% wrong 0.65: one weight for all
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return np.full(shape, rng.uniform(-a, a))

# %% wrong 0: forgets the return
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    W = rng.uniform(-a, a, shape)

# %% right: the global generator is not touched; a flat draw, reshaped
def xavier_uniform(shape, rng):
    n_in, n_out = shape
    a = np.sqrt(6.0 / (n_in + n_out))
    return (rng.random(n_in * n_out) * 2 * a - a).reshape(n_in, n_out)

# %% wrong 1.5: one draw for each input, the units are all the same
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return np.repeat(rng.uniform(-a, a, (shape[0], 1)), shape[1], axis=1)

# %% wrong 1.25: the outputs alone
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / shape[1])
    return rng.uniform(-a, a, shape)

# %% wrong 2.6: the signs come from NumPy's own generator
def xavier_uniform(shape, rng):
    a = np.sqrt(6 / sum(shape))
    return rng.uniform(0, a, shape) * np.random.choice([-1, 1], shape)

# %% wrong 0: zeros
def xavier_uniform(shape, rng):
    return np.zeros(shape)
