# Property -> check
# squares -> all in one weight; the same score, spread out
# all layers, strength -> two layers of different shapes
# weights stay -> the weights are left as they were

# Answers to "l2_penalty": 4 x 0.25, the first two visible.

# %% right: a sum over the layers
def l2_penalty(weights, strength):
    return strength * sum(np.sum(W**2) for W in weights)

# %% right: loops down to the single weight
def l2_penalty(weights, strength):
    total = 0
    for W in weights:
        for w in W.flatten():
            total = total + w * w
    return total * strength

# %% right: all weights in one long vector
def l2_penalty(weights, strength):
    everything = np.concatenate([W.ravel() for W in weights])
    return strength * float(everything @ everything)

# %% right: squared norms
def l2_penalty(weights, strength):
    penalties = [strength * np.linalg.norm(W) ** 2 for W in weights]
    return np.sum(penalties)

# %% wrong 0.7: the first layer only
def l2_penalty(weights, strength):
    return strength * np.sum(weights[0] ** 2)

# %% wrong 0.6: absolute values, which is L1
def l2_penalty(weights, strength):
    return strength * sum(np.sum(np.abs(W)) for W in weights)

# %% wrong 0.6: the norm, with its square root
def l2_penalty(weights, strength):
    return strength * sum(np.linalg.norm(W) for W in weights)

# %% wrong 0.45: the mean instead of the sum
def l2_penalty(weights, strength):
    return strength * sum(np.mean(W**2) for W in weights)

# %% wrong 0.45: half of it
def l2_penalty(weights, strength):
    return 0.5 * strength * sum(np.sum(W**2) for W in weights)

# %% wrong 0.6: the square of the sum
def l2_penalty(weights, strength):
    return strength * sum(np.sum(W) ** 2 for W in weights)

# %% wrong 0.7: the strength forgotten
def l2_penalty(weights, strength):
    return sum(np.sum(W**2) for W in weights)

# %% wrong 0.5: one array of all layers, which have different shapes
def l2_penalty(weights, strength):
    return strength * np.sum(np.array(weights) ** 2)

# %% wrong 0.85: squares in place
def l2_penalty(weights, strength):
    total = 0
    for W in weights:
        W **= 2
        total += W.sum()
    return strength * total

# %% wrong 0.7: returns from inside the loop
def l2_penalty(weights, strength):
    total = 0
    for W in weights:
        total += np.sum(W * W)
        return strength * total

# %% wrong 0.45: one penalty per layer
def l2_penalty(weights, strength):
    return [strength * np.sum(W**2) for W in weights]


# %% wrong 0.5: the sum times the largest
def l2_penalty(weights, strength):
    return strength * sum(np.sum(W) * np.max(W) for W in weights)
