# Property -> check
# one at the score asked for, backward        -> the most sensitive pixel; the worked example
# the size, not the sign                       -> the worked example; pictures of one channel
# the largest channel, no sum                  -> the worked example; weights that are all positive
# a picture each, its own class                -> the worked example; a network with a ReLU: others ask for one class
# the score, before the softmax                -> all numbers
# (N, H, W)                                    -> a map (H, W) for each picture
# pictures and weights stay                    -> pictures and weights are left as they were

# %% right: a mask of ones, all pictures at once
def saliency(model, x, y):
    scores = model(x)
    ones = (np.arange(scores.shape[1]) == np.asarray(y)[:, None]).astype(scores.dtype)
    gradient = model.backward(ones)
    return np.maximum(gradient, -gradient).max(1)

# %% right: one picture after the other, channels in a loop
def saliency(model, x, y):
    N, C, H, W = x.shape
    out = np.zeros((N, H, W))
    for n in range(N):
        scores = model.forward(x[n : n + 1])
        g = np.zeros(scores.shape)
        g[0, y[n]] = 1.0
        g = model.backward(g)[0]
        for c in range(C):
            out[n] = np.where(np.abs(g[c]) > out[n], np.abs(g[c]), out[n])
    return out

# %% right: float32
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[y])).max(axis=1).astype(np.float32)

# %% right: centred differences, no backward
def saliency(model, x, y):
    N = len(x)
    g = np.zeros(x.shape)
    rows = np.arange(N)
    for place in np.ndindex(*x.shape[1:]):
        up, down = x.copy(), x.copy()
        up[(slice(None), *place)] += 1e-5
        down[(slice(None), *place)] -= 1e-5
        g[(slice(None), *place)] = (model(up)[rows, y] - model(down)[rows, y]) / 2e-5
    return np.abs(g).max(axis=1)

# %% wrong 1.6: the gradient of the loss
def saliency(model, x, y):
    return np.abs(model.backward(nn.cross_entropy_backward(model(x), np.asarray(y)))).max(axis=1)

# %% wrong 1.6: the gradient of the probability
def saliency(model, x, y):
    s = model(x)
    one = np.eye(s.shape[1])[y]
    return np.abs(model.backward(nn.softmax_backward(one, s))).max(axis=1)

# %% wrong 2: the sum over the channels
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[y])).sum(axis=1)

# %% wrong 2: the mean over the channels
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[y])).mean(axis=1)

# %% wrong 2: the sign kept
def saliency(model, x, y):
    s = model(x)
    return model.backward(np.eye(s.shape[1])[y]).max(axis=1)

# %% wrong 2.5: the absolute value after the maximum
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[y]).max(axis=1))

# %% wrong 2.5: the first picture's class for all
def saliency(model, x, y):
    s = model(x)
    g = np.zeros_like(s)
    g[:, y[0]] = 1
    return np.abs(model.backward(g)).max(axis=1)

# %% wrong 3.25: a channel axis is left
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[y])).max(axis=1, keepdims=True)

# %% wrong 1.5: the class that the network answers
def saliency(model, x, y):
    s = model(x)
    return np.abs(model.backward(np.eye(s.shape[1])[s.argmax(axis=1)])).max(axis=1)

# %% wrong 1.5: all scores together
def saliency(model, x, y):
    return np.abs(model.backward(np.ones_like(model(x)))).max(axis=1)

# %% wrong 1.6: times the picture
def saliency(model, x, y):
    s = model(x)
    return np.abs(x * model.backward(np.eye(s.shape[1])[y])).max(axis=1)

# %% wrong 2.5: scaled to a largest value of 1
def saliency(model, x, y):
    s = model(x)
    m = np.abs(model.backward(np.eye(s.shape[1])[y])).max(axis=1)
    return m / m.max()

# %% wrong 3.75: the picture is used as memory
def saliency(model, x, y):
    s = model(x)
    x[...] = np.abs(model.backward(np.eye(s.shape[1])[y]))
    return x.max(axis=1)

# %% wrong 0: the brightest channel
def saliency(model, x, y):
    return x.max(axis=1)


# %% wrong 2.75: the first two channels alone
def saliency(model, x, y):
    G = np.zeros((len(x), model(x).shape[1]))
    G[np.arange(len(x)), y] = 1
    gradient = np.abs(model.backward(G))
    return gradient[:, :2].max(axis=1)

# %% wrong 1.6: the square
def saliency(model, x, y):
    """The size of the gradient of score y (N,) at each pixel of x (N, C, H, W): (N, H, W)."""
    scores = model(x)
    grad = np.zeros_like(scores)
    grad[np.arange(len(x)), y] = 1
    return (model.backward(grad) ** 2).max(axis=1)
