# Property -> check
# w - lr (g + strength w) -> weights follow the gradient and shrink
# plain step for the others -> biases only follow the gradient
# lr and strength of the call -> another rate and strength
# any names -> several layers
# W at the end alone -> what does not end in W does not decay
# any shape, float32 -> filters with four axes
# new dict, new arrays -> the old dict and arrays are left as they were (and a step was made)

# %% right: the gradient of the penalty added
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + strength * w if name.endswith("W") else grads[name]
        new[name] = w - lr * g
    return new

# %% right: first shrink, then step, on copies
def decay_step(params, grads, lr, strength):
    new = {name: array.copy() for name, array in params.items()}
    for name in new:
        if name[-1] == "W":
            new[name] *= 1 - lr * strength
        new[name] -= lr * grads[name]
    return new

# %% right: a strength for each name, in double precision
def decay_step(weights, gradients, eta, lam):
    def decay(name):
        return lam if name.split(".")[-1] == "W" else 0.0

    return {
        name: np.subtract(w, eta * np.add(gradients[name], decay(name) * w), dtype=np.float64)
        for name, w in weights.items()
    }

# %% right: number after number
def decay_step(params, grads, lr, strength):
    new = {}
    for name in params:
        new[name] = np.zeros(params[name].shape)
        for place in np.ndindex(params[name].shape):
            slope = float(grads[name][place])
            if name.endswith("W"):
                slope += strength * float(params[name][place])
            new[name][place] = params[name][place] - lr * slope
    return new

# %% wrong 1.5: all arrays decay
def decay_step(params, grads, lr, strength):
    return {name: w - lr * (grads[name] + strength * w) for name, w in params.items()}

# %% wrong 1: nothing decays
def decay_step(params, grads, lr, strength):
    return {name: w - lr * grads[name] for name, w in params.items()}

# %% wrong 1: the decay without the rate
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        new[name] = w - lr * grads[name]
        if name.endswith("W"):
            new[name] = new[name] - strength * w
    return new

# %% wrong 1: a factor 2, from a penalty without one half
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + 2 * strength * w if name.endswith("W") else grads[name]
        new[name] = w - lr * g
    return new

# %% wrong 1: the weights grow
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] - strength * w if name.endswith("W") else grads[name]
        new[name] = w - lr * g
    return new

# %% wrong 1: L1: the sign instead of the weight
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + strength * np.sign(w) if name.endswith("W") else grads[name]
        new[name] = w - lr * g
    return new

# %% wrong 1: goes up
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + strength * w if name.endswith("W") else grads[name]
        new[name] = w + lr * g
    return new

# %% wrong 1: the decay is taken after the step, from the new weights
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        new[name] = w - lr * grads[name]
        if name.endswith("W"):
            new[name] = new[name] - lr * strength * new[name]
    return new

# %% wrong 2.25: everything that is no bias decays, also batch normalisation
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] if name.endswith("b") else grads[name] + strength * w
        new[name] = w - lr * g
    return new

# %% wrong 1.75: the names of the example
def decay_step(params, grads, lr, strength):
    new = {}
    new["1.W"] = params["1.W"] - lr * (grads["1.W"] + strength * params["1.W"])
    new["1.b"] = params["1.b"] - lr * grads["1.b"]
    return new

# %% wrong 2.25: the name is cut after its first letter, so two digits or words go wrong
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + strength * w if name[1:] == ".W" else grads[name]
        new[name] = w - lr * g
    return new

# %% wrong 2: the strength of the example
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name] + 0.5 * w if name.endswith("W") else grads[name]
        new[name] = w - lr * g
    return new

# %% wrong 2.25: two axes only
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        if name.endswith("W"):
            new[name] = np.zeros(w.shape)
            rows, columns = (w.shape[0], w.shape[1]) if w.ndim > 1 else (w.shape[0], 1)
            for i in range(rows):
                for j in range(columns):
                    place = (i, j) if w.ndim > 1 else i
                    new[name][place] = float(w[place] - lr * (grads[name][place] + strength * w[place]))
        else:
            new[name] = w - lr * grads[name]
    return new

# %% wrong 2: the caller's arrays are changed
def decay_step(params, grads, lr, strength):
    for name, w in params.items():
        if name.endswith("W"):
            w *= 1 - lr * strength
        w -= lr * grads[name]
    return params

# %% wrong 2: a new dict, but the arrays are the caller's
def decay_step(params, grads, lr, strength):
    new = dict(params)
    for name in new:
        if name.endswith("W"):
            new[name] *= 1 - lr * strength
        new[name] -= lr * grads[name]
    return new

# %% wrong 2: adds the penalty into the caller's gradients
def decay_step(params, grads, lr, strength):
    new = {}
    for name, w in params.items():
        g = grads[name]
        if name.endswith("W"):
            g += (strength * w).astype(g.dtype)
        new[name] = w - lr * g
    return new

# %% wrong 0: a list instead of a dict
def decay_step(params, grads, lr, strength):
    new = []
    for name, w in params.items():
        g = grads[name] + strength * w if name.endswith("W") else grads[name]
        new.append(w - lr * g)
    return new

# %% wrong 0.25: only the weights come back
def decay_step(params, grads, lr, strength):
    return {
        name: w - lr * (grads[name] + strength * w)
        for name, w in params.items()
        if name.endswith("W")
    }

# %% right: float32, a dictionary comprehension
def decay_step(params, grads, lr, strength):
    return {
        n: (w - np.float32(lr) * (grads[n] + np.float32(strength) * w * (n[-1] == "W"))).astype(np.float32)
        for n, w in params.items()
    }

# %% wrong 2.25: a W anywhere in the name
def decay_step(params, grads, lr, strength):
    return {n: w - lr * (grads[n] + strength * w if "W" in n else grads[n]) for n, w in params.items()}

# %% wrong 2.25: a small w counts, too
def decay_step(params, grads, lr, strength):
    return {
        n: w - lr * (grads[n] + strength * w if n.lower().endswith("w") else grads[n])
        for n, w in params.items()
    }

# %% wrong 1: the gradient of the weights is forgotten, they only shrink
def decay_step(params, grads, lr, strength):
    return {n: w - lr * (strength * w if n.endswith("W") else grads[n]) for n, w in params.items()}

# %% wrong 1: the wrong ones decay
def decay_step(params, grads, lr, strength):
    return {n: w - lr * (grads[n] + strength * w * (not n.endswith("W"))) for n, w in params.items()}

# %% wrong 0: a copy of the old ones
def decay_step(params, grads, lr, strength):
    return {n: w.copy() for n, w in params.items()}
