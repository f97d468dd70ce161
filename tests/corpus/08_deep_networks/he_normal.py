# Property -> check
# shape -> the shape (no points alone: zeros have it)
# mean 0, variance 2 / inputs -> mean and standard deviation of the worked example
# the inputs count -> a wide layer and a narrow one
# normal; a draw for each weight -> a bell, not a box
# rng decides, rng alone -> the weights come from rng

# %% right: rng.normal
def he_normal(shape, rng):
    return rng.normal(0, np.sqrt(2 / shape[0]), shape)

# %% right: standard normal, stretched
def he_normal(shape, rng):
    n_in, n_out = shape
    return rng.standard_normal((n_in, n_out)) / np.sqrt(n_in / 2)

# %% right: one unit after the other, a list of columns transposed
def he_normal(shape, rng):
    columns = []
    for _ in range(shape[1]):
        columns.append(rng.normal(loc=0.0, scale=(2 / shape[0]) ** 0.5, size=shape[0]))
    return np.stack(columns, axis=1)

# %% right: Box and Muller's way from uniform numbers
def he_normal(shape, rng):
    u, v = 1 - rng.random(shape), rng.random(shape)
    normal = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)
    return normal * np.sqrt(2 / shape[0])

# %% right: float32
def he_normal(shape, rng):
    W = rng.standard_normal(size=shape, dtype=np.float32)
    W *= np.float32(np.sqrt(2.0 / shape[0]))
    return W

# %% wrong 1.65: the variance for the standard deviation
def he_normal(shape, rng):
    return rng.normal(0, 2 / shape[0], shape)

# %% wrong 1.65: outputs for inputs
def he_normal(shape, rng):
    return rng.normal(0, np.sqrt(2 / shape[1]), shape)

# %% wrong 1.65: Xavier's variance
def he_normal(shape, rng):
    return rng.normal(0, np.sqrt(2 / (shape[0] + shape[1])), shape)

# %% wrong 1.65: 1 over the inputs, right for tanh
def he_normal(shape, rng):
    return rng.normal(0, np.sqrt(1 / shape[0]), shape)

# %% wrong 1.8: uniform with the right variance
def he_normal(shape, rng):
    a = np.sqrt(6 / shape[0])
    return rng.uniform(-a, a, shape)

# %% wrong 1.65: the standard deviation of the worked example
def he_normal(shape, rng):
    return rng.normal(0, 0.1, shape)

# %% wrong 2.4: NumPy's own generator
def he_normal(shape, rng):
    return np.sqrt(2 / shape[0]) * np.random.randn(*shape)

# %% wrong 2.4: seeds a generator of its own
def he_normal(shape, rng):
    return np.random.default_rng(42).normal(0, np.sqrt(2 / shape[0]), shape)

# %% wrong 2.4: the same seed in all calls of the same generator
def he_normal(shape, rng):
    state = rng.bit_generator.state
    W = rng.normal(0, np.sqrt(2 / shape[0]), shape)
    rng.bit_generator.state = state
    return W

# %% wrong 0.85: only positive weights
def he_normal(shape, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / shape[0]), shape))

# %% wrong 1.65: mean and standard deviation swapped
def he_normal(shape, rng):
    return rng.normal(np.sqrt(2 / shape[0]), 1, shape)

# %% wrong 1.65: transposed
def he_normal(shape, rng):
    return rng.normal(0, np.sqrt(2 / shape[0]), shape[::-1]) * 1.0

# %% wrong 0.85: no scale, and a deviation cut off at 2
def he_normal(shape, rng):
    return np.clip(rng.normal(0, 1, shape), -2, 2)


# %% wrong 0: an object that says what an array would say
class Says:
    def __init__(self, shape):
        self.shape, self.size = shape, shape[0] * shape[1]

    def mean(self, *args, **kwargs):
        return 0.0

    def std(self, *args, **kwargs):
        return (2 / self.shape[0]) ** 0.5

    def __len__(self):
        return self.shape[0]


def he_normal(shape, rng):
    return Says(shape)

# %% right: in two halves
def he_normal(shape, rng):
    return rng.standard_normal(shape) / np.sqrt(shape[0] / 2)

# %% wrong 0.85: one draw for each input, the units are all the same
def he_normal(shape, rng):
    return np.repeat(rng.normal(0, np.sqrt(2 / shape[0]), (shape[0], 1)), shape[1], axis=1)

# %% wrong 1.8: cut off at two deviations, then stretched to the right one
def he_normal(shape, rng):
    W = np.clip(rng.normal(size=shape), -2, 2)
    return W / W.std() * np.sqrt(2 / shape[0])

# %% wrong 1.65: the root forgotten in half of it
def he_normal(shape, rng):
    return rng.normal(0, 2 / np.sqrt(shape[0]), shape)

# %% wrong 1.65: the variance of the example for narrow layers
def he_normal(shape, rng):
    return rng.normal(0.0, 0.1 if shape[0] < 1000 else np.sqrt(2 / shape[0]), shape)
