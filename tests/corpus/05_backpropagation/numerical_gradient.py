# Property -> check
# centred -> the worked example; centred; three axes
# slopes beside each other, without sign and factor -> which element has the steeper slope
# h -> centred, with the step that was asked for; one element
# one element moves at a time, any axes -> a matrix; three axes
# x stays -> x is left as it was

# Answers to "numerical_gradient": visible 2 (example 0.5, steeper 0.5, matrix 0.25, centred 0.75), hidden:
# three axes 0.5, one element 0.25, x stays 0.25.

# %% right: one element at a time, put back afterwards
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    slopes = np.empty_like(x)
    for place, kept in np.ndenumerate(x.copy()):
        x[place] = kept + h
        up = f(x)
        x[place] = kept - h
        slopes[place] = (up - f(x)) / (2 * h)
        x[place] = kept
    return slopes

# %% right: a basis vector for each element, a list at the end
def numerical_gradient(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return np.array(slopes).reshape(x.shape).tolist()

# %% right: moves the caller's array itself, but back again
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        below = f(x)
        x[i] += h
        gradient[i] = (above - below) / (2 * h)
        it.iternext()
    return gradient

# %% right: the flat places, in plain Python numbers
def numerical_gradient(f, x, h=1e-5):
    shape = x.shape
    flat = [float(value) for value in x.ravel()]
    out = []
    for i in range(len(flat)):
        results = []
        for sign in (1, -1):
            moved = list(flat)
            moved[i] += sign * h
            results.append(float(f(np.array(moved).reshape(shape))))
        out.append((results[0] - results[1]) / 2 / h)
    return np.array(out).reshape(shape)

# %% wrong 1.25: to one side only: good enough for small steps, not with h = 0.1
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x.copy()
        up[i] += h
        gradient[i] = (f(up) - f(x)) / h
    return gradient

# %% wrong 1.2: divided by h, not by 2 h
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / h
    return gradient

# %% wrong 1.2: not divided by 2 h but halved and multiplied: / 2 * h
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / 2 * h
    return gradient

# %% wrong 1.2: down minus up
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(down) - f(up)) / (2 * h)
    return gradient

# %% wrong 0: all elements move at once, and one number comes back
def numerical_gradient(f, x, h=1e-5):
    return np.array([(f(x + h) - f(x - h)) / (2 * h)])

# %% wrong 1.75: the elements that were moved stay moved
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
    return gradient

# %% wrong 1.8: h is always 1e-5
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        gradient[i] = (f(up) - f(down)) / 2e-5
    return gradient

# %% wrong 2.5: one or two axes only
def numerical_gradient(f, x, h=1e-5):
    if x.ndim == 1:
        places = [(i,) for i in range(len(x))]
    else:
        rows, columns = x.shape
        places = [(i, j) for i in range(rows) for j in range(columns)]
    gradient = np.zeros(x.shape)
    for i in places:
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient

# %% wrong 2.75: rounds to four places
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return np.round(gradient, 4)

# %% wrong 2: one result per element, but all in a row
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes)

# %% wrong 2: hands f a flat array, right only for one axis
def numerical_gradient(f, x, h=1e-5):
    flat = x.flatten()
    gradient = np.zeros(flat.shape)
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient

# %% wrong 1.75: up and down are the same array as x, which moves up and down again
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x
        up[i] += h
        above = f(up)
        down = x
        down[i] -= 2 * h
        gradient[i] = (above - f(down)) / (2 * h)
    return gradient

# %% wrong 0: returns from inside the loop
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
        return gradient[i]


# %% wrong 2.75: writes the slopes into the caller's x
def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    x[...] = np.reshape(slopes, x.shape)
    return x

# %% wrong 1.8: the step grows with the element
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = h * max(1, abs(x[i]))
        up, down = x.copy(), x.copy()
        up[i] += step
        down[i] -= step
        gradient[i] = (f(up) - f(down)) / (2 * step)
    return gradient
