# Property -> check
# f in front of g, no rate in v                      -> the velocities of the worked example
# minus the rate times the new velocity              -> the weights of the worked example; they follow
# 0.9 v, whatever f is                               -> velocities with all factors 1; velocities that are not zero
# any shape, a factor for each array                 -> velocities that are not zero
# weights first, then velocities                     -> the worked example; both lists in either order, if exchanged
# nothing moves with factor 0 and velocity 0         -> a factor of 0 freezes what is at rest
# new arrays                                         -> the lists are left as they were

# %% right: a loop with append
def momentum_step(weights, velocities, gradients, rate, factors):
    new_w, new_v = [], []
    for l in range(len(weights)):
        v = 0.9 * velocities[l] + factors[l] * gradients[l]
        new_v.append(v)
        new_w.append(weights[l] - rate * v)
    return new_w, new_v

# %% right: copies, changed in place
def momentum_step(weights, velocities, gradients, rate, factors):
    weights, velocities = deepcopy(weights), deepcopy(velocities)
    for w, v, g, f in zip(weights, velocities, gradients, factors):
        v *= 0.9
        v += f * g
        w -= rate * v
    return weights, velocities

# %% right: float32, a list of two lists
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [
        (0.9 * a + f * g).astype(np.float32)
        for a, g, f in zip(velocities, gradients, factors)
    ]
    return [[(w - rate * a).astype(np.float32) for w, a in zip(weights, v)], v]

# %% right: tuples, with zip turned around
def momentum_step(weights, velocities, gradients, rate, factors):
    def one(w, v, g, f):
        v = np.add(np.multiply(v, 0.9), np.multiply(g, f))
        return np.subtract(w, np.multiply(v, rate)), v

    return tuple(zip(*map(one, weights, velocities, gradients, factors)))

# %% right: the library's SGD on scaled gradients
def momentum_step(weights, velocities, gradients, rate, factors):
    weights, velocities = deepcopy(weights), deepcopy(velocities)
    sgd = optim.SGD(rate, 0.9)
    memories = sgd.prepare(weights)
    for memory, v in zip(memories, velocities):
        memory[0][...] = v
    sgd.t = 1
    sgd.step(weights, [f * g for f, g in zip(factors, gradients)])
    return weights, [memory[0] for memory in sgd.memories]

# %% wrong 2.25: the factor at the weights, not at the gradient
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + g for a, g in zip(velocities, gradients)]
    return [w - rate * f * a for w, a, f in zip(weights, v, factors)], v

# %% wrong 2.25: the factor scales the old velocity, too
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [f * (0.9 * a + g) for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 1.75: uphill
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors)]
    return [w + rate * a for w, a in zip(weights, v)], v

# %% wrong 1.5: the rate is in the velocity
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + rate * f * g for a, g, f in zip(velocities, gradients, factors)]
    return [w - a for w, a in zip(weights, v)], v

# %% wrong 2.25: no memory
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [f * g for g, f in zip(gradients, factors)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 1.75: the weights move by the old velocity
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * a for w, a in zip(weights, velocities)], v

# %% wrong 2.4: velocities first
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors)]
    return v, [w - rate * a for w, a in zip(weights, v)]

# %% wrong 1.25: no factors
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + g for a, g in zip(velocities, gradients)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 1.5: the factors in the wrong order
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors[::-1])]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 2.75: the caller's weights are changed
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors)]
    for w, a in zip(weights, v):
        w -= rate * a
    return weights, v

# %% wrong 1.25: a running mean of the gradients
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + 0.1 * f * g for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 2.25: frozen arrays lose their velocity
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g if f else 0 * a for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 1.75: a factor of 0 counts as 1
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + (f or 1) * g for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * a for w, a in zip(weights, v)], v

# %% wrong 2.25: the weights move by the gradient alone
def momentum_step(weights, velocities, gradients, rate, factors):
    v = [0.9 * a + f * g for a, g, f in zip(velocities, gradients, factors)]
    return [w - rate * f * g for w, g, f in zip(weights, gradients, factors)], v

# %% wrong 1.75: weights alone
def momentum_step(weights, velocities, gradients, rate, factors):
    """The weights and the velocities after a step, two lists; a factor of the rate for each."""
    moved = [0.9 * v + f * g for v, f, g in zip(velocities, factors, gradients, strict=True)]
    return [w - rate * v for w, v in zip(weights, moved, strict=True)]

# %% wrong 1.25: the given velocities come back
def momentum_step(weights, velocities, gradients, rate, factors):
    """The weights and the velocities after a step, two lists; a factor of the rate for each."""
    moved = [0.9 * v + f * g for v, f, g in zip(velocities, factors, gradients, strict=True)]
    return [w - rate * v for w, v in zip(weights, moved, strict=True)], velocities
