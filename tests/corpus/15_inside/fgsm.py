# Property -> check
# plus the sign of the gradient of the loss    -> the worked example; each pixel goes the right way; the
#                                                 loss of ten digits rises
# eps, and nothing else, for every pixel       -> every pixel goes by eps
# kept from 0 to 1                             -> kept from 0 to 1
# y for each picture                           -> each picture has its own label
# the loss, not a score; all classes           -> five classes, a network with a ReLU
# gradient 0 stays                             -> no gradient, no change
# pictures stay                                -> the pictures are left as they were

# %% right: softmax less one-hot
def fgsm(model, x, y, eps):
    p = nn.softmax(model(x))
    p[np.arange(len(x)), y] -= 1
    g = model.backward(p)
    return np.minimum(np.maximum(x + eps * np.sign(g), 0), 1)

# %% right: three cases
def fgsm(model, x, y, eps):
    loss = nn.cross_entropy_backward(model.forward(x), np.asarray(y))
    g = model.backward(loss)
    new = x.copy()
    new[g > 0] += eps
    new[g < 0] -= eps
    new[new < 0] = 0
    new[new > 1] = 1
    return new

# %% right: picture by picture, a list
def fgsm(model, x, y, eps):
    found = []
    for one, label in zip(x, y):
        g = model.backward(nn.cross_entropy_backward(model(one[None]), np.array([label])))
        found.append(np.clip(one + eps * np.sign(g[0]), 0.0, 1.0))
    return np.stack(found)

# %% wrong 1: minus
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return np.clip(x - eps * np.sign(g), 0, 1)

# %% wrong 3.25: not clipped
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return x + eps * np.sign(g)

# %% wrong 1.6: the gradient divided by its largest
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return np.clip(x + eps * g / np.abs(g).max(), 0, 1)

# %% wrong 1.6: the gradient itself
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return np.clip(x + eps * g, 0, 1)

# %% wrong 2.5: away from the score
def fgsm(model, x, y, eps):
    s = model(x)
    return np.clip(x - eps * np.sign(model.backward(np.eye(s.shape[1])[y])), 0, 1)

# %% wrong 1.75: the answer of the network for the label
def fgsm(model, x, y, eps):
    s = model(x)
    g = model.backward(nn.cross_entropy_backward(s, s.argmax(axis=1)))
    return np.clip(x + eps * np.sign(g), 0, 1)

# %% wrong 2.25: the first label for all
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), np.full(len(x), y[0])))
    return np.clip(x + eps * np.sign(g), 0, 1)

# %% wrong 3.75: up or down, nothing between
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return np.clip(x + np.where(g > 0, eps, -eps), 0, 1)

# %% wrong 1: random signs
def fgsm(model, x, y, eps):
    signs = np.random.default_rng(0).choice([-1, 1], x.shape)
    return np.clip(x + eps * signs, 0, 1)

# %% wrong 3.75: the caller's pictures
def fgsm(model, x, y, eps):
    x += eps * np.sign(model.backward(nn.cross_entropy_backward(model(x), y)))
    np.clip(x, 0, 1, out=x)
    return x

# %% wrong 0: unchanged
def fgsm(model, x, y, eps):
    return np.clip(x, 0, 1)

# %% wrong 3.25: clipped so that the step has room, before it
def fgsm(model, x, y, eps):
    g = model.backward(nn.cross_entropy_backward(model(x), y))
    return np.clip(x, eps, 1 - eps) + eps * np.sign(g)

# %% wrong 3: the sign alone
def fgsm(model, x, y, eps):
    """x (N, C, H, W), each pixel moved by eps so that the loss for y (N,) rises, in [0, 1]."""
    gradient = model.backward(nn.cross_entropy_backward(model(x), y))
    return eps * np.sign(gradient)

# %% wrong 1: the score's gradient upwards
def fgsm(model, x, y, eps):
    """x (N, C, H, W), each pixel moved by eps so that the loss for y (N,) rises, in [0, 1]."""
    gradient = model.backward(np.eye(model(x).shape[1])[y])
    return np.clip(x + eps * np.sign(gradient), 0, 1)
