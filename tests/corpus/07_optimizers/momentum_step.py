# Answers to "momentum_step": visible 1 (first and second step, 0.5 each), hidden: other rate 0.25,
# matrix 0.25, inputs 0.5.

# %% right: as the formula
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * v, v

# %% right: on copies, in place
def momentum_step(w, g, v, lr, mu=0.9):
    new_w, new_v = w.copy(), v.copy()
    new_v *= mu
    new_v += g
    new_w -= lr * new_v
    return new_w, new_v

# %% right: element after element, in any shape, a list comes back
def momentum_step(w, g, v, lr, mu=0.9):
    new_w, new_v = np.zeros(w.shape), np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        new_v[place] = mu * v[place] + g[place]
        new_w[place] = w[place] - lr * new_v[place]
    return [new_w, new_v]

# %% right: NumPy's functions, in double precision, the parts of the step by themselves
def momentum_step(weights, gradient, velocity, lr, mu=0.9):
    kept = np.multiply(velocity, mu, dtype=np.float64)
    step = lr * kept + lr * gradient
    return np.subtract(weights, step), np.add(kept, gradient)

# %% wrong 0: the rate inside the velocity, the step added (the same path, another velocity)
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v - lr * g
    return w + v, v

# %% wrong 0: a running mean of gradients, ten times smaller
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v

# %% wrong 0: moves with the old velocity
def momentum_step(w, g, v, lr, mu=0.9):
    return w - lr * v, mu * v + g

# %% wrong 0: Nesterov's step
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * (g + mu * v), v

# %% wrong 0: goes up
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w + lr * v, v

# %% wrong 0: velocity first
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return v, w - lr * v

# %% wrong 0.5: forgets the velocity: plain gradient descent (the first step starts from rest)
def momentum_step(w, g, v, lr, mu=0.9):
    v = g
    return w - lr * v, v

# %% wrong 0.5: keeps all of the velocity
def momentum_step(w, g, v, lr, mu=0.9):
    v = v + g
    return w - lr * v, v

# %% wrong 0.5: the shares swapped: keeps a tenth
def momentum_step(w, g, v, lr, mu=0.9):
    v = (1 - mu) * v + g
    return w - lr * v, v

# %% wrong 0.5: mu times the gradient as well, undone in the weights (the first step is scaled back)
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * (v + g) if np.any(v) else g
    return w - lr * v, v

# %% wrong 1.75: mu is always 0.9
def momentum_step(w, g, v, lr, mu=0.9):
    v = 0.9 * v + g
    return w - lr * v, v

# %% wrong 1: the rate is always that of the example
def momentum_step(w, g, v, lr=0.1, mu=0.9):
    v = mu * v + g
    w = w - 0.1 * v
    return w, v

# %% wrong 1.75: one loop over all elements, so a matrix has no such places
def momentum_step(w, g, v, lr, mu=0.9):
    new_w, new_v = w.copy(), v.copy()
    for i in range(w.size):
        new_v[i] = mu * v[i] + g[i]
        new_w[i] = w[i] - lr * new_v[i]
    return new_w, new_v

# %% wrong 1.5: the velocity is changed in place
def momentum_step(w, g, v, lr, mu=0.9):
    v *= mu
    v += g
    return w - lr * v, v

# %% wrong 1.5: the weights are changed in place
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    w -= lr * v
    return w, v

# %% wrong 0: returns the weights only
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * v

# %% wrong 0: the cell was emptied
# nothing here
