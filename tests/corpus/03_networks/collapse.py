# Property -> check
# W -> W of two layers
# b, shape (K,) -> b of two layers
# any number of layers -> five layers; one layer alone
# inputs stay -> the layers are left as they were

# Answers to "collapse": visible 0.75 (example 0.25, two layers 0.5), hidden: five, one, inputs: 3 x 0.25.

# %% right: one layer after the other
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b

# %% right: asks the network: zeros give b, the unit vectors give W + b
def collapse(layers):
    def through(A):
        for W, b in layers:
            A = A @ W + b
        return A

    D = layers[0][0].shape[0]
    b = through(np.zeros((1, D)))[0]
    return through(np.eye(D)) - b, b

# %% right: from the end, each bias through all that follows
def collapse(layers):
    K = layers[-1][1].size
    after, b = np.eye(K), np.zeros(K)
    for W, bias in reversed(layers):
        b = b + bias @ after
        after = W @ after
    return [after, b]

# %% right: the bias as one more row, the product of all
def collapse(layers):
    from functools import reduce

    def with_bias(W, b):
        corner = np.zeros((W.shape[0] + 1, 1))
        corner[-1] = 1
        return np.hstack([np.vstack([W, b]), corner])

    whole = reduce(np.matmul, [with_bias(*pair) for pair in layers])
    return whole[:-1, :-1], whole[-1, :-1]

# %% right: loops and lists
def collapse(layers):
    W = [list(map(float, row)) for row in layers[0][0]]
    b = [float(value) for value in layers[0][1]]
    for V, c in layers[1:]:
        columns = range(V.shape[1])
        W = [[sum(row[i] * float(V[i, k]) for i in range(len(row))) for k in columns] for row in W]
        b = [sum(b[i] * float(V[i, k]) for i in range(len(b))) + float(c[k]) for k in columns]
    return np.array(W), np.array(b)

# %% wrong 0.75: the biases are added up, as they are
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b + b_next
    return W, b

# %% wrong 0.75: only the last bias counts, right for one layer
def collapse(layers):
    W = layers[0][0]
    for W_next, b in layers[1:]:
        W = W @ W_next
    return W, layers[-1][1]

# %% wrong 0.75: only the first bias counts, passed on
def collapse(layers):
    W, b = layers[0]
    for W_next, _ in layers[1:]:
        W, b = W @ W_next, b @ W_next
    return W, b

# %% wrong 0.5: the product in the other order, right for one neuron or one layer
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, W_next @ b + b_next
    return W, b

# %% wrong 0.3: element by element, right for one layer
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W * W_next, b * W_next + b_next
    return W, b

# %% wrong 0.9: exactly two layers
def collapse(layers):
    (W1, b1), (W2, b2) = layers
    return W1 @ W2, b1 @ W2 + b2

# %% wrong 0.9: one layer or two
def collapse(layers):
    W, b = layers[0]
    if len(layers) > 1:
        W2, b2 = layers[1]
        return W @ W2, b @ W2 + b2
    return W, b

# %% wrong 0.9: each bias passes through the next layer only
def collapse(layers):
    W, b = layers[0]
    for (_, b_before), (W_next, b_next) in zip(layers, layers[1:]):
        W, b = W @ W_next, b_before @ W_next + b_next
    return W, b

# %% wrong 1.35: begins with the first two layers, so one alone is an error
def collapse(layers):
    W, b = layers[0][0] @ layers[1][0], layers[0][1] @ layers[1][0] + layers[1][1]
    for W_next, b_next in layers[2:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b

# %% wrong 1.35: takes the layers off the caller's list
def collapse(layers):
    W, b = layers.pop(0)
    while layers:
        W_next, b_next = layers.pop(0)
        W, b = W @ W_next, b @ W_next + b_next
    return W, b

# %% wrong 1.35: adds into the caller's bias
def collapse(layers):
    W, b = layers[-1]
    for W_before, b_before in reversed(layers[:-1]):
        b += b_before @ W
        W = W_before @ W
    return W, b

# %% wrong 0.55: bias first
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return b, W

# %% wrong 0.4: the weights only
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W

# %% wrong 0.75: W is replaced first, then used for the bias (and the bias by the new W)
def collapse(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W @ W_next
        b = b @ W + b_next if b.shape == W.shape[:1] else b[: W.shape[0]] @ W + b_next
    return W, b

# %% wrong 0.75: b comes back as a row of a matrix
def collapse(layers):
    W, b = layers[0]
    b = b[np.newaxis]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


# %% wrong 0.75: b comes back as a row, (1, K)
def collapse(layers):
    W, b = layers[0]
    b = b.reshape(1, -1)
    for V, c in layers[1:]:
        W, b = W @ V, b @ V + c
    return W, b
