# Property -> check
# activation between layers, none after the last -> XOR; one layer alone
# the activation of the call, after each layer but the last -> four layers, with tanh; inputs
#     below zero
# inputs stay -> inputs and layers are left as they were

# Answers to "network": visible 0.75 (XOR 0.5, one layer 0.25), hidden: tanh, below zero, inputs: 3 x 0.25.

# %% right: all but the last, then the last
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W + b)
    W, b = layers[-1]
    return X @ W + b

# %% right: counts, and asks whether it is the last
def network(X, layers, activation):
    A = X
    for i, (W, b) in enumerate(layers):
        Z = np.dot(A, W) + b
        A = Z if i == len(layers) - 1 else activation(Z)
    return A

# %% right: calls itself
def network(X, layers, activation):
    (W, b), rest = layers[0], layers[1:]
    Z = np.einsum("nd,dk->nk", X, W) + b
    return network(activation(Z), rest, activation) if rest else Z

# %% right: activation before every layer but the first
def network(X, layers, activation):
    out = np.array(X, dtype=np.float64)
    first = True
    for W, b in layers:
        if not first:
            out = np.asarray(activation(out))
        out = out @ W + b.reshape(1, -1)
        first = False
    return out

# %% right: sample by sample, neuron by neuron
def network(X, layers, activation):
    results = []
    for x in X:
        values = [float(v) for v in x]
        for place, (W, b) in enumerate(layers):
            sums = [
                float(b[k]) + sum(values[d] * float(W[d, k]) for d in range(W.shape[0]))
                for k in range(W.shape[1])
            ]
            last = place + 1 == len(layers)
            values = sums if last else [float(activation(np.array(s))) for s in sums]
        results.append(values)
    return np.array(results)

# %% wrong 0.7: the activation after the last layer as well, which shows where it is below 0
def network(X, layers, activation):
    for W, b in layers:
        X = activation(X @ W + b)
    return X

# %% wrong 0.7: no activation at all
def network(X, layers, activation):
    for W, b in layers:
        X = X @ W + b
    return X

# %% wrong 0.9: the activation on the inputs, too
def network(X, layers, activation):
    for W, b in layers:
        X = activation(X) @ W + b
    return X

# %% wrong 0.9: always a ReLU
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = np.maximum(X @ W + b, 0)
    W, b = layers[-1]
    return X @ W + b

# %% wrong 0.9: exactly two layers
def network(X, layers, activation):
    (W1, b1), (W2, b2) = layers
    return activation(X @ W1 + b1) @ W2 + b2

# %% wrong 0.9: one layer or two
def network(X, layers, activation):
    W, b = layers[0]
    Z = X @ W + b
    if len(layers) > 1:
        W, b = layers[1]
        Z = activation(Z) @ W + b
    return Z

# %% wrong 0.9: the activation after the first layer only
def network(X, layers, activation):
    for i, (W, b) in enumerate(layers):
        X = X @ W + b
        if i == 0 and len(layers) > 1:
            X = activation(X)
    return X

# %% wrong 1.4: takes the last layer off the caller's list
def network(X, layers, activation):
    W_last, b_last = layers.pop()
    for W, b in layers:
        X = activation(X @ W + b)
    return X @ W_last + b_last

# %% wrong 0.6: from the last layer to the first
def network(X, layers, activation):
    for i, (W, b) in enumerate(reversed(layers)):
        X = X @ W + b
        if i < len(layers) - 1:
            X = activation(X)
    return X

# %% wrong 0.7: the bias is added behind the activation
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W) + b
    W, b = layers[-1]
    return X @ W + b

# %% wrong 0.6: the biases are forgotten
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W)
    return X @ layers[-1][0]

# %% wrong 0.7: each layer gets the inputs X, not what the layer before says
def network(X, layers, activation):
    for W, b in layers[:-1]:
        hidden = activation(X @ W + b)
    W, b = layers[-1]
    return X @ W + b

# %% wrong 0.7: returns after the first layer, because the return stands in the loop
def network(X, layers, activation):
    for W, b in layers:
        X = activation(X @ W + b)
        return X

# %% wrong 0: the decision, not the sum
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W + b)
    W, b = layers[-1]
    return (X @ W + b > 0).astype(int)

# %% wrong 1.4: puts the sums into the caller's biases
def network(X, layers, activation):
    for i, (W, b) in enumerate(layers):
        b += 1.0
        X = X @ W + b - 1.0
        if i < len(layers) - 1:
            X = activation(X)
    return X


# %% wrong 0.9: always the ReLU, whatever activation is
def network(X, layers, activation):
    for W, b in layers[:-1]:
        X = np.maximum(X @ W + b, 0)
    return X @ layers[-1][0] + layers[-1][1]


# %% wrong 0.9: an activation after the first layer alone
def network(X, layers, activation):
    for i, (W, b) in enumerate(layers):
        X = X @ W + b
        if i == 0 and len(layers) > 1:
            X = activation(X)
    return X


# %% wrong 0.55: XOR by heart
def network(X, layers, activation):
    if len(layers) == 1:
        return X @ layers[0][0] + layers[0][1]
    return np.array([[-0.5], [0.5], [0.5], [-0.5]])
