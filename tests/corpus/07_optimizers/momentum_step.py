# Property -> check
# v = mu v + g, the rate not in it -> the new velocity
# w moves against the new v by lr -> the weights move with the new velocity (own v is good enough)
# weights first, velocity second -> both of these; the unit's first step takes any order
# lr and mu are the call's -> another rate and another share; a matrix (other mu)
# any shape, float32 -> a matrix of weights, in float32
# arrays left as they are -> the inputs are left as they were (nothing else)

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

# %% wrong 0.9: the rate inside the velocity, the step added (the same path, another velocity)
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v - lr * g
    return w + v, v

# %% wrong 0.9: a running mean of gradients, ten times smaller
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v

# %% wrong 0.9: moves with the old velocity
def momentum_step(w, g, v, lr, mu=0.9):
    return w - lr * v, mu * v + g

# %% wrong 0.9: Nesterov's step
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * (g + mu * v), v

# %% wrong 0.9: goes up
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w + lr * v, v

# %% wrong 0.9: velocity first
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return v, w - lr * v

# %% wrong 1.1: forgets the velocity: plain gradient descent (the first step starts from rest)
def momentum_step(w, g, v, lr, mu=0.9):
    v = g
    return w - lr * v, v

# %% wrong 1.1: keeps all of the velocity
def momentum_step(w, g, v, lr, mu=0.9):
    v = v + g
    return w - lr * v, v

# %% wrong 0.8: the shares swapped: keeps a tenth
def momentum_step(w, g, v, lr, mu=0.9):
    v = (1 - mu) * v + g
    return w - lr * v, v

# %% wrong 1.1: mu times the gradient as well, undone in the weights (the first step is scaled back)
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * (v + g) if np.any(v) else g
    return w - lr * v, v

# %% wrong 0.8: mu is always 0.9
def momentum_step(w, g, v, lr, mu=0.9):
    v = 0.9 * v + g
    return w - lr * v, v

# %% wrong 0.8: the rate is always that of the example
def momentum_step(w, g, v, lr=0.1, mu=0.9):
    v = mu * v + g
    w = w - 0.1 * v
    return w, v

# %% wrong 1.65: one loop over all elements, so a matrix has no such places
def momentum_step(w, g, v, lr, mu=0.9):
    new_w, new_v = w.copy(), v.copy()
    for i in range(w.size):
        new_v[i] = mu * v[i] + g[i]
        new_w[i] = w[i] - lr * new_v[i]
    return new_w, new_v

# %% wrong 1.8: the velocity is changed in place
def momentum_step(w, g, v, lr, mu=0.9):
    v *= mu
    v += g
    return w - lr * v, v

# %% wrong 1.8: the weights are changed in place
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    w -= lr * v
    return w, v

# %% wrong 0.9: returns the weights only
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * v

# %% wrong 0: the cell was emptied
# nothing here

# %% right: float32 throughout
def momentum_step(w, g, v, lr, mu=0.9):
    w, g, v = (np.asarray(one, np.float32) for one in (w, g, v))
    v = np.float32(mu) * v + g
    return w - np.float32(lr) * v, v

# %% right: the difference of the weights, a tuple by another road
def momentum_step(w, g, v, lr, mu=0.9):
    dv = g - (1 - mu) * v
    speed = v + dv
    return tuple([np.add(w, -lr * speed), speed])

# %% wrong 0.9: subtracts the gradient from the velocity, then moves against it
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v - g
    return w - lr * v, v

# %% wrong 1.1: the velocity is right, the weights take the plain gradient
def momentum_step(w, g, v, lr, mu=0.9):
    return w - lr * g, mu * v + g

# %% wrong 0.9: the rate is forgotten in the weights
def momentum_step(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - v, v

# %% wrong 1.1: returns the old velocity
def momentum_step(w, g, v, lr, mu=0.9):
    return w - lr * (mu * v + g), v

# %% wrong 0: returns what it was given
def momentum_step(w, g, v, lr, mu=0.9):
    return w, v
