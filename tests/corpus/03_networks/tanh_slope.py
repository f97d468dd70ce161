# Property -> check
# values -> at 0; at plus and minus ln 2
# far out -> at plus and minus 1000
# any shape, whole numbers, z stays -> a batch, left as it was

# Answers to "tanh_slope": visible 0.5 (0, ln 2), hidden: 1000, batch: 2 x 0.25.

# %% right: the formula
def tanh_slope(z):
    return 1 - np.tanh(z) ** 2

# %% right: number by number
def tanh_slope(z):
    import math

    result = np.zeros(z.shape)
    for place in np.ndindex(z.shape):
        t = math.tanh(z[place])
        result[place] = (1 - t) * (1 + t)
    return result

# %% right: by the sigmoid of 2 z
def tanh_slope(z):
    s = 1 / (1 + np.exp(-2.0 * z))
    return 4 * s * (1 - s)

# %% right: one over cosh squared, in float32
def tanh_slope(x):
    x = np.asarray(x).astype(np.float64)
    return np.square(np.reciprocal(np.cosh(x))).astype(np.float32)

# %% wrong 0.3: the sigmoid's form, t (1 - t)
def tanh_slope(z):
    t = np.tanh(z)
    return t * (1 - t)

# %% wrong 0.45: the square is forgotten, right at 0
def tanh_slope(z):
    return 1 - np.tanh(z)

# %% wrong 0.45: 1 - z^2, as if z were the tanh already
def tanh_slope(z):
    return 1 - z**2

# %% wrong 0.4: the absolute value for the square
def tanh_slope(z):
    return 1 - np.abs(np.tanh(z))

# %% wrong 0.4: the sign turned round
def tanh_slope(z):
    return np.tanh(z) ** 2 - 1

# %% wrong 0: the tanh itself
def tanh_slope(z):
    return np.tanh(z)

# %% wrong 0.85: its own tanh of exponentials, NaN at 1000
def tanh_slope(z):
    t = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return 1 - t**2

# %% wrong 0.85: in the caller's array, which refuses whole numbers too
def tanh_slope(z):
    np.tanh(z, out=z)
    z *= z
    return 1 - z

# %% wrong 0.85: one axis only
def tanh_slope(z):
    return np.array([1 - np.tanh(float(v)) ** 2 for v in z])

# %% wrong 0.85: a result of whole numbers for whole numbers
def tanh_slope(z):
    return (1 - np.tanh(z) ** 2).astype(z.dtype)

# %% wrong 0.85: doubles the caller's z in place, only where it is a float
def tanh_slope(z):
    z = np.asarray(z, float)
    z *= 2
    s = 1 / (1 + np.exp(-z))
    return 4 * s * (1 - s)

# %% wrong 0.4: the sigmoid's slope
def tanh_slope(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)

# %% wrong 0: forgets the return
def tanh_slope(z):
    slope = 1 - np.tanh(z) ** 2


# %% wrong 0.4: the two numbers of the example, by heart
def tanh_slope(z):
    return np.where(z == 0, 1.0, 0.64)


# %% wrong 0.45: 1 + tanh squared
def tanh_slope(z):
    return 1 + np.tanh(z) ** 2
