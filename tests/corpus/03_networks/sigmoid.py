# Property -> check
# values -> by hand; of a batch
# 0 or 1 far out -> the sigmoid at plus and minus 1000
# slope -> the slope by hand; in float32
# slope far out is not 0 -> the slope at plus and minus 40 and 50 is not lost
# no NaN -> the slope at plus and minus 1000
# z stays -> z is left as it was

# Answers to "sigmoid": visible 0.75 (sigmoid, slope, sigmoid at 1000), hidden: slope at 40,
# slope at 1000, batch of sigmoid, batch of slope, input: 5 x 0.25.

# %% right: no exponential above 1
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_slope(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2

# %% right: the formula as it stands, and 1 - s as sigmoid(-z)
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return sigmoid(z) * sigmoid(-z)

# %% right: number by number, in plain Python
def _one(v):
    import math

    v = float(v)
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def sigmoid(z):
    return np.array([_one(v) for v in z.ravel()]).reshape(z.shape)


def sigmoid_slope(z):
    return np.array([_one(v) * _one(-v) for v in z.ravel()]).reshape(z.shape)

# %% right: by way of tanh and cosh
def sigmoid(values):
    return (np.tanh(0.5 * values) + 1) / 2


def sigmoid_slope(values):
    return 1 / (2 * np.cosh(values * 0.5)) ** 2

# %% right: two halves of a mask, on a copy in double precision
def sigmoid(z):
    x = np.array(z, dtype=float)
    out = np.empty_like(x)
    up = x > 0
    out[up] = 1 / (1 + np.exp(-x[up]))
    out[~up] = np.exp(x[~up]) / (1 + np.exp(x[~up]))
    return out


def sigmoid_slope(z):
    x = np.abs(np.array(z, dtype=float))
    return np.exp(-x - 2 * np.log1p(np.exp(-x)))

# %% right: a vectorised function of one number, lists come back
def sigmoid(z):
    return np.vectorize(lambda v: np.exp(-np.logaddexp(0, -v)), otypes=[float])(z).tolist()


def sigmoid_slope(z):
    return np.vectorize(lambda v: np.exp(-np.logaddexp(0, v) - np.logaddexp(0, -v)), otypes=[float])(z).tolist()

# %% wrong 1.3: s * (1 - s), which is rounded to 0 at 40
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)

# %% wrong 1.55: exponentials in numerator and denominator, NaN at 1000 and -1000
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_slope(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

# %% wrong 1.8: the slope by the quotient rule, NaN at -1000
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

# %% wrong 0.85: the minus of the exponent is forgotten, the slope is the same on both sides
def sigmoid(z):
    return 1 / (1 + np.exp(z))


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))

# %% wrong 1.1: the slope as if z were the sigmoid already
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return z * (1 - z)

# %% wrong 1.1: the slope with a minus
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return -np.exp(-z) / (1 + np.exp(-z)) ** 2

# %% wrong 1.1: takes 1 - sigmoid(z) for sigmoid(z)
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return sigmoid(z) * sigmoid(z)

# %% wrong 0.9: the sigmoid is right, the slope is not done yet
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    raise NotImplementedError("write your answer here")

# %% wrong 1.45: one axis only, the loop takes rows for numbers
def sigmoid(z):
    return np.array([1 / (1 + np.exp(-float(v))) for v in z])


def sigmoid_slope(z):
    return np.array([1 / (1 + np.exp(-float(v))) / (1 + np.exp(float(v))) for v in z])

# %% wrong 1.65: writes into an array of whole numbers
def sigmoid(z):
    out = np.zeros_like(z)
    for place, v in np.ndenumerate(z):
        out[place] = 1 / (1 + np.exp(-float(v)))
    return out


def sigmoid_slope(z):
    return 1 / (1 + np.exp(-z)) / (1 + np.exp(z))

# %% wrong 1.3: the slope measured with a small step, lost at 40
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    z = np.asarray(z, float)
    return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5

# %% wrong 1.3: cuts z off at plus and minus 30
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def sigmoid_slope(z):
    z = np.clip(z, -30, 30)
    return sigmoid(z) * sigmoid(-z)

# %% wrong 1.45: the sign is turned in the caller's array, and whole numbers refuse exp in place
def sigmoid(z):
    np.negative(z, out=z)
    np.exp(z, out=z)
    return 1 / (1 + z)


def sigmoid_slope(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2

# %% wrong 1.45: math.exp, which takes a single number only
def sigmoid(z):
    import math

    return np.array([1 / (1 + math.exp(-v)) if v > -700 else 0.0 for v in z])


def sigmoid_slope(z):
    return sigmoid(z) * sigmoid(-z)

# %% wrong 0: a step
def sigmoid(z):
    return (z > 0).astype(float)


def sigmoid_slope(z):
    return np.zeros(z.shape)


# %% wrong 1.3: cuts z off at plus and minus 40
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def sigmoid_slope(z):
    e = np.exp(-np.abs(np.clip(z, -40, 40)))
    return np.where(np.abs(z) > 100, 0, e / (1 + e) ** 2)
