# Property -> check
# s is a running mean of squares -> the new s
# g over the root of the new s, g's sign -> the step is divided by the root (own s is good enough)
# weights first, s second -> both of these; the unit's first step takes any order
# eps keeps from 0 / 0 -> no gradient, no step
# eps outside the root, the call's -> a large eps (weights alone)
# lr and alpha are the call's -> another rate and another share; a matrix (other alpha)
# any shape, float32 -> a matrix of weights, in float32
# arrays left as they are -> the inputs are left as they were (nothing else)

# %% right: as the formula
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s

# %% right: s moves towards g * g by the share 1 - alpha; each weight has its rate
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = s + (1 - alpha) * (g * g - s)
    rates = lr / (s**0.5 + eps)
    return w - rates * g, s

# %% right: element after element with math
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    import math

    w_new, s_new = np.array(w, dtype=float), np.array(s, dtype=float)
    for place, slope in np.ndenumerate(g):
        s_new[place] = alpha * s_new[place] + (1 - alpha) * float(slope) ** 2
        w_new[place] -= lr * float(slope) / (math.sqrt(s_new[place]) + eps)
    return w_new, s_new

# %% right: a weighted average of both, along a new axis
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    both = np.stack([s, np.square(g)])
    new = np.average(both, axis=0, weights=[alpha, 1 - alpha])
    return (w - np.divide(lr * g, np.sqrt(new) + eps), new)

# %% wrong 2.25: eps under the root
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / np.sqrt(s + eps), s

# %% wrong 2.05: eps forgotten, 0 / 0
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / np.sqrt(s), s

# %% wrong 1.3: Adagrad: a sum, not a mean
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s

# %% wrong 1.15: the root forgotten
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s + eps), s

# %% wrong 1.3: the shares swapped
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = (1 - alpha) * s + alpha * g**2
    return w - lr * g / (np.sqrt(s) + eps), s

# %% wrong 1: the gradient is not squared
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g
    return w - lr * g / (np.sqrt(np.abs(s)) + eps), s

# %% wrong 1.15: divides by the old s
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    return w - lr * g / (np.sqrt(s) + eps), alpha * s + (1 - alpha) * g**2

# %% wrong 1.35: the size of the gradient instead of its sign: the second weight goes the wrong way
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * np.abs(g) / (np.sqrt(s) + eps), s

# %% wrong 1: memory forgotten, right from s = 0 only
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    new = (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(new) + eps), new

# %% wrong 1.3: one s for all weights, their mean
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * np.mean(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s

# %% wrong 1: corrected for the start, as Adam does it
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(s / (1 - alpha)) + eps), s

# %% wrong 1.25: alpha is always 0.9
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = 0.9 * s + 0.1 * g**2
    return w - lr * g / (np.sqrt(s) + eps), s

# %% wrong 2.25: eps is always 1e-8
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(s) + 1e-8), s

# %% wrong 2.3: a list of as many numbers as rows, so no matrix
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    new = [alpha * float(a) + (1 - alpha) * float(b) ** 2 for a, b in zip(s, g)]
    return np.array([a - lr * b / (c**0.5 + eps) for a, b, c in zip(w, g, new)]), np.array(new)

# %% wrong 2.3: s is changed in place
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s *= alpha
    s += (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s

# %% wrong 0.9: the memory first
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return s, w - lr * g / (np.sqrt(s) + eps)

# %% right: float32 throughout
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    w, g, s = (np.asarray(one, np.float32) for one in (w, g, s))
    s = np.float32(alpha) * s + np.float32(1 - alpha) * g * g
    return w - np.float32(lr) * g / (np.sqrt(s) + np.float32(eps)), s

# %% right: on copies, in place
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    w, s = w.copy(), s.copy()
    s *= alpha
    s += (1 - alpha) * np.power(g, 2)
    w -= lr * g / (np.sqrt(s) + eps)
    return w, s

# %% wrong 1.75: the old memory comes back
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    new = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(new) + eps), s

# %% wrong 1.15: goes up
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w + lr * g / (np.sqrt(s) + eps), s

# %% wrong 1.15: forgets the rate
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - g / (np.sqrt(s) + eps), s

# %% wrong 0.9: only the weights come back
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (np.sqrt(s) + eps)

# %% wrong 1.75: the root is remembered, so it is taken twice
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = np.sqrt(alpha * s + (1 - alpha) * g**2)
    return w - lr * g / (s + eps), s

# %% wrong 1: the rate of the example
def rmsprop_step(w, g, s, lr, alpha=0.9, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - 0.1 * g / (np.sqrt(s) + eps), s
