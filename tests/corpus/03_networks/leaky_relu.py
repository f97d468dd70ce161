# Property -> check
# function, slope -> their names
# a is used -> a = 0, the ReLU
# a at 0 -> the corner
# any shape, whole numbers -> a batch of whole numbers
# z stays -> z is left as it was

# Answers to "leaky_relu": visible 0.75 (function, slope, ReLU), hidden: corner, batch, input: 3 x 0.25.

# %% right: np.where
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, a)

# %% right: the larger of two, and a mask
def leaky_relu(z, a=0.01):
    return np.maximum(z, a * z)


def leaky_relu_slope(z, a=0.01):
    return a + (1 - a) * (z > 0)

# %% right: number by number, lists come back
def leaky_relu(z, a=0.01):
    return [leaky_relu(v, a) if np.ndim(v) else float(v if v > 0 else a * v) for v in z]


def leaky_relu_slope(z, a=0.01):
    return [leaky_relu_slope(v, a) if np.ndim(v) else (1.0 if v > 0 else a) for v in z]

# %% right: on a copy, in place there
def leaky_relu(z, a=0.01):
    out = z.astype(float)
    out[out < 0] *= a
    return out


def leaky_relu_slope(z, a=0.01):
    out = np.full(z.shape, a, dtype=np.float64)
    out[z > 0] = 1.0
    return out

# %% right: two halves added, and a step
def leaky_relu(z, a=0.01):
    return np.clip(z, 0, None) + a * np.clip(z, None, 0)


def leaky_relu_slope(z, a=0.01):
    step = np.heaviside(z, 0)
    return step + a * (1 - step)

# %% wrong 1.35: the slope at the corner is 1
def leaky_relu(z, a=0.01):
    return np.where(z >= 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z >= 0, 1, a)

# %% wrong 1.35: the slope at the corner is the mean of both
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z == 0, (1 + a) / 2, np.where(z > 0, 1, a))

# %% wrong 0.8: a is always 0.01
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, 0.01 * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, 0.01)

# %% wrong 0.75: the ordinary ReLU, whatever a is
def leaky_relu(z, a=0.01):
    return np.maximum(z, 0)


def leaky_relu_slope(z, a=0.01):
    return (z > 0).astype(float)

# %% wrong 1: a itself below zero, not a times z
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, a)

# %% wrong 1: the slope is z above zero, a times z below
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, z, a * z)

# %% wrong 1: the two pieces swapped in the slope
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, a, 1)

# %% wrong 1.1: the slope of the ReLU
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, 0)

# %% wrong 1.15: in arrays of z's own whole numbers
def leaky_relu(z, a=0.01):
    out = np.zeros_like(z)
    out[z > 0] = z[z > 0]
    out[z <= 0] = a * z[z <= 0]
    return out


def leaky_relu_slope(z, a=0.01):
    out = np.ones_like(z)
    out[z <= 0] = a
    return out

# %% wrong 1.1: in the caller's array
def leaky_relu(z, a=0.01):
    z[z <= 0] = a * z[z <= 0]
    return z


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, a)

# %% wrong 1.3: makes the slope in the caller's array
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    if z.dtype.kind == "i":
        z = z.astype(float)
    yes = z > 0
    z[yes], z[~yes] = 1, a
    return z

# %% wrong 1.15: one axis only
def leaky_relu(z, a=0.01):
    return np.array([max(v, a * v) for v in z])


def leaky_relu_slope(z, a=0.01):
    return np.array([1.0 if v > 0 else a for v in z])

# %% wrong 1: an if on the whole array's maximum
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    return np.ones(z.shape) if z.max() > 0 else np.full(z.shape, a)

# %% wrong 0.8: the function is right, the slope is not done yet
def leaky_relu(z, a=0.01):
    return np.where(z > 0, z, a * z)


def leaky_relu_slope(z, a=0.01):
    raise NotImplementedError("write your answer here")


# %% wrong 0.75: the places of the example, by heart
def leaky_relu(z, a=0.01):
    return np.array([a * z[0], z[1], a * z[2]])


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, 1, a)


# %% wrong 0.6: the cases exchanged
def leaky_relu(z, a=0.01):
    return np.where(z > 0, a * z, z)


def leaky_relu_slope(z, a=0.01):
    return np.where(z > 0, a, 1)
